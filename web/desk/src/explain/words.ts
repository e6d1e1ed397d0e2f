// The reader's words with those of explanations, which only this part of the
// desk fetches, and moments written as they are said: today by the time alone.
import { useMemo } from "react";
import * as ar from "../../../locales/gen/why.ar";
import * as en from "../../../locales/gen/why.en";
import type { Messages } from "../../../locales";
import { useLanguage } from "../../../ui/src/language";
import { serverNow } from "../../../ui/src/now";

/** What every page says, and what explanations do. */
export type Whole = Messages & typeof en;

/** The messages with those of explanations. */
export const whole = (t: Messages): Whole => ({ ...t, ...(t.lang === "ar" ? ar : en) });

/** In which words, and how a moment is written. */
export interface Words {
  t: Whole;
  time(at: string): string;
}

export function useWords(): Words {
  const { t, formats } = useLanguage();
  return useMemo(
    () => ({
      t: whole(t),
      time(at) {
        const moment = Date.parse(at);
        const today = formats.dayKey(moment) === formats.dayKey(serverNow());
        return today ? formats.time(moment) : formats.dateTime(moment);
      },
    }),
    [t, formats],
  );
}
