import { direction, type Dir } from "./text/direction";

/** A size as people read it: 320 kB, 2.4 MB. */
export function fileSize(bytes: number, locale: string): string {
  const large = bytes >= 1 << 20;
  const n = large ? bytes / (1 << 20) : Math.max(1, bytes / 1024);
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: large ? "megabyte" : "kilobyte",
    maximumFractionDigits: n < 10 && large ? 1 : 0,
  }).format(n);
}

export interface NameParts {
  /** Which way the name runs, whatever the page does. */
  dir: Dir;
  /** Where the name is long this may be cut. */
  start: string;
  /** The last dot. */
  dot: string;
  /** What the file is; it stays, and nothing of the name moves it. */
  end: string;
}

/** A name as it is drawn: each part isolated, one after the other in the direction of the name. */
export function nameParts(name: string): NameParts {
  const letters = [...name];
  const dot = letters.lastIndexOf(".");
  const cut = dot > 0 && letters.length - dot <= 6 ? dot : letters.length;
  return {
    dir: direction(name, "ltr"),
    start: letters.slice(0, cut).join(""),
    dot: letters.slice(cut, cut + 1).join(""),
    end: letters.slice(cut + 1).join(""),
  };
}

/** What stands for a message where there is room for a line: its text, or the names of its files. */
export const inShort = (m: { text?: string; attachments?: readonly { name: string }[] }): string =>
  m.text || (m.attachments ?? []).map((a) => a.name).join(", ");
