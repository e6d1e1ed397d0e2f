// The reader's words with those of the first run, which only it fetches.
import { useMemo } from "react";
import * as ar from "../../../locales/gen/setup.ar";
import * as en from "../../../locales/gen/setup.en";
import type { Messages } from "../../../locales";
import { useLanguage, type Language } from "../../../ui/src/language";

/** What every page says, and what the first run does. */
export type Words = Messages & typeof en;

export interface SetupLanguage extends Language {
  t: Words;
}

/** The language in force, with the words of the first run. */
export function useWords(): SetupLanguage {
  const language = useLanguage();
  return useMemo(
    () => ({ ...language, t: { ...language.t, ...(language.lang === "ar" ? ar : en) } }),
    [language],
  );
}
