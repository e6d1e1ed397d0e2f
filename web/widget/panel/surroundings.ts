/** What staff see of a customer's browser and page beside the conversation. */
export interface Surroundings {
  page_title?: string | undefined;
  referrer?: string | undefined;
  browser_language?: string | undefined;
  time_zone?: string | undefined;
  visits?: number | undefined;
}

/** What is known, without what is not: the server's reading is strict. */
export function known(s: Surroundings): { [K in keyof Surroundings]: NonNullable<Surroundings[K]> } {
  return Object.fromEntries(Object.entries(s).filter(([, value]) => value)) as ReturnType<typeof known>;
}

/** The address of the page before without its query: what stands there can be private. */
export function withoutQuery(address = ""): string {
  try {
    const { origin, pathname } = new URL(address);
    return origin === "null" ? "" : origin + pathname;
  } catch {
    return "";
  }
}

export function browser(): Surroundings {
  return {
    browser_language: navigator.languages.join(", ").slice(0, 100),
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
