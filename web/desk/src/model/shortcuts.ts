// Keyboard shortcuts (ux §4.2). They go by the physical key, because on an
// Arabic layout the key of A types ش.

export type Action =
  | "accept"
  | "acceptAll"
  | "requests"
  | "available"
  | "state"
  | "transfer"
  | "conference"
  | "end"
  | "wrapup"
  | "next"
  | "previous"
  | "refresh";

const keys: Record<string, Action> = {
  KeyA: "accept",
  Digit4: "acceptAll",
  KeyP: "requests",
  KeyR: "available",
  KeyN: "state",
  KeyX: "transfer",
  KeyH: "conference",
  KeyE: "end",
  KeyW: "wrapup",
  Digit8: "next",
  KeyB: "refresh",
};

/** What is needed of a KeyboardEvent. */
export interface Press {
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
  repeat: boolean;
  getModifierState(key: string): boolean;
}

/**
 * The action of a press: Ctrl+Alt with the letter, Control+Shift on macOS. A
 * press with AltGraph types a character and is never a shortcut.
 */
export function actionOf(press: Press, mac: boolean): Action | undefined {
  if (press.isComposing || press.repeat || press.metaKey || press.getModifierState("AltGraph"))
    return undefined;
  const back = press.code === "Digit8" && (mac ? press.altKey : press.shiftKey);
  const held = mac
    ? press.ctrlKey && press.shiftKey && (!press.altKey || back)
    : press.ctrlKey && press.altKey && (!press.shiftKey || back);
  if (!held) return undefined;
  return back ? "previous" : keys[press.code];
}

/** How a shortcut is written beside its command. */
export function hintOf(action: Action, mac: boolean): string {
  const code = Object.keys(keys).find((key) => keys[key] === action) ?? "";
  const letter = code.replace(/^(Key|Digit)/, "");
  return mac ? `⌃⇧${letter}` : `Ctrl+Alt+${letter}`;
}

/** The same for assistive technology (aria-keyshortcuts). */
export function ariaKeys(action: Action, mac: boolean): string {
  return hintOf(action, mac).replace("⌃⇧", "Control+Shift+").replace("Ctrl", "Control");
}

export function isMac(): boolean {
  return typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
}
