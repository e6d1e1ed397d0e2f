// The pages of the administration, in the order of the ways to them. A page is
// one line here: what it is called, where it stands and what is fetched then.
import type { ComponentType } from "react";
import { later } from "../../../ui/src/later";
import { kinds } from "../console/kinds";
import type { Words } from "../console/words";

export interface Page {
  path: string;
  title(t: Words): string;
  /** Draws the whole page, in an AdminPage. */
  Page: ComponentType;
}

const ObjectsRoute = later(() => import("./routes").then((m) => m.ObjectsRoute));
const AssetsRoute = later(() => import("./routes").then((m) => m.AssetsRoute));

export const pages: readonly Page[] = [
  {
    path: "/admin/users",
    title: (t) => t.adminUsers(),
    Page: later(() => import("./routes").then((m) => m.UsersRoute)),
  },
  ...Object.values(kinds).map(({ path, title }) => ({
    path,
    title,
    Page: path === kinds.assets.path ? AssetsRoute : ObjectsRoute,
  })),
  {
    path: "/admin/configuration",
    title: (t) => t.adminConfiguration(),
    Page: later(() => import("./routes").then((m) => m.ConfigurationRoute)),
  },
  {
    path: "/admin/audit",
    title: (t) => t.adminAudit(),
    Page: later(() => import("./routes").then((m) => m.AuditRoute)),
  },
];
