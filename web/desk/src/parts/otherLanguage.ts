import { useEffect, useState } from "react";
import { load, type Messages } from "../../../locales";
import type { Lang } from "../../../ui/src/language";
import { persistently } from "../../../ui/src/later";

/** The words of the other language, once they are there: what one thinks of first may be in it. */
export function useOtherLanguage(lang: Lang): Messages | undefined {
  const [other, set] = useState<Messages>();
  useEffect(() => {
    let gone = false;
    void persistently(() => load(lang === "ar" ? "en" : "ar")).then((messages) => {
      if (!gone) set(messages);
    });
    return () => {
      gone = true;
    };
  }, [lang]);
  return other?.lang === lang ? undefined : other;
}
