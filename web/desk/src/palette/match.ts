// Which commands a query finds, in either language: hamza, ta marbuta,
// tashkeel, case and digits do not matter. Pure.
import { fold } from "../../../protocol/src/text/fold";

/** What a command is found by: its name, and everything else it may be called. */
export interface Words {
  /** Folded words of the name. */
  own: readonly string[];
  /** Folded words of the name in the other language, and of what else it is called. */
  also: readonly string[];
}

export function wordsOf(name: string, also: string): Words {
  return { own: split(name), also: split(also) };
}

const split = (text: string) =>
  fold(text.replace(/[\u2066-\u2069]/g, ""))
    .split(/[\s\-–:،,.؛;/()"]+/)
    .filter(Boolean);

const whole = 6;
const beginning = 4;
const inside = 1;

/** How well a word of the query fits one of these; 0: not at all. */
function fits(query: string, words: readonly string[]): number {
  let best = 0;
  for (const word of words) {
    const bare = word.startsWith("ال") ? word.slice(2) : word;
    if (word === query || bare === query) return whole;
    if (word.startsWith(query) || bare.startsWith(query)) best = Math.max(best, beginning);
    else if (query.length > 1 && word.includes(query)) best = Math.max(best, inside);
  }
  return best;
}

/** How well a query fits: every word of it must; 0: it does not. */
export function score(query: readonly string[], words: Words): number {
  let sum = 0;
  for (const word of query) {
    const own = fits(word, words.own);
    const best = Math.max(own > 0 ? own + 1 : 0, fits(word, words.also));
    if (best === 0) return 0;
    sum += best;
  }
  // Of two that fit alike, the one that says little else.
  return query.length === 0 ? 0 : sum / query.length - words.own.length / 100;
}

export const queryWords = split;

/** The same said of many: what is said is folded once, and each name once. */
export function saidOf(said: string, also: string): (name: readonly string[]) => Words {
  const own = split(said);
  const others = split(also);
  return (name) => ({ own: [...own, ...name], also: others });
}
