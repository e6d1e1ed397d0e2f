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

/** A name in two parts: where it is long the first may be cut, and the end with what the file is stays. */
export function nameParts(name: string): { start: string; end: string } {
  const letters = [...name];
  const dot = letters.lastIndexOf(".");
  const keep = dot > 0 && letters.length - dot <= 6 ? letters.length - dot : 0;
  return {
    start: letters.slice(0, letters.length - keep).join(""),
    end: letters.slice(letters.length - keep).join(""),
  };
}

/** What stands for a message where there is room for a line: its text, or the names of its files. */
export const inShort = (m: { text?: string; attachments?: readonly { name: string }[] }): string =>
  m.text || (m.attachments ?? []).map((a) => a.name).join(", ");
