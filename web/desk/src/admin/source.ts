// What the pages of the administration ask of the server.
import type { Named, Name } from "../../../protocol/src/types";
import { command, read } from "../live/rest";
import type { Asset, AssetSource } from "./AssetsPage";
import { takeAway } from "./takeAway";

/** A user as the configuration file has them; what is left out is empty. */
export interface User {
  id: string;
  name: string;
  email: string;
  roles?: string[];
  teams?: string[];
  disabled?: boolean;
  [other: string]: unknown;
}

export interface Team {
  id: string;
  name: Partial<Name>;
}

export interface OwnRole {
  id: string;
  name: Partial<Name>;
  archived?: boolean;
}

/** The configuration as a file, as far as a page looks into it. */
export interface Configuration {
  format: string;
  version: number;
  users?: User[];
  teams?: Team[];
  roles?: OwnRole[];
  organization?: { settings?: { second_step?: Obliged; [other: string]: unknown }; [other: string]: unknown };
}

/** Of whom a second step is wanted: "" is nobody. */
export type Obliged = "" | "administrators" | "everybody";

export interface Invitation {
  path: string;
  expires_at: string;
}

/** What a field was and is, as the file writes it. */
export interface FieldChange {
  field: string;
  from: string;
  to: string;
}

export interface Change {
  kind:
    | "organization"
    | "team"
    | "user"
    | "profile"
    | "reason"
    | "queue"
    | "asset"
    | "template"
    | "hours"
    | "skill"
    | "provider"
    | "role";
  id: string;
  name: Name;
  new: boolean;
  fields: FieldChange[];
}

export interface Plan {
  version: number;
  changes: Change[];
  effects: { withdrawn: number; offered: number; closed: number; signed_out: number };
}

/** Where the users come from and go to. */
export interface UserSource {
  load(): Promise<Configuration>;
  /** Keeps these users as they are here, all or none. */
  save(from: Configuration, users: User[]): Promise<void>;
  invite(user: string): Promise<Invitation>;
  /** Who has a second step of signing in. */
  steps(): Promise<string[]>;
  /** Takes somebody's away and ends their sessions. */
  resetStep(user: string): Promise<void>;
  /** Says of whom one is wanted. */
  oblige(from: Configuration, rule: Obliged): Promise<void>;
}

/** Where a configuration file is tried and put on. */
export interface ConfigurationSource {
  plan(file: object): Promise<Plan>;
  apply(file: object): Promise<void>;
}

type AssetAnswer = Omit<Asset, "queue"> & { queue: Named };

export const assetSource: AssetSource = {
  list: () =>
    read<{ assets: AssetAnswer[] }>("/assets").then(({ assets }) =>
      assets.map((a) => ({ ...a, queue: a.queue.name })),
    ),
  impact: (id) =>
    read<{ conversations: number }>(`/assets/${id}/impact`).then((answer) => answer.conversations),
  remove: (id, confirmation) => command("DELETE", `/assets/${id}`, { confirmation }),
};

export const configurationSource: ConfigurationSource = {
  plan: (file) => command<Plan>("POST", "/configuration/plan", file),
  apply: (file) => command("PUT", "/configuration", file),
};

export const userSource: UserSource = {
  load: () => read<Configuration>("/configuration"),
  // With the version it was made from: what somebody else changed meanwhile is not overwritten.
  save: ({ format, version }, users) => configurationSource.apply({ format, version, users }),
  invite: (user) => command<Invitation>("POST", `/users/${user}/invitation`),
  steps: () => read<{ users: string[] }>("/second-steps").then(({ users }) => users),
  resetStep: (user) => command("DELETE", `/users/${user}/second-step`),
  oblige: ({ format, version, organization }, rule) => {
    const settings = { ...organization?.settings, second_step: rule };
    return configurationSource.apply({ format, version, organization: { ...organization, settings } });
  },
};

/** One act, as it was recorded. */
export interface AuditRecord {
  n: number;
  at: string;
  actor: string;
  actor_name?: string;
  address?: string;
  act: string;
  object: string;
  detail?: {
    kind?: string;
    name?: Name;
    new?: boolean;
    fields?: FieldChange[];
  };
  hash: string;
}

/** Where the audit log is read, newest first. */
export interface AuditSource {
  /** Those of one act ("": of all) with lower numbers than one (0: the newest). */
  page(act: string, before: number): Promise<{ records: AuditRecord[]; more: boolean }>;
  /** Has the browser keep all of it as a file. */
  export(): Promise<void>;
}

export const auditSource: AuditSource = {
  page: (act, before) => read(`/audit?${new URLSearchParams({ act, before: String(before) })}`),
  export: () => takeAway("/audit/export"),
};
