// A chord: the keys held together and the one that is struck. It goes by the
// physical key, because on an Arabic layout the key of A types ش.

export interface Chord {
  code: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  meta: boolean;
}

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

const held = ["ctrl", "alt", "shift", "meta"] as const;
const written = { ctrl: "Ctrl", alt: "Alt", shift: "Shift", meta: "Meta" };

/** The chord of its written form, "Ctrl+Alt+KeyA"; undefined if that is none. */
export function chord(text: string): Chord | undefined {
  const parts = text.split("+");
  const code = parts.pop() ?? "";
  if (!/^[A-Z][A-Za-z0-9]+$/.test(code) || modifier.test(code)) return undefined;
  const of: Chord = { code, ctrl: false, alt: false, shift: false, meta: false };
  for (const part of parts) {
    const name = held.find((key) => written[key] === part);
    if (!name || of[name]) return undefined;
    of[name] = true;
  }
  return of;
}

/** How a chord is kept: always the same for the same keys. */
export function keyOf(of: Chord): string {
  return [...held.filter((name) => of[name]).map((name) => written[name]), of.code].join("+");
}

const modifier = /^(?:Control|Ctrl|Alt|Shift|Meta|OS|CapsLock|Fn|NumLock)(?:Left|Right)?$/;

/**
 * The chord of a press, or none: a held key, a modifier alone, a composition,
 * and a press with AltGraph, which types a character.
 */
export function chordOf(press: Press): Chord | undefined {
  if (press.isComposing || press.repeat || press.code === "" || modifier.test(press.code)) return undefined;
  if (press.getModifierState("AltGraph")) return undefined;
  return {
    code: press.code.replace(/^Numpad(?=\d$)/, "Digit"),
    ctrl: press.ctrlKey,
    alt: press.altKey,
    shift: press.shiftKey,
    meta: press.metaKey,
  };
}

/** A letter, digit or sign by itself: it types, so it can be a command only where nothing is written. */
export const isSingle = (of: Chord): boolean =>
  !of.ctrl &&
  !of.alt &&
  !of.meta &&
  /^(?:Key|Digit|Slash|Period|Comma|Semicolon|Quote|Minus|Equal)/.test(of.code);

const caps: Record<string, string> = {
  Slash: "/",
  Backslash: "\\",
  Period: ".",
  Comma: ",",
  Semicolon: ";",
  Quote: "'",
  Minus: "-",
  Equal: "=",
  Backquote: "`",
  BracketLeft: "[",
  BracketRight: "]",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** What is printed on the key where the letters are Latin. */
const cap = (code: string) => caps[code] ?? code.replace(/^(?:Key|Digit)/, "");

/** How a chord is written beside its command. */
export function hintOf(of: Chord, mac: boolean): string {
  if (of.code === "Slash" && of.shift && isSingle(of)) return "?";
  if (!mac) return [...held.filter((name) => of[name]).map((name) => written[name]), cap(of.code)].join("+");
  const signs = [of.ctrl && "⌃", of.alt && "⌥", of.shift && "⇧", of.meta && "⌘"].filter(Boolean);
  return signs.join("") + (of.code === "Enter" ? "↩" : cap(of.code));
}

/** The same for assistive technology (aria-keyshortcuts). */
export function ariaKeys(of: Chord): string {
  const names = { ...written, ctrl: "Control" };
  return [...held.filter((name) => of[name]).map((name) => names[name]), cap(of.code)].join("+");
}
