// What the generated message functions stand on. Kept small: the widget
// carries it.
import { isolate } from "../protocol/src/text/isolate";

export { isolate };

export type Lang = "en" | "ar";
export type Dir = "ltr" | "rtl";
export type Digits = "latn" | "arab";

let arabic = false;
let digits: Digits = "latn";
const formats = new Map<string, Intl.NumberFormat>();

/** Sets the language of the functions in gen/messages. Render again afterwards. */
export function setLanguage(lang: Lang): void {
  arabic = lang === "ar";
}

/** Sets the digits of Arabic messages; English ones keep theirs. */
export function setDigits(choice: Digits): void {
  digits = choice;
}

export function isArabic(): boolean {
  return arabic;
}

function format(locale: string, n: number): string {
  let numbers = formats.get(locale);
  if (!numbers) formats.set(locale, (numbers = new Intl.NumberFormat(locale)));
  return numbers.format(n);
}

export const enNumber = (n: number): string => format("en", n);
export const arNumber = (n: number): string => format(`ar-u-nu-${digits}`, n);

export function enPlural(n: number, one: string, other: string): string {
  return n === 1 ? one : other;
}

/** The six forms of Arabic: by the last two digits, and never for fractions. */
export function arPlural(
  n: number,
  zero: string,
  one: string,
  two: string,
  few: string,
  many: string,
  other: string,
): string {
  if (n === 0) return zero;
  if (n === 1) return one;
  if (n === 2) return two;
  const rest = n % 100;
  if (!Number.isInteger(n) || rest < 3) return other;
  return rest <= 10 ? few : many;
}

/** The name of the function of a key: "error.not_found" gives "errorNotFound". */
export function exportName(key: string): string {
  return key.replace(/[._](.)/g, (_, letter: string) => letter.toUpperCase());
}
