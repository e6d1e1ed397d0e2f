// What can be called from anywhere, by the keyboard or by name. The part of the
// page that can do it says so while it is shown; the latest to say so answers.
import { useEffect, useMemo, useRef } from "react";
import { ariaKeys, hintOf, type Press } from "../model/chord";
import {
  callOf,
  isMac,
  keymap,
  throttled,
  throttleMs,
  type Action,
  type Call,
  type Keymap,
} from "../model/shortcuts";
import { usePreference } from "../settings";
import { movePane } from "./panes";

/** What may be said with an action, where something may. */
export interface Given {
  /** Which of the list, from 1. */
  conversation: number;
  /** Whom to give the conversation to. */
  transfer: { queue: string } | { agent: string };
  conference: { agent: string };
  /** The reason to submit. */
  wrapup: string;
}

type Argument<A extends Action> = A extends keyof Given ? Given[A] : undefined;
type Handler = (given?: never) => void;

const handlers = new Map<Action, Handler[]>();
const listeners = new Set<() => void>();

/**
 * Makes the action available while the component is shown and active is true.
 * One that answers behind gives way to any that does not.
 */
export function useCommand<A extends Action>(
  action: A,
  handler: (given?: Argument<A>) => void,
  active = true,
  place: "front" | "behind" = "front",
): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!active) return;
    const call: Handler = (given) => latest.current(given);
    const others = handlers.get(action) ?? [];
    handlers.set(action, place === "front" ? [...others, call] : [call, ...others]);
    changed();
    return () => {
      handlers.set(
        action,
        (handlers.get(action) ?? []).filter((h) => h !== call),
      );
      changed();
    };
  }, [action, active, place]);
}

const changed = () => listeners.forEach((listener) => listener());

/** Does it, if something on the page can. */
export function runCommand<A extends Action>(action: A, given?: Argument<A>): boolean {
  const handler = handlers.get(action)?.at(-1);
  handler?.(given as never);
  return handler !== undefined;
}

/** Whether something on the page can do it now. */
export const canRun = (action: Action): boolean => (handlers.get(action)?.length ?? 0) > 0;

/** Calls back when what can be done changes. */
export function watchCommands(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Takes presses to what they call, the dangerous ones at most once a second. */
export class Keyboard {
  private readonly doneAt = new Map<Action, number>();

  constructor(private readonly run: (call: Call) => boolean) {}

  /** Whether the press was a shortcut, and the browser is to leave it alone. */
  press(press: Press, keys: Keymap, writing: boolean, now: number): boolean {
    const call = callOf(press, keys, writing);
    if (!call) return false;
    if (throttled.has(call.action)) {
      if (now - (this.doneAt.get(call.action) ?? -Infinity) < throttleMs) return true;
      this.doneAt.set(call.action, now);
    }
    return this.run(call);
  }
}

let recorder: ((event: KeyboardEvent) => void) | undefined;

/** Gives all presses to the one who records a new chord, until undefined is given. */
export function recordKeys(to: typeof recorder): void {
  recorder = to;
}

/** Listens for shortcuts and for F6, which moves between panes. Once per page. */
export function useKeyboard(): void {
  const keys = useKeymap();
  useEffect(() => {
    const keyboard = new Keyboard(({ action, number }) =>
      number === undefined ? runCommand(action) : runCommand("conversation", number),
    );
    const onKey = (event: KeyboardEvent) => {
      if (recorder) return recorder(event);
      if (event.key === "F6" && !event.ctrlKey && !event.altKey) {
        event.preventDefault();
        movePane(event.shiftKey ? -1 : 1);
      } else if (keyboard.press(event, keys, isWriting(event.target), event.timeStamp)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [keys]);
}

/** Somewhere that takes letters for itself: a field, and whatever finds its entries by their first letters. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable], [role=listbox], [role=menu], [role=tree]") !==
      null
  );
}

/** The shortcuts in force, as the person has them. */
export function useKeymap(): Keymap {
  const shortcuts = usePreference("shortcuts");
  const singleKeys = usePreference("singleKeys");
  return useMemo(() => keymap(shortcuts, singleKeys, isMac()), [shortcuts, singleKeys]);
}

export interface Keys {
  /** As it is written beside a command; undefined where there is none. */
  hint(action: Action): string | undefined;
  /** For aria-keyshortcuts; "" where there is none. */
  aria(action: Action): string;
}

/** How the shortcuts in force are written. */
export function useKeys(): Keys {
  const keys = useKeymap();
  return useMemo(
    () => ({
      hint(action) {
        const of = keys.chords.get(action) ?? keys.singles.get(action);
        return of && hintOf(of, isMac());
      },
      aria(action) {
        const of = keys.chords.get(action);
        return of ? ariaKeys(of) : "";
      },
    }),
    [keys],
  );
}

export { goToPane } from "./panes";

let wanted: string | undefined;

/** Focus is to go to the compose box of a conversation as soon as it is there. */
export function wantComposer(conversation: string): void {
  wanted = conversation;
}

/** Whether that is this one; asked once. */
export function takeComposerWish(conversation: string): boolean {
  if (wanted !== conversation) return false;
  wanted = undefined;
  return true;
}
