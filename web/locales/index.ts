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
 * gives way to the code's partial or plain one; an unknown code gets a general apology.
 * Without a `time`, a `retry_after_ms` is put into words.
 */
export function sentence(messages: Messages, code: string, params: Params = {}): string {
  const known = withTime(messages, params);
  for (const variant of [`.${String(params.reason)}`, "", ".partial", ".plain"]) {
    const text = complete(messages, `error.${code}${variant}`, known);
    if (text !== undefined) return text;
  }
  return messages.errorUnknown();
}

type Params = Readonly<Record<string, unknown>>;

/** The message of key, if there is one and params has all it asks for. */
function complete(messages: Messages, key: string, params: Params): string | undefined {
  const name = exportName(key);
  if (!Object.hasOwn(messages, name)) return undefined;
  const message = messages[name as keyof Messages] as unknown as (a: object) => string;
  let missing = false;
  const watched = new Proxy(params, {
    get(_, arg: string) {
      const value = params[arg];
      missing ||= value === undefined;
      return typeof value === "number" ? value : inWords(messages, value);
    },
  });
  const text = message(watched);
  return missing ? undefined : text;
}

let moment: ((at: Date) => string) | undefined;

/** Sets how moments in sentences are written: in the organization's time zone and the reader's digits. */
export function setMoments(format: (at: Date) => string): void {
  moment = format;
}

function inWords(messages: Messages, value: unknown): string {
  const text = String(value);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return text;
  const plain = () => new Intl.DateTimeFormat(messages.lang, { dateStyle: "medium", timeStyle: "short" });
  return (moment ?? plain().format)(new Date(text));
}

function withTime(messages: Messages, params: Params): Params {
  const wait = params.retry_after_ms;
  if (typeof wait !== "number" || params.time !== undefined) return params;
  const seconds = Math.ceil(Math.max(wait, 1) / 1000);
  const time =
    seconds < 120 ? messages.nSeconds({ n: seconds }) : messages.nMinutes({ n: Math.ceil(seconds / 60) });
  return { ...params, time };
}
