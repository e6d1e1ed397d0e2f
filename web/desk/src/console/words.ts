// The reader's words with those of the console's forms, which only they fetch.
import { useMemo } from "react";
import * as ar from "../../../locales/gen/console.ar";
import * as en from "../../../locales/gen/console.en";
import type { Messages } from "../../../locales";
import { useLanguage, type Language } from "../../../ui/src/language";

/** What every page says, and what the console's forms do. */
export type Words = Messages & typeof en;

export interface ConsoleLanguage extends Language {
  t: Words;
}

/** The messages with those of the console. */
export const whole = (t: Messages): Words => ({ ...t, ...(t.lang === "ar" ? ar : en) });

/** The language in force, with the words of the console. */
export function useWords(): ConsoleLanguage {
  const language = useLanguage();
  return useMemo(() => ({ ...language, t: whole(language.t) }), [language]);
}
