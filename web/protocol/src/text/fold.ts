import { normalizeMessage } from "./message";
import { foldDropped, foldMap, invisible, whitespace } from "./tables.gen";

/**
 * What a search compares: compatibility form, lower case, without tashkeel,
 * tatweel and invisible characters, the alef, ya, ta marbuta and hamza forms
 * and the digits of each script unified, white space runs as one space and
 * trimmed. Never shown.
 */
export function fold(text: string): string {
  let out = "";
  let space = false;
  for (const c of foldOnce(foldOnce(text))) {
    if (whitespace.test(c)) {
      space = out !== "";
    } else {
      out += space ? ` ${c}` : c;
      space = false;
    }
  }
  return out;
}

/** May leave characters side by side that compose or map further, hence twice. */
function foldOnce(text: string): string {
  let out = "";
  for (const c of dropMarks(normalizeMessage(text)).normalize("NFKC")) {
    out += foldMap[c] ?? c.toLowerCase();
  }
  return dropMarks(out);
}

function dropMarks(text: string): string {
  let out = "";
  for (const c of text) if (!foldDropped.test(c) && !invisible.test(c)) out += c;
  return out;
}
