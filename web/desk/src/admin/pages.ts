// The pages of the administration, in the order of the ways to them. A page is
// one line here: what it is called, where it stands and what is fetched then.
import type { ComponentType } from "react";
import { later } from "../../../ui/src/later";
import { everyKind, kinds } from "../console/kinds";
import type { Words } from "../console/words";

export interface Page {
  path: string;
  title(t: Words): string;
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

export const pages: readonly Page[] = [
  ...everyKind.map(({ path, title }) => ({
    path,
    title,
    Page: own[path] ?? ObjectsRoute,
  })),
  {
    path: "/admin/configuration",
    title: (t) => t.adminConfiguration(),
    Page: later(() => import("./routes").then((m) => m.ConfigurationRoute)),
  },
  {
    path: "/admin/people",
    title: (t) => t.consolePeople(),
    Page: later(() => import("./routes").then((m) => m.PeopleRoute)),
  },
  {
    path: "/admin/blocks",
    title: (t) => t.consoleBlocks(),
    Page: later(() => import("./routes").then((m) => m.BlocksRoute)),
  },
  {
    path: "/admin/audit",
    title: (t) => t.adminAudit(),
    Page: later(() => import("./routes").then((m) => m.AuditRoute)),
  },
];
