// The reader's words with those of keys and blocks, which only they fetch.
import { useMemo } from "react";
import * as ar from "../../../locales/gen/security.ar";
import * as en from "../../../locales/gen/security.en";
import type { Messages } from "../../../locales";
import { useLanguage, type Language } from "../../../ui/src/language";

/** What every page says, and what keys and blocks do. */
export type Words = Messages & typeof en;

/** The language in force, with those words. */
export function useWords(): Language & { t: Words } {
  const language = useLanguage();
  return useMemo(
    () => ({ ...language, t: { ...language.t, ...(language.lang === "ar" ? ar : en) } }),
    [language],
  );
}
