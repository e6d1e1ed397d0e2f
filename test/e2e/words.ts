// What people read, in the language of the test: the same catalogues as the
// pages use, so a control is found by the words on it.
import { setLanguage } from "../../web/locales/runtime";
import * as messages from "../../web/locales/gen/messages";

export type Lang = "ar" | "en";

/** Sets the language of `say`; each test does so first. */
export function speak(lang: Lang): void {
  setLanguage(lang);
}

export const say = messages;

/** A sentence without the characters that isolate names: what an element's text is. */
export const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, "");
