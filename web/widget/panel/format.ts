import { threadDayToday, threadDayYesterday } from "../../locales/gen/messages";
import type { Lang } from "../../locales/runtime";

const locale = (lang: Lang) => (lang === "ar" ? "ar-u-nu-latn" : "en-GB");
const formats = new Map<string, Intl.DateTimeFormat>();

function format(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  let f = formats.get(key);
  if (!f) formats.set(key, (f = new Intl.DateTimeFormat(locale(lang), options)));
  return f;
}

/** 12:05, or 12:05 م. */
export function clock(at: string, lang: Lang): string {
  return format(lang, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** The whole date and time, for the transcript. */
export function stamp(at: string, lang: Lang): string {
  return format(lang, { dateStyle: "full", timeStyle: "short" }).format(new Date(at));
}

/** Today, yesterday, or the date. */
export function dayName(at: string, lang: Lang, now: Date): string {
  const then = new Date(at);
  const midnight = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days === 0) return threadDayToday();
  if (days === 1) return threadDayYesterday();
  return format(lang, { weekday: "long", day: "numeric", month: "long" }).format(then);
}

/** When we open next, in the customer's own time. */
export function whenOpen(at: string, lang: Lang): string {
  return format(lang, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(at));
}

/** What is left until a moment, as m:ss; 0:00 when it is past. */
export function left(until: string, now: number): string {
  const s = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}
