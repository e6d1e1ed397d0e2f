/** What a site puts into its pages. The origin is said whatever the site's policy, or nobody could see that it arrived. */
export const snippet = (server: string, key: string): string =>
  `<script async src="${server}/hiwar.js?key=${encodeURIComponent(key)}" referrerpolicy="origin"></script>`;

/** Whether an origin is this server's own, under whichever name of this machine. */
export function isOwn(origin: string, here: string = location.origin): boolean {
  const loopback = (url: URL) =>
    /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname) ? "loopback" : url.hostname;
  const [a, b] = [new URL(origin), new URL(here)];
  return loopback(a) === loopback(b) && a.port === b.port && a.protocol === b.protocol;
}

/** The origin of an address as people write it: with or without a scheme, with or without a page. */
export function originOf(address: string): string | undefined {
  const said = address.trim();
  if (said === "" || /\s/.test(said)) return undefined;
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(said) ? said : `https://${said}`);
    const known = url.protocol === "https:" || url.protocol === "http:";
    const named = url.hostname === "localhost" || url.hostname.includes(".") || url.hostname.startsWith("[");
    return known && named ? url.origin : undefined;
  } catch {
    return undefined;
  }
}
