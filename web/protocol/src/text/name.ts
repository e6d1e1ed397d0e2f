import { check, normalizeMessage, type TextProblem } from "./message";
import { invisible, joiner, variation, whitespace } from "./tables.gen";

/**
 * The text as the name, subject or label of something: in form C, on one
 * line, white space runs turned into one space and trimmed, without direction
 * controls, tag characters and invisible characters. A joiner stays between
 * two visible characters, a variation selector after one. Empty when nothing
 * visible is left.
 */
export function cleanName(text: string): string {
  let out = "";
  let space = false;
  let pending = "";
  let last = "";
  for (const c of normalizeMessage(text)) {
    const visible = out !== "" && !space;
    if (whitespace.test(c)) {
      space = out !== "";
      pending = "";
    } else if (variation.test(c)) {
      if (visible && !pending && !variation.test(last)) out += last = c;
    } else if (joiner.test(c)) {
      if (visible && !pending) pending = c;
    } else if (!invisible.test(c)) {
      out += (space ? " " : "") + pending + c;
      last = c;
      space = false;
      pending = "";
    }
  }
  return out.normalize("NFC");
}

/** The name as the server will store it, or why it will not. */
export function name(text: string, limit: number): string | TextProblem {
  const kept = cleanName(text);
  return check(normalizeMessage(text), kept, limit) ?? kept;
}
