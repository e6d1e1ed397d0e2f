// The reader's words with those of one's own account, which only it fetches.
import { useMemo } from "react";
import * as ar from "../../../locales/gen/account.ar";
import * as en from "../../../locales/gen/account.en";
import { useLanguage } from "../../../ui/src/language";

/** The language in force, with the words of the account. */
export function useWords() {
  const language = useLanguage();
  return useMemo(
    () => ({ ...language, t: { ...language.t, ...(language.lang === "ar" ? ar : en) } }),
    [language],
  );
}
