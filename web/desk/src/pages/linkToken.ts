/** The secret of a one-time link stands behind #, so that it is in no log. */
export function linkToken(): string {
  const { hash, search } = window.location;
  return new URLSearchParams(search).get("token") ?? hash.replace(/^#(token=)?/, "");
}
