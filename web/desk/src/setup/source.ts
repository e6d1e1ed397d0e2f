// What the first run asks of the server.
import type { Name, Today } from "../../../protocol/src/types";
import type { Invitation } from "../admin/source";
import { command, read } from "../live/rest";
import type { Kept } from "./steps";

export interface NewAdministrator {
  name: string;
  email: string;
  password: string;
}

/** The organization as its configuration has it; what is not looked into is sent back as it came. */
export interface Organization {
  name: Partial<Name>;
  language: string;
  time_zone: string;
  settings: { setup?: Kept; digits?: "latn" | "arab"; [other: string]: unknown };
}

interface Thing {
  id: string;
  name: Partial<Name>;
  [other: string]: unknown;
}

export interface Reason extends Thing {
  kind: "wrapup" | "idle";
  order?: number;
  archived?: boolean;
}

export interface Asset extends Thing {
  key: string;
  origins?: string[];
  deleted?: boolean;
}

/** The configuration file, as far as the first run looks into it. */
export interface Whole {
  format: string;
  version: number;
  organization: Organization;
  queues?: Thing[];
  reasons?: Reason[];
  assets?: Asset[];
  teams?: Thing[];
  users?: { id: string; name: string; email: string; roles?: string[]; [other: string]: unknown }[];
}

/** The parts of it that a step changes. */
export type Part = Partial<Omit<Whole, "format" | "version">>;

export interface SetupSource {
  /** Whether the link in the address works. */
  check(): Promise<void>;
  found(values: NewAdministrator, lang: string): Promise<void>;
  /** The step that comes next, for whoever is signed in. */
  next(): Promise<string>;
  load(): Promise<Whole>;
  apply(file: Part & { format: string; version: number }): Promise<void>;
  invite(user: string): Promise<Invitation>;
  /** From where the widget was loaded last. */
  visit(asset: string): Promise<string | undefined>;
  /** Whether a customer has been answered today. */
  answered(): Promise<boolean>;
}

export const setupSource = (token: string): SetupSource => ({
  check: () => command("POST", "/setup/check", { token }),
  found: (values, language) => {
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return command("POST", "/setup", { token, ...values, language, time_zone });
  },
  next: () => read<{ setup?: string }>("/me").then((me) => me.setup ?? ""),
  load: () => read<Whole>("/configuration"),
  apply: (file) => command("PUT", "/configuration", file),
  invite: (user) => command<Invitation>("POST", `/users/${user}/invitation`),
  visit: (asset) =>
    read<{ assets: { id: string; visit?: { origin: string } }[] }>("/assets").then(
      ({ assets }) => assets.find(({ id }) => id === asset)?.visit?.origin,
    ),
  answered: () =>
    read<Today>("/me/today").then((day) => day.handled > 0 || day.first_response_ms !== undefined),
});
