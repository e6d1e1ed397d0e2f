// What somebody may, as far as it decides which pages they have.

/** Where the console begins for each permission, in the order in which one is looked for. */
const beginnings: readonly [permission: string, page: string][] = [
  ["users", "users"],
  ["configure", "teams"],
  ["assets", "assets"],
  ["people", "people"],
  ["privacy", "people"],
  ["blocks", "blocks"],
  ["audit", "audit"],
];

/** Where the console begins; undefined for who has nothing to do there. */
export const consoleOf = (permissions: readonly string[]): string | undefined =>
  beginnings.flatMap(([permission, page]) => (permissions.includes(permission) ? `/admin/${page}` : []))[0];

/** Where the pages begin: at the desk, with who waits, or in the console. */
export function homeOf(permissions: readonly string[]): string {
  if (permissions.includes("answer")) return "/desk";
  return permissions.includes("read_conversations") ? "/live" : (consoleOf(permissions) ?? "/live");
}
