// Puts a part of the desk on a page of its own, in tests.
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import * as ar from "../../../locales/gen/ar";
import * as en from "../../../locales/gen/en";
import { LiveRegions } from "../../../ui/src/announce";
import { LanguageProvider, type Lang } from "../../../ui/src/language";
import { freezeClock } from "../../../ui/src/now";
import { LiveContext, type Actions, type DeskState } from "../live/state";
import { createStore, type Store } from "../live/store";
import { now } from "./cast";
import { Drafts } from "../model/drafts";
import { deviceShelf } from "../parts/device";
import { fakeActions } from "./fake";

export interface Mounted {
  page: HTMLElement;
  store: Store<DeskState>;
  drafts: Drafts;
  /** The element with that text or label; fails if there is none. */
  find(selector: string): HTMLElement;
  /** All that was announced and is still in a live region. */
  said(): string[];
  redraw(node: ReactNode): void;
  unmount(): void;
}

export interface MountOptions {
  state: DeskState;
  actions?: Partial<Actions>;
  lang?: Lang;
}

/** Draws the node with the desk's state around it; the clock stands still. */
export function mount(node: ReactNode, { state, actions = {}, lang = "en" }: MountOptions): Mounted {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  freezeClock(now);
  // A window as wide as it likes.
  window.matchMedia ??= () =>
    ({ matches: false, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
  const store = createStore(state);
  const live = {
    store,
    actions: { ...fakeActions(store), ...actions },
    drafts: new Drafts({ user: state.me.user, shelf: deviceShelf(), now: Date.now }),
  };
  const page = document.createElement("div");
  document.body.replaceChildren(page);
  let root: Root | undefined;
  const draw = (content: ReactNode) =>
    act(() => {
      root ??= createRoot(page);
      root.render(
        <LanguageProvider
          initial={{ lang, messages: lang === "ar" ? ar : en }}
          conventions={{ digits: "latn", timeZone: "Asia/Riyadh", hourCycle: 24 }}
        >
          <LiveContext value={live}>{content}</LiveContext>
          <LiveRegions />
        </LanguageProvider>,
      );
    });
  draw(node);
  return {
    page,
    store,
    drafts: live.drafts,
    find(selector) {
      const found = page.querySelector<HTMLElement>(selector);
      if (!found) throw new Error(`nothing on the page is ${selector}`);
      return found;
    },
    said: () =>
      [...page.querySelectorAll("[data-live-announcer] [aria-live] > div")].map((n) => n.textContent ?? ""),
    redraw: draw,
    unmount: () => act(() => root?.unmount()),
  };
}

/** Types into a field, as a browser would report it. */
export function type(field: HTMLElement, text: string): void {
  const proto =
    field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  act(() => {
    Object.getOwnPropertyDescriptor(proto, "value")?.set?.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** Presses a key; true if the page let the browser have it too. */
export function key(target: HTMLElement, name: string, init: KeyboardEventInit = {}): boolean {
  let free = true;
  act(() => {
    free = target.dispatchEvent(
      new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...init }),
    );
  });
  return free;
}

export function click(target: HTMLElement): void {
  act(() => target.click());
}
