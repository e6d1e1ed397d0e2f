// The compose box's counter (S20) and what is wrong with a text before it is
// sent. Characters are code points after normalising, as the server counts.
import { agentLimit, blank, count, reserved } from "../../../protocol/src/text/message";

export interface Counter {
  left: number;
  level: "hidden" | "shown" | "low" | "over";
}

/** The counter of a text: hidden until 200 are left, amber from 20, red below 0. */
export function counterOf(text: string, limit = agentLimit): Counter {
  const left = limit - count(text);
  return { left, level: left < 0 ? "over" : left <= 20 ? "low" : left <= 200 ? "shown" : "hidden" };
}

const spoken = [200, 100, 50, 20, 10, 0];

/** Whether going from one number of characters left to another is to be spoken: at each of the steps, in both directions. */
export function crossesStep(before: number, after: number): boolean {
  if (before < 0 !== after < 0) return true;
  return spoken.some(
    (step) => (before > step && after <= step) || (before <= step && after > step && step <= 20),
  );
}

/** Where the text goes over the limit, as an index into it; its length if it does not. */
export function excessFrom(text: string, limit = agentLimit): number {
  if (count(text) <= limit) return text.length;
  const points = [...text];
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (count(points.slice(0, middle).join("")) <= limit) low = middle;
    else high = middle - 1;
  }
  return points.slice(0, low).join("").length;
}

/** What keeps a text from being sent, if anything. */
export function refusal(
  text: string,
  allowReserved: boolean,
  limit = agentLimit,
): "empty" | "reserved" | "long" | undefined {
  if (blank(text)) return "empty";
  if (!allowReserved && reserved(text).length > 0) return "reserved";
  if (count(text) > limit) return "long";
  return undefined;
}

/** A stretch of the text to be marked in the compose box. */
export interface Stretch {
  text: string;
  mark?: "over" | "reserved";
}

/** The text cut where it is to be marked: reserved signs, and what is over the limit. */
export function stretches(text: string, allowReserved: boolean, limit = agentLimit): Stretch[] {
  const cut = excessFrom(text, limit);
  const out: Stretch[] = [];
  const add = (part: string, mark?: Stretch["mark"]) => {
    if (part !== "") out.push(mark ? { text: part, mark } : { text: part });
  };
  const within = text.slice(0, cut);
  if (allowReserved) add(within);
  else for (const part of within.split(/([<>]+)/)) add(part, /^[<>]/.test(part) ? "reserved" : undefined);
  add(text.slice(cut), "over");
  return out;
}

/** The first of the two one-tap fixes: look-alikes that are not reserved. */
export const replaceReserved = (text: string): string => text.replaceAll("<", "‹").replaceAll(">", "›");

/** The second: without them. */
export const removeReserved = (text: string): string => text.replace(/[<>]/g, "");
