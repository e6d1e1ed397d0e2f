// Dates and times in the organization's time zone, as both languages write
// them. Codes and timers are not formatted here: their order never changes.
import type { Digits, Lang } from "../../locales/runtime";

export interface Formats {
  /** 12:05 or 12:05 م */
  time(at: Date | number): string;
  /** Sun 22 Nov, 12:05 */
  dateTime(at: Date | number): string;
  /** Sunday, 22 November 2026 */
  fullDate(at: Date | number): string;
  /** 12 Jumada II 1448 AH, where a second line is wanted; otherwise "" */
  hijri(at: Date | number): string;
  /** 84.5% */
  percent(share: number): string;
  /** 2026-11-22, to tell days apart; never shown */
  dayKey(at: Date | number): string;
}

const quarterMs = 900_000;

/** The formats of one language, time zone ("" is the browser's) and clock. */
export function zoneFormats(
  lang: Lang,
  digits: Digits,
  timeZone?: string,
  hourCycle: 12 | 24 = 24,
  withHijri = false,
): Formats {
  const locale = lang === "ar" ? `ar-u-nu-${digits}` : "en-GB";
  const zone = timeZone ? { timeZone } : {};
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...zone });
  const long = lang === "ar" ? "long" : "short";
  const time = format({ hour: "2-digit", minute: "2-digit", hourCycle: hourCycle === 12 ? "h12" : "h23" });
  const day = format({ weekday: long, day: "numeric", month: long });
  const full = format({ dateStyle: "full" });
  const hijri = new Intl.DateTimeFormat(`${lang === "ar" ? "ar" : "en"}-u-ca-islamic-umalqura-nu-${digits}`, {
    dateStyle: "long",
    ...zone,
  });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const key = new Intl.DateTimeFormat("en-CA", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...zone,
  });
  // Of a long thread each entry is asked for its day, and asking Intl takes a while.
  const days = new Map<number, string>();
  const dayOf = (at: number) => {
    const known = days.get(at);
    if (known !== undefined) return known;
    const day = key.format(at);
    days.set(at, day);
    return day;
  };
  return {
    time: (at) => time.format(at),
    // Joined by hand: the joining word that Intl puts between an Arabic date
    // and time differs from browser to browser.
    dateTime: (at) => `${plainDay(day, at)}${lang === "ar" ? "، " : ", "}${time.format(at)}`,
    fullDate: (at) => full.format(at),
    hijri: (at) => (withHijri ? hijri.format(at) : ""),
    percent: (share) => percent.format(share),
    // No time zone begins a day but at a quarter of an hour.
    dayKey: (at) => dayOf(Math.floor(Number(at) / quarterMs) * quarterMs),
  };
}

/** Weekday, day and month with spaces between them and nothing else. */
function plainDay(format: Intl.DateTimeFormat, at: Date | number): string {
  return format
    .formatToParts(at)
    .filter((part) => part.type !== "literal")
    .map((part) => part.value)
    .join(" ");
}
