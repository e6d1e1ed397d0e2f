import { normalizeMessage } from "./message";
import { foldDropped, foldMap, invisible, whitespace } from "./tables.gen";

const dropped = new RegExp(`${foldDropped.source}|${invisible.source}`, "gu");
const spaces = new RegExp(`${whitespace.source}+`, "gu");

/**
 * What a search compares: compatibility form, lower case, without tashkeel,
 * tatweel and invisible characters, the alef, ya, ta marbuta and hamza forms
 * and the digits of each script unified, white space runs as one space and
 * trimmed. Never shown.
 */
export function fold(text: string): string {
  // A thousand names are folded while somebody types.
  const folded = /^[\x20-\x7e]*$/.test(text) ? text.toLowerCase() : foldTwice(text);
  return folded.replace(spaces, " ").replace(/^ | $/g, "");
}

/** Once may leave characters side by side that compose or map further. */
function foldTwice(text: string): string {
  const once = foldOnce(text);
  return once === text ? once : foldOnce(once);
}

function foldOnce(text: string): string {
  let out = "";
  for (const c of normalizeMessage(text).replace(dropped, "").normalize("NFKC"))
    out += foldMap[c] ?? c.toLowerCase();
  return out.replace(dropped, "");
}
