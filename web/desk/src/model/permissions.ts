// What somebody may, as far as it decides which pages they have.

/** Where the console begins for each permission, in the order in which one is looked for. */
const beginnings: readonly [permission: string, path: string][] = [
  ["users", "/admin/users"],
  ["configure", "/admin/teams"],
  ["assets", "/admin/assets"],
  ["people", "/admin/people"],
  ["privacy", "/admin/people"],
  ["blocks", "/admin/blocks"],
  ["audit", "/admin/audit"],
];

/** Where the console begins; undefined for who has nothing to do there. */
export const consoleOf = (permissions: readonly string[]): string | undefined =>
  beginnings.find(([permission]) => permissions.includes(permission))?.[1];

/** Where the pages begin: at the desk, with who waits, or in the console. */
export function homeOf(permissions: readonly string[]): string {
  if (permissions.includes("answer")) return "/desk";
  return permissions.includes("read_conversations") ? "/live" : (consoleOf(permissions) ?? "/live");
}
