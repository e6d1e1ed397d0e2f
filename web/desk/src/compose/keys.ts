// What a key does in the compose box.
import type { KeyboardEvent } from "react";
import { nextField, type Field } from "../model/fields";
import type { Suggestion, Suggestions } from "./useSuggestions";

export type KeyAct =
  | { do: "send" }
  | { do: "move"; step: 1 | -1 }
  | { do: "close" }
  | { do: "choose"; option: Suggestion }
  | { do: "select"; field: Field };

/** What the key does, if it is more than writing. */
export function keyOf(
  event: KeyboardEvent,
  selection: { start: number; end: number },
  fields: readonly Field[],
  list: Suggestions | undefined,
): KeyAct | undefined {
  // While a word is being composed, Enter ends the word. Safari sends the
  // Enter after the end of composition, with key code 229.
  if (event.nativeEvent.isComposing || event.keyCode === 229) return undefined;
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  const { key, shiftKey } = event;
  if (list?.active) {
    if (key === "ArrowDown") return { do: "move", step: 1 };
    if (key === "ArrowUp") return { do: "move", step: -1 };
    if ((key === "Enter" || key === "Tab") && !shiftKey) return { do: "choose", option: list.active };
  }
  if (list && key === "Escape") return { do: "close" };
  if (key === "Enter" && !shiftKey) return { do: "send" };
  if (key === "Tab") {
    const field = nextField(fields, selection, shiftKey);
    return field && { do: "select", field };
  }
  if ((key === "Backspace" || key === "Delete") && selection.start === selection.end) {
    // A field goes as a whole, and is shown to before it does.
    const field = fields.find((f) => (key === "Delete" ? f.start : f.end) === selection.start);
    return field && { do: "select", field };
  }
  return undefined;
}
