// The pages of the administration, in the order of the ways to them. A page is
// one line here: what it is called, where it stands and what is fetched then.
import type { ComponentType } from "react";
import { later } from "../../../ui/src/later";
import { everyKind, kinds } from "../console/kinds";
import type { Words } from "../console/words";

export interface Page {
  path: string;
  title(t: Words): string;
  /** It is for whoever has one of these permissions. */
  may: readonly string[];
  /** Draws the whole page, in an AdminPage. */
  Page: ComponentType;
}

const ObjectsRoute = later(() => import("./routes").then((m) => m.ObjectsRoute));

/** The lists that have more to them than their forms. */
const own: Partial<Record<string, ComponentType>> = {
  [kinds.users.path]: later(() => import("./routes").then((m) => m.UsersRoute)),
  [kinds.assets.path]: later(() => import("./routes").then((m) => m.AssetsRoute)),
  [kinds.providers.path]: later(() => import("./routes").then((m) => m.ProvidersRoute)),
};

/** Whom the lists are for that not everybody sees who sets things up. */
const others: Partial<Record<string, readonly string[]>> = {
  [kinds.users.path]: ["users"],
  [kinds.roles.path]: ["users"],
  [kinds.assets.path]: ["configure", "assets"],
  [kinds.providers.path]: ["administer"],
};

export const pages: readonly Page[] = [
  ...everyKind.map(({ path, title }) => ({
    path,
    title,
    may: others[path] ?? ["configure"],
    Page: own[path] ?? ObjectsRoute,
  })),
  {
    path: "/admin/configuration",
    title: (t) => t.adminConfiguration(),
    may: ["configure", "users"],
    Page: later(() => import("./routes").then((m) => m.ConfigurationRoute)),
  },
  {
    path: "/admin/people",
    title: (t) => t.consolePeople(),
    may: ["people", "privacy"],
    Page: later(() => import("./routes").then((m) => m.PeopleRoute)),
  },
  {
    path: "/admin/blocks",
    title: (t) => t.consoleBlocks(),
    may: ["blocks"],
    Page: later(() => import("./routes").then((m) => m.BlocksRoute)),
  },
  {
    path: "/admin/audit",
    title: (t) => t.adminAudit(),
    may: ["audit"],
    Page: later(() => import("./routes").then((m) => m.AuditRoute)),
  },
];
