// What typing, pasting or dropping brings along unseen: control characters,
// and characters that turn the direction of everything around them.
import { cleanBody } from "../../../protocol/src/text/isolate";
import { control } from "../../../protocol/src/text/tables.gen";

const controls = new RegExp(control.source, "gu");

/**
 * The compose box holds no more than this, eight times what can be sent: a
 * browser that lays out a whole book for every key is hard to use, and so is a
 * page whose box is full of one.
 */
export const boxLimit = 8000;

/** The beginning of the text that fits into the box, cut between characters. */
export function fitting(text: string, room = boxLimit): string {
  if (text.length <= room) return text;
  const cut = text.slice(0, Math.max(0, room));
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The text as it may stand in the compose box. Direction marks and joiners stay. */
export function cleanTyped(text: string): string {
  const plain = control.test(text) ? text.replace(/\r\n?/g, "\n").replace(controls, "") : text;
  return cleanBody(plain);
}
