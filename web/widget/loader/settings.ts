import type { Dir, Prefill } from "../bridge/bridge";

/** How the site wants the chat; from the snippet's attributes or `window.hiwarSettings`. */
export interface Settings {
  /** The server: the origin this script came from. */
  server: string;
  /** The asset's public key. */
  key: string;
  lang: "ar" | "en";
  /** Of the host page: where the launcher stands. */
  dir: Dir;
  /** The launcher's side if the site pins one. */
  side: "start" | "end";
  color: string;
  prefill: Prefill;
  /** What the site says of its visitor, for the agent to read. */
  attributes: Record<string, string>;
  /** Gives a token by which the site signs who its visitor is. */
  identity?: (() => unknown) | undefined;
}

/** What a site may set, all of it optional but the key. */
export type Given = Partial<
  Record<"key" | "lang" | "dir" | "side" | "color" | "name" | "email" | "phone" | "question", string>
> & { attributes?: unknown };

/** Nothing is known of the visitor. */
export const unfilled = (): Prefill => ({ name: "", email: "", phone: "", question: "" });

const hex = /^#[0-9a-f]{6}$/i;
const arabic = /^ar/i;

/**
 * The settings of the script tag that loaded us, or nothing if it names no
 * asset. Attributes win over the global, the global over the page.
 */
export function settings(script: HTMLScriptElement, given: Given, page: Document): Settings | undefined {
  const pick = (name: Exclude<keyof Given, "attributes">): string => {
    const value = script.dataset[name] ?? given[name];
    return typeof value === "string" ? value : "";
  };
  const { origin, searchParams } = new URL(script.src);
  const key = pick("key") || searchParams.get("key");
  if (!key) return undefined;
  const prefill = unfilled();
  for (const name of Object.keys(prefill) as (keyof Prefill)[]) prefill[name] = pick(name);
  const said = pick("lang") || page.documentElement.lang || navigator.language;
  const lang = arabic.test(said) ? "ar" : "en";
  return {
    server: origin,
    key,
    lang,
    dir: direction(pick("dir"), page, lang),
    side: pick("side") === "start" ? "start" : "end",
    color: hex.test(pick("color")) ? pick("color") : "",
    prefill,
    attributes: { ...plain(given.attributes), ...ofTag(script) },
  };
}

/** How a tag says attributes: data-attr-plan="gold". */
const tagged = /^data-attr-(.+)/;

function ofTag(script: HTMLScriptElement): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, value } of script.attributes) {
    const said = tagged.exec(name)?.[1];
    if (said) found[said] = value;
  }
  return found;
}

/** Of whatever a site gives, what can be shown: texts, numbers and yes or no. */
export function plain(given: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  if (typeof given !== "object" || given === null) return found;
  for (const [name, v] of Object.entries(given)) {
    if (typeof v === "string" || typeof v === "number" || typeof v === "boolean") found[name] = String(v);
  }
  return found;
}

/** The snippet's direction, else what the page itself shows, else the language's. */
function direction(said: string, page: Document, lang: string): Dir {
  if (said === "rtl" || said === "ltr") return said;
  const root = page.documentElement;
  if (root.dir || page.body?.dir)
    return getComputedStyle(page.body ?? root).direction === "rtl" ? "rtl" : "ltr";
  if (root.lang) return arabic.test(root.lang) ? "rtl" : "ltr";
  return lang === "ar" ? "rtl" : "ltr";
}
