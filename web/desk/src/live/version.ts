// Whether the server gives out other pages than the one that is open: after an
// upgrade an open desk goes on, but what it has not fetched yet is gone.

/** The main script that a page of the desk names. */
export const scriptOf = (html: string): string | undefined =>
  /<script type="module"[^>]* src="([^"]+)"/.exec(html)?.[1];

/** Asks the server. Without an answer, or with one that is no page of the desk, nothing is known and it is false. */
export async function isOutdated(): Promise<boolean> {
  const own = scriptOf(document.head.innerHTML);
  if (!own) return false;
  try {
    const answer = await fetch("/desk", { headers: { Accept: "text/html" }, cache: "no-store" });
    const served = answer.ok ? scriptOf(await answer.text()) : undefined;
    return served !== undefined && served !== own;
  } catch {
    return false;
  }
}
