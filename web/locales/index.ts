// The way into the catalogues for pages that load one language at a time.
import type * as english from "./gen/en";
import type { Lang } from "./runtime";
import { exportName } from "./runtime";

export * from "./parts";
export * from "./runtime";

/** All messages of one language, each a function. */
export type Messages = typeof english;

/** Loads the messages of a language; a page needs only one at a time. */
export function load(lang: Lang): Promise<Messages> {
  return lang === "ar" ? import("./gen/ar") : import("./gen/en");
}

/**
 * What a person should read for an error code. A parameter `reason` chooses
 * among the code's sentences; one whose placeholders are not all in params
 * gives way to the code's plain one; an unknown code gets a general apology.
 */
export function sentence(
  messages: Messages,
  code: string,
  params: Readonly<Record<string, unknown>> = {},
): string {
  const table = messages as unknown as Readonly<Record<string, (a: object) => string>>;
  for (const variant of [`.${String(params.reason)}`, "", ".plain"]) {
    const message = table[exportName(`error.${code}${variant}`)];
    if (!message) continue;
    let complete = true;
    const known = new Proxy(params, {
      get(target, name: string) {
        const value = target[name];
        if (value === undefined) complete = false;
        return typeof value === "number" ? value : String(value);
      },
    });
    const text = message(known);
    if (complete) return text;
  }
  return messages.errorUnknown();
}
