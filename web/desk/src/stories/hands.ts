// What a person does in a story. Every step waits until there is something to
// do it to, and for nothing else.
import type { DeskState } from "../live/state";
import type { Store } from "../live/store";
import { runCommand } from "../parts/commands";
import type { Action } from "../model/shortcuts";

export interface Hands {
  /** Presses the keys of an action. */
  command(action: Action): Promise<void>;
  click(selector: string): Promise<void>;
  /** Writes into a field; without a selector into the one that has focus. */
  type(text: string, selector?: string): Promise<void>;
  key(name: string, selector?: string): Promise<void>;
  /** Changes the state, as a server would. */
  set(next: (now: DeskState) => DeskState): void;
  /** The element, once it is there. */
  wait(selector: string): Promise<HTMLElement>;
}

/** Looks again with every frame until it finds something; a story that never gets there is a story that fails. */
async function until<T>(look: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
}

const at = (selector: string) => until(() => document.querySelector<HTMLElement>(selector));
const focused = () => until(() => document.activeElement !== document.body && document.activeElement);

export const handsOn = (store: Store<DeskState> | undefined): Hands => ({
  set: (next) => store?.set(next),
  async command(action) {
    await until(() => runCommand(action));
  },
  async click(selector) {
    (await at(selector)).click();
  },
  async type(text, selector) {
    const field = (selector ? await at(selector) : await focused()) as HTMLInputElement | HTMLTextAreaElement;
    field.focus();
    const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  },
  async key(name, selector) {
    const target = selector ? await at(selector) : await focused();
    const init = { key: name, code: name, bubbles: true, cancelable: true };
    target.dispatchEvent(new KeyboardEvent("keydown", init));
    target.dispatchEvent(new KeyboardEvent("keyup", init));
  },
  wait: at,
});
