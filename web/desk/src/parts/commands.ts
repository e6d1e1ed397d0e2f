// What the keyboard can do from anywhere. The part of the page that can do it
// says so while it is shown; the latest to say so answers.
import { useEffect, useRef } from "react";
import { actionOf, isMac, type Action } from "../model/shortcuts";

type Handler = () => void;

const handlers = new Map<Action, Handler[]>();

/** Makes the action available while the component is shown and active is true. */
export function useCommand(action: Action, handler: Handler, active = true): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!active) return;
    const call = () => latest.current();
    handlers.set(action, [...(handlers.get(action) ?? []), call]);
    return () => {
      handlers.set(
        action,
        (handlers.get(action) ?? []).filter((h) => h !== call),
      );
    };
  }, [action, active]);
}

/** Does it, if something on the page can. */
export function runCommand(action: Action): boolean {
  const handler = handlers.get(action)?.at(-1);
  handler?.();
  return handler !== undefined;
}

/** Listens for shortcuts and for F6, which moves between panes. Once per page. */
export function useKeyboard(): void {
  useEffect(() => {
    const mac = isMac();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "F6" && !event.ctrlKey && !event.altKey) {
        event.preventDefault();
        movePane(event.shiftKey ? -1 : 1);
        return;
      }
      const action = actionOf(event, mac);
      if (action && runCommand(action)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
}

/** Moves focus to the next pane: an element with data-pane, at its data-pane-start if it has one. */
function movePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) =>
    pane.checkVisibility(),
  );
  if (panes.length === 0) return;
  const at = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const next =
    panes[(at === -1 ? (step === 1 ? 0 : panes.length - 1) : at + step + panes.length) % panes.length];
  if (next) focusPane(next);
}

function focusPane(pane: HTMLElement): void {
  const start = pane.querySelector<HTMLElement>("[data-pane-start]");
  const target =
    start ??
    pane.querySelector<HTMLElement>("button, a[href], input, textarea, [tabindex]:not([tabindex='-1'])") ??
    pane;
  target.focus();
}

/** Moves focus to the pane of that name, if it is on the page. */
export function goToPane(name: string): boolean {
  const pane = document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
  if (pane) focusPane(pane);
  return pane !== null;
}

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
