import { neutral, rtl, whitespace } from "./tables.gen";

export type Dir = "ltr" | "rtl";

/**
 * Share of right-to-left words above which a paragraph runs right to left.
 * Below half, because Arabic sentences carry many Latin names and the other
 * way round is rare.
 */
const rtlShare = 0.4;

/**
 * The way one paragraph runs. Each word counts with its first strong letter;
 * URLs, e-mail addresses, mentions, tags and code spans do not count. Without
 * any word that counts the paragraph runs like fallback.
 */
export function direction(paragraph: string, fallback: Dir): Dir {
  let rtlWords = 0;
  let words = 0;
  for (const word of fields(dropCode(paragraph))) {
    const dir = isReference(word) ? undefined : firstStrong(word);
    if (dir) words++;
    if (dir === "rtl") rtlWords++;
  }
  if (words === 0) return fallback;
  return rtlWords / words > rtlShare ? "rtl" : "ltr";
}

/**
 * The way each line of text runs. A line without direction runs like the last
 * one that had one, at first like fallback.
 */
export function directions(text: string, fallback: Dir): Dir[] {
  return text.split("\n").map((line) => (fallback = direction(line, fallback)));
}

/** The words of text: what stands between white space. */
export function fields(text: string): string[] {
  return text.split(whitespace).filter((word) => word !== "");
}

/** Takes out what stands between two backticks. A single one stays without effect. */
function dropCode(text: string): string {
  const pieces = text.split("`");
  return pieces.map((piece, i) => (i % 2 === 0 || i === pieces.length - 1 ? piece : " ")).join("");
}

/** Whether the word points somewhere rather than says something. */
function isReference(word: string): boolean {
  const bare = word.replace(/^[([{"'«“‘]+/, "");
  return /^(https?:\/\/|www\.|[@#])/i.test(bare) || /^[^@]+@.*\./s.test(bare);
}

function firstStrong(word: string): Dir | undefined {
  for (const c of word) {
    if (rtl.test(c)) return "rtl";
    if (!neutral.test(c)) return "ltr";
  }
  return undefined;
}
