import { fields } from "./direction";
import { fold } from "./fold";
import { cleanName } from "./name";
import * as tables from "./tables.gen";

/**
 * The one or two letters that stand for a name in an avatar, or "" when there
 * are none to take and an icon should stand there (S17).
 *
 * Titles, what stands in parentheses, tashkeel, emoji, the word for "son of"
 * and the article are passed over; عبد and أبو belong to the next word. Two
 * letters come from the first and the last word, if both are of one script
 * and do not make a vulgar pair.
 */
export function initials(name: string): string {
  const words = nameWords(name);
  const first = initial(words[0]);
  const last = initial(words[words.length - 1]);
  if (words.length < 2 || first.script !== last.script) return first.letter;
  if (listed(tables.initialsBlocked, first.letter + last.letter)) return first.letter;
  // ZWNJ keeps two Arabic letters from joining into a syllable.
  return first.letter + (first.script === "arabic" ? "\u200C" : "") + last.letter;
}

/** The words that have a letter to give, without those that are passed over. */
function nameWords(name: string): string[] {
  const bare = strip(name);
  if (/^visitor-[0-9a-f]*$/i.test(bare)) return [];
  let rest = fields(bare);
  while (rest.length > 1 && listed(tables.initialsTitles, rest[0])) rest = rest.slice(1);
  const words: string[] = [];
  let joinsNext = false;
  rest.forEach((word, i) => {
    const skip = joinsNext || (listed(tables.initialsFiliation, word) && rest.length > 1);
    joinsNext = listed(tables.initialsCompound, word) && i + 1 < rest.length;
    const core = dropArticle(word);
    if (!skip && /\p{L}/u.test(core)) words.push(core);
  });
  return words;
}

/** Drops parentheses with their content, tashkeel, tatweel, emoji and what cleanName drops. */
function strip(name: string): string {
  let out = "";
  let depth = 0;
  for (const c of cleanName(name)) {
    if (c === "(" || c === "（") {
      depth++;
      out += " ";
    } else if (c === ")" || c === "）") depth = Math.max(depth - 1, 0);
    else if (!depth && !tables.harakat.test(c) && !tables.emoji.test(c)) out += c;
  }
  return cleanName(out);
}

const sets = new Map<readonly string[], Set<string>>();

/** Whether word is in the list, whatever its case and hamza, with or without a full stop. */
function listed(list: readonly string[], word = ""): boolean {
  let set = sets.get(list);
  if (!set) sets.set(list, (set = new Set(list.map(fold))));
  return set.has(fold(word.replace(/[.،,]+$/, "")));
}

/** Takes ال, Al- or El- from the front if at least two letters remain. */
function dropArticle(word: string): string {
  if (word.startsWith("ال") && [...word].length >= 4) return word.slice(2);
  return /^[ae]l-../iu.test(word) ? word.slice(3) : word;
}

/** The first letter of word with up to two marks that belong to it. */
function initial(word = ""): { letter: string; script: string } {
  const found = /(\p{L})(\p{M}{0,2})/u.exec(word);
  let letter = found?.[1] ?? "";
  const marks = (found?.[2] ?? "").split(tables.variation)[0] ?? "";
  const script = scriptOf(letter);
  if (script === "latin" || script === "greek" || script === "cyrillic") {
    const upper = letter.toUpperCase();
    // ß and its like have no single capital.
    if ([...upper].length === 1) letter = upper;
  }
  return { letter: (letter + marks).normalize("NFC"), script };
}

function scriptOf(c: string): string {
  if (tables.scriptArabic.test(c)) return "arabic";
  if (tables.scriptLatin.test(c)) return "latin";
  if (tables.scriptGreek.test(c)) return "greek";
  if (tables.scriptCyrillic.test(c)) return "cyrillic";
  return tables.scriptHebrew.test(c) ? "hebrew" : "other";
}
