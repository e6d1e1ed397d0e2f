// What roles are made of. The built-in ones are shown beside those that were made.
import { nameField, type Said } from "./field";
import type { Kind } from "./kind";
import type { Obj } from "./object";
import type { Words } from "./words";

const permissions: { id: string; name: Said }[] = [
  { id: "answer", name: (t) => t.consolePAnswer() },
  { id: "read_conversations", name: (t) => t.consolePReadAll() },
  { id: "intervene", name: (t) => t.consolePIntervene() },
  { id: "contact", name: (t) => t.consolePContact() },
  { id: "agents", name: (t) => t.consolePAgents() },
  { id: "configure", name: (t) => t.consolePConfigure() },
  { id: "assets", name: (t) => t.consolePAssets() },
  { id: "users", name: (t) => t.consolePUsers() },
  { id: "audit", name: (t) => t.consolePAudit() },
  { id: "blocks", name: (t) => t.consolePBlocks() },
  { id: "people", name: (t) => t.consolePPeople() },
  { id: "privacy", name: (t) => t.consolePPrivacy() },
];

/** What a role permits, in words. */
export const permitted = (role: Obj, t: Words): string[] =>
  [...permissions, { id: "administer", name: (t: Words) => t.consolePAdminister() }]
    .filter(({ id }) => (role.permissions as string[]).includes(id))
    .map(({ name }) => name(t));

/** The roles that nobody made; the server's list is package org's. */
const builtIn = (t: Words): Obj[] =>
  [
    { id: "agent", name: t.roleAgent(), permissions: ["answer"] },
    {
      id: "supervisor",
      name: t.roleSupervisor(),
      permissions: ["read_conversations", "intervene", "contact", "agents"],
    },
    {
      id: "administrator",
      name: t.roleAdministrator(),
      permissions: "contact configure assets users audit blocks people privacy administer".split(" "),
    },
  ].map(({ name, ...role }) => ({ ...role, name: { en: name, ar: name } }));

export const roles: Kind = {
  list: "roles",
  path: "/admin/roles",
  title: (t) => t.consoleRoles(),
  one: (t) => t.consoleRoleOne(),
  intro: (t) => t.consoleEmptyRoles(),
  fresh: { permissions: [] },
  archives: true,
  builtIn,
  fields: [
    nameField,
    { at: "permissions", label: (t) => t.consoleFPermissions(), kind: "some", options: permissions },
  ],
};
