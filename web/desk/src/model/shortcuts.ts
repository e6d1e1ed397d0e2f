// Keyboard shortcuts (ux §4.2): what each action is called by, on each system,
// and as the person has changed it.
import { chord, chordOf, keyOf, type Chord, type Press } from "./chord";

export type Action =
  | "palette"
  | "accept"
  | "acceptAll"
  | "requests"
  | "popover"
  | "available"
  | "state"
  | "why"
  | "transfer"
  | "conference"
  | "end"
  | "wrapup"
  | "next"
  | "previous"
  | "conversation"
  | "tasks"
  | "aside"
  | "reply"
  | "refresh"
  | "notifications"
  | "silent"
  | "profile"
  | "settings"
  | "shortcuts";

/** Ctrl+Alt with the key; Control+Shift on macOS, where Control+Option is VoiceOver's own. */
const both = (code: string): [string, string] => [`Ctrl+Alt+${code}`, `Ctrl+Shift+${code}`];

/** Each action's own chord, elsewhere and on macOS; none has to be called from the palette. */
const own: Record<Action, [other: string, mac: string] | undefined> = {
  palette: ["Ctrl+KeyK", "Meta+KeyK"],
  accept: both("KeyA"),
  acceptAll: both("Digit4"),
  requests: both("KeyP"),
  popover: both("Digit9"),
  available: both("KeyR"),
  state: both("KeyN"),
  why: undefined,
  transfer: both("KeyX"),
  conference: both("KeyH"),
  end: both("KeyE"),
  wrapup: both("KeyW"),
  next: both("Digit8"),
  previous: ["Ctrl+Alt+Shift+Digit8", "Ctrl+Alt+Shift+Digit8"],
  conversation: ["Alt+Digit1", "Ctrl+Alt+Digit1"],
  tasks: both("Digit7"),
  aside: both("KeyY"),
  reply: undefined,
  refresh: both("KeyB"),
  notifications: both("KeyI"),
  silent: both("KeyD"),
  profile: both("KeyU"),
  settings: undefined,
  shortcuts: both("KeyF"),
};

/** Letters by themselves, for those who turn them on. */
const singles: Partial<Record<Action, string>> = { reply: "KeyR", shortcuts: "Shift+Slash" };

/** The actions as they are listed, by what they are about. */
export const groups = {
  requests: ["accept", "acceptAll", "requests", "popover"],
  chat: ["transfer", "conference", "end", "wrapup", "reply", "refresh"],
  go: ["palette", "next", "previous", "conversation", "tasks", "aside"],
  me: ["available", "state", "why", "silent", "notifications", "profile", "settings", "shortcuts"],
} as const satisfies Record<string, readonly Action[]>;

export const actions = Object.values(groups).flat() as readonly Action[];

/** Done at most once a second: a key that is struck twice must not end two conversations. */
export const throttled: ReadonlySet<Action> = new Set<Action>(["end", "wrapup"]);
export const throttleMs = 1000;

/** What a person changed: an action's chord in its written form, or off. */
export type Changes = Readonly<Partial<Record<Action, string>>>;
export const off = "";

/** The chords in force. An action without one has no shortcut. */
export interface Keymap {
  readonly chords: ReadonlyMap<Action, Chord>;
  readonly singles: ReadonlyMap<Action, Chord>;
}

export function keymap(changes: Changes, singleKeys: boolean, mac: boolean): Keymap {
  const chords = new Map<Action, Chord>();
  for (const action of actions) {
    const wanted = changes[action];
    if (wanted === off) continue;
    const of = (wanted === undefined ? undefined : chord(wanted)) ?? chord(own[action]?.[mac ? 1 : 0] ?? "");
    if (of) chords.set(action, of);
  }
  const letters = new Map<Action, Chord>();
  if (singleKeys) {
    for (const [action, text] of Object.entries(singles) as [Action, string][]) {
      const of = chord(text);
      if (of && changes[action] !== off) letters.set(action, of);
    }
  }
  return { chords, singles: letters };
}

/** An action's own chord in its written form: what it has until it is changed. */
export const ownChord = (action: Action, mac: boolean): string | undefined => own[action]?.[mac ? 1 : 0];

export interface Call {
  action: Action;
  /** Which conversation of the list, from 1. */
  number?: number;
}

/** What a press calls; letters by themselves only where nothing is being written. */
export function callOf(press: Press, keys: Keymap, writing: boolean): Call | undefined {
  const struck = chordOf(press);
  if (!struck) return undefined;
  const text = keyOf(struck);
  for (const [action, of] of keys.chords) {
    if (keyOf(of) === text && action !== "conversation") return { action };
  }
  const family = keys.chords.get("conversation");
  const number = Number(/^Digit([1-9])$/.exec(struck.code)?.[1]);
  if (family && number && keyOf({ ...struck, code: "Digit1" }) === keyOf({ ...family, code: "Digit1" }))
    return { action: "conversation", number };
  if (writing) return undefined;
  for (const [action, of] of keys.singles) if (keyOf(of) === text) return { action };
  return undefined;
}

/** Chords that a browser or the system keeps for itself, or that edit text. */
const kept = new Set(
  [
    "KeyA",
    "KeyC",
    "KeyV",
    "KeyX",
    "KeyZ",
    "KeyY",
    "KeyT",
    "KeyN",
    "KeyW",
    "KeyR",
    "KeyL",
    "KeyP",
    "Tab",
  ].flatMap((code) => [`Ctrl+${code}`, `Meta+${code}`]),
);

export type Unfit = { why: "bare" | "kept" } | { why: "taken"; by: Action };

/** Why an action cannot have a chord: it would type, it is the browser's, or another action has it. */
export function unfit(action: Action, of: Chord, keys: Keymap): Unfit | undefined {
  if (!of.ctrl && !of.alt && !of.meta && !/^F\d+$/.test(of.code)) return { why: "bare" };
  if (kept.has(keyOf(of)) || /^(?:Tab|Escape|F6)$/.test(of.code)) return { why: "kept" };
  const wanted = new Set(action === "conversation" ? family(of) : [keyOf(of)]);
  for (const [other, taken] of keys.chords) {
    if (other === action) continue;
    if ((other === "conversation" ? family(taken) : [keyOf(taken)]).some((text) => wanted.has(text)))
      return { why: "taken", by: other };
  }
  return undefined;
}

/** The nine chords of the conversations of the list. */
const family = (of: Chord) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => keyOf({ ...of, code: `Digit${digit}` }));

export function isMac(): boolean {
  return typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
}
