// Who works here, and what the desk of each offers.
import { languages, nameField, type FieldSpec } from "./field";
import type { Kind } from "./kind";
import { inUse } from "./object";
import { held } from "./rows";

const capacity: FieldSpec = {
  at: "capacity",
  label: (t) => t.consoleFCapacity(),
  hint: (t) => t.consoleFCapacityUser(),
  kind: "number",
};

export const exclusive: FieldSpec = {
  at: "exclusive",
  label: (t) => t.consoleFExclusive(),
  kind: "one",
  options: [
    { id: "", name: (t) => t.consoleFExclusiveInherit() },
    { id: "on", name: (t) => t.consoleVOn() },
    { id: "off", name: (t) => t.consoleVOff() },
  ],
};

/** What somebody may do, and where. */
export const rights: FieldSpec[] = [
  {
    at: "roles",
    label: (t) => t.adminUserRoles(),
    kind: "some",
    options: [
      { id: "agent", name: (t) => t.roleAgent() },
      { id: "supervisor", name: (t) => t.roleSupervisor() },
      { id: "administrator", name: (t) => t.roleAdministrator() },
    ],
    of: "roles",
    only: inUse,
  },
  { at: "teams", label: (t) => t.adminTeams(), kind: "refs", of: "teams" },
];

export const users: Kind = {
  list: "users",
  path: "/admin/users",
  title: (t) => t.adminUsers(),
  one: (t) => t.adminKindUser(),
  intro: (t) => t.consoleEmptyUsers(),
  fresh: { name: "", roles: ["agent"] },
  archives: false,
  fields: [
    { at: "name", label: (t) => t.consoleName(), kind: "text" },
    { at: "email", label: (t) => t.labelEmail(), kind: "text" },
    ...rights,
    {
      at: "profile",
      label: (t) => t.adminKindProfile(),
      hint: (t) => t.consoleFProfileHint(),
      kind: "ref",
      of: "profiles",
    },
    {
      at: "language",
      label: (t) => t.consoleFUserLanguage(),
      kind: "one",
      owners: true,
      options: [{ id: "", name: (t) => t.consoleFExclusiveInherit() }, ...languages],
    },
    { at: "disabled", label: (t) => t.consoleFDisabled(), kind: "switch" },
    { ...capacity, section: (t) => t.consoleSectionRouting() },
    exclusive,
    held,
  ],
};

export const profiles: Kind = {
  list: "profiles",
  path: "/admin/profiles",
  title: (t) => t.consoleProfiles(),
  one: (t) => t.adminKindProfile(),
  intro: (t) => t.consoleEmptyProfiles(),
  fresh: {},
  archives: false,
  fields: [
    nameField,
    {
      at: "queues",
      label: (t) => t.consoleFProfileQueues(),
      hint: (t) => t.consoleFAllHint(),
      kind: "refs",
      of: "queues",
      only: inUse,
    },
    {
      at: "teams",
      label: (t) => t.consoleFProfileTeams(),
      hint: (t) => t.consoleFAllHint(),
      kind: "refs",
      of: "teams",
    },
    {
      at: "idle_reasons",
      label: (t) => t.consoleFIdleReasons(),
      hint: (t) => t.consoleFAllHint(),
      kind: "refs",
      of: "reasons",
      only: (o) => o.kind === "idle" && inUse(o),
    },
    {
      at: "wrapup_reasons",
      label: (t) => t.consoleFWrapupReasons(),
      hint: (t) => t.consoleFAllHint(),
      kind: "refs",
      of: "reasons",
      only: (o) => o.kind === "wrapup" && inUse(o),
    },
    {
      at: "templates",
      label: (t) => t.consoleTemplates(),
      hint: (t) => t.consoleFAllHint(),
      kind: "refs",
      of: "templates",
      only: inUse,
    },
    {
      at: "wrapup_auto",
      label: (t) => t.consoleFAutoWrapup(),
      hint: (t) => t.consoleFQueueHint(),
      kind: "seconds",
    },
  ],
};
