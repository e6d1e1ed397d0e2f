import { setLanguage, type Lang } from "../locales/runtime";

/** Makes an element; text in it is text, never markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Partial<Record<string, string>> = {},
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** The language of the address, else of the page as the server made it. */
export function language(): Lang {
  const said = new URLSearchParams(location.search).get("lang") ?? document.documentElement.lang;
  const lang = said.startsWith("ar") ? "ar" : "en";
  setLanguage(lang);
  document.documentElement.lang = lang;
  document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
  return lang;
}
