// What typing, pasting or dropping brings along unseen: control characters,
// and characters that turn the direction of everything around them.
import { cleanBody } from "../../../protocol/src/text/isolate";
import { control } from "../../../protocol/src/text/tables.gen";

const controls = new RegExp(control.source, "gu");

/** The text as it may stand in the compose box. Direction marks and joiners stay. */
export function cleanTyped(text: string): string {
  const plain = control.test(text) ? text.replace(/\r\n?/g, "\n").replace(controls, "") : text;
  return cleanBody(plain);
}
