import { cleanBody } from "./isolate";
import { control, invisible, whitespace } from "./tables.gen";

/** Limits in characters, each inclusive. */
export const agentLimit = 1000;
export const customerLimit = 4000;
export const nameLimit = 80;
export const descriptionLimit = 255;

/**
 * The text as it is stored and counted: well-formed, in normalization form C,
 * each CR LF or lone CR turned into LF.
 */
export function normalizeMessage(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/\r\n?/g, "\n")
    .normalize("NFC");
}

/** The number of characters: code points after normalizeMessage. Limits compare with it. */
export function count(text: string): number {
  return codePoints(normalizeMessage(text));
}

/** The positions of U+003C and U+003E in text, in code points from 0 (S23). */
export function reserved(text: string): number[] {
  const positions: number[] = [];
  let i = 0;
  for (const c of text) {
    if (c === "<" || c === ">") positions.push(i);
    i++;
  }
  return positions;
}

/** Whether nothing in text can be seen (S28). */
export function blank(text: string): boolean {
  for (const c of text) if (!whitespace.test(c) && !invisible.test(c)) return false;
  return true;
}

/** What is wrong with a text, in the order it is looked for. */
export type TextProblem =
  | { error: "control"; position: number }
  | { error: "empty" }
  | { error: "too_long"; count: number; max: number }
  | { error: "reserved"; positions: number[] };

/**
 * The body of a message as the server will store it, or why it will not. It
 * is judged as it was typed, so positions and counts fit what is in the box
 * once that is normalized.
 */
export function message(text: string, limit: number, rejectReserved: boolean): string | TextProblem {
  const typed = normalizeMessage(text);
  const problem = check(typed, typed, limit);
  if (problem) return problem;
  const positions = rejectReserved ? reserved(typed) : [];
  return positions.length ? { error: "reserved", positions } : cleanBody(typed);
}

/** Looks for a control character in what was typed, and measures what of it is kept. */
export function check(typed: string, kept: string, limit: number): TextProblem | undefined {
  const at = typed.search(control);
  if (at >= 0) return { error: "control", position: codePoints(typed.slice(0, at)) };
  if (blank(kept)) return { error: "empty" };
  const n = codePoints(kept);
  return n > limit ? { error: "too_long", count: n, max: limit } : undefined;
}

function codePoints(text: string): number {
  let n = 0;
  for (const _ of text) n++;
  return n;
}
