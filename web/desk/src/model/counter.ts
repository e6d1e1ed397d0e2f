// What there is to say about a text before it is sent: how much room is left
// (S20), what is not allowed (S23), what is not filled in yet. Characters are
// code points after normalizing, as the server counts.
import { agentLimit, blank, count, reserved } from "../../../protocol/src/text/message";
import { withoutFields, type Field } from "./fields";

export interface Counter {
  left: number;
  level: "hidden" | "shown" | "low" | "over";
}

/** A stretch of the text to be marked in the compose box. */
export interface Stretch {
  text: string;
  mark?: "over" | "reserved" | "field";
}

/** Why a text cannot be sent, the first thing to mend first. */
export type Refused = "empty" | "field" | "reserved" | "long";

export interface Look {
  counter: Counter;
  /** Fields of templates that are not filled. They do not count: what fills them will. */
  fields: readonly Field[];
  /** How many reserved signs stand outside of fields. */
  reserved: number;
  stretches: Stretch[];
  refused: Refused | undefined;
}

export interface Rules {
  allowReserved: boolean;
  limit?: number;
}

/** Everything there is to say about the text, said at once: it may be long. */
export function look(
  text: string,
  fields: readonly Field[],
  { allowReserved, limit = agentLimit }: Rules,
): Look {
  const room = limit + fields.reduce((sum, field) => sum + count(text.slice(field.start, field.end)), 0);
  const counter = counterOf(text, room);
  const signs = allowReserved ? 0 : reserved(withoutFields(text, fields)).length;
  const refused = blank(text)
    ? "empty"
    : signs > 0
      ? "reserved"
      : fields.length > 0
        ? "field"
        : counter.level === "over"
          ? "long"
          : undefined;
  return {
    counter,
    fields,
    reserved: signs,
    stretches: stretches(text, fields, allowReserved, room),
    refused,
  };
}

/** The counter of a text: hidden until 200 are left, amber from 20, red below 0. */
export function counterOf(text: string, limit = agentLimit): Counter {
  const left = limit - count(text);
  return { left, level: left < 0 ? "over" : left <= 20 ? "low" : left <= 200 ? "shown" : "hidden" };
}

const spoken = [200, 100, 50, 20, 10, 0];

/** Whether going from one number of characters left to another is to be spoken: at each of the steps, in both directions (A17). */
export function crossesStep(before: number, after: number): boolean {
  if (before < 0 !== after < 0) return true;
  return spoken.some((step) => before > step !== after > step);
}

/** No character after normalizing is made of more than so many before it. */
const mostComposed = 4;

/** Where the text goes over the limit, as an index into it; its length if it does not. */
export function excessFrom(text: string, limit = agentLimit): number {
  if (count(text) <= limit) return text.length;
  // Only the beginning can matter, however much was pasted.
  const points = [...text.slice(0, 2 * mostComposed * (limit + 1))];
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (count(points.slice(0, middle).join("")) <= limit) low = middle;
    else high = middle - 1;
  }
  return points.slice(0, low).join("").length;
}

/** The text cut where it is to be marked: fields, reserved signs, and what is over the limit. */
export function stretches(
  text: string,
  fields: readonly Field[],
  allowReserved: boolean,
  limit = agentLimit,
): Stretch[] {
  const cut = excessFrom(text, limit);
  const out: Stretch[] = [];
  const add = (part: string, mark?: Stretch["mark"]) => {
    if (part !== "") out.push(mark ? { text: part, mark } : { text: part });
  };
  const plain = (part: string) => {
    if (allowReserved) add(part);
    else for (const bit of part.split(/([<>]+)/)) add(bit, /^[<>]/.test(bit) ? "reserved" : undefined);
  };
  let done = 0;
  for (const field of fields) {
    if (field.end > cut) break;
    plain(text.slice(done, field.start));
    add(text.slice(field.start, field.end), "field");
    done = field.end;
  }
  plain(text.slice(done, cut));
  add(text.slice(cut), "over");
  return out;
}

/** Mends the reserved signs outside of the fields. */
export function mend(text: string, fields: readonly Field[], repair: (part: string) => string): string {
  let out = "";
  let done = 0;
  for (const field of fields) {
    out += repair(text.slice(done, field.start)) + text.slice(field.start, field.end);
    done = field.end;
  }
  return out + repair(text.slice(done));
}

/** The first of the two one-tap fixes: look-alikes that are not reserved. */
export const replaceReserved = (text: string): string => text.replaceAll("<", "‹").replaceAll(">", "›");

/** The second: without them. */
export const removeReserved = (text: string): string => text.replace(/[<>]/g, "");
