// The emoji that can be put into a message, by their names in both languages.
import { fold } from "../../../protocol/src/text/fold";
import type { Messages } from "../../../locales";

export interface Emoji {
  char: string;
  /** What it is called here: the name, and other words for it. */
  name: string;
  /** What it is found by, folded. */
  words: string;
}

/** All of them, in the order of the picker. The other language's words find them too, once they are there. */
export function allEmoji(t: Messages, other: Messages | undefined): Emoji[] {
  const theirs = new Map(other ? lines(other) : []);
  return lines(t).map(([char, name]) => ({ char, name, words: fold(`${name} ${theirs.get(char) ?? ""}`) }));
}

const lines = (t: Messages): [char: string, name: string][] =>
  t
    .emojiAll()
    .split("\n")
    .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]);

/** Those that have every word of the query. */
export function findEmoji(all: readonly Emoji[], query: string): Emoji[] {
  const wanted = fold(query).split(" ").filter(Boolean);
  return all.filter(({ words }) => wanted.every((word) => words.includes(word)));
}

export const columns = 8;

/** Where a key leads in a grid of so many; the same place where it leads nowhere. */
export function stepTo(key: string, from: number, length: number, dir: "ltr" | "rtl"): number | undefined {
  const forward = dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const steps: Record<string, number> = {
    ArrowLeft: forward === "ArrowLeft" ? 1 : -1,
    ArrowRight: forward === "ArrowRight" ? 1 : -1,
    ArrowDown: columns,
    ArrowUp: -columns,
  };
  const step = steps[key];
  if (step === undefined) return undefined;
  const to = from + step;
  return to >= 0 && to < length ? to : from;
}
