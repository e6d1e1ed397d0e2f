// Changes to the compose box that the agent did not type.

/**
 * Puts text in place of a stretch as if it had been typed, so that undoing
 * takes it back. The box has the focus afterwards, and the caret stands behind
 * what was put in.
 */
export function typeOver(box: HTMLTextAreaElement, start: number, end: number, text: string): void {
  box.focus();
  box.setSelectionRange(start, end);
  // The only way that browsers remember for undoing. Old, and here to stay.
  const typed =
    typeof document.execCommand === "function" &&
    (text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text));
  if (typed) return;
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
