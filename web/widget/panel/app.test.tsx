// @vitest-environment jsdom
/** @jsxImportSource preact */
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "./app";
import { empty, Store, type Acts } from "./model";

const acts = new Proxy({} as Acts, { get: () => () => undefined });

// A frame that nobody sees is not painted, and effects that wait for paint wait
// with it. No time passes here, so that none of them runs after the page is gone.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what changes before the first paint is drawn", async () => {
  const root = document.createElement("div");
  const store = new Store(empty);
  render(<App store={store} acts={acts} now={() => 0} />, root);
  store.set({ view: "unavailable" });
  await Promise.resolve();
  expect(root.querySelector("main")?.textContent).not.toBe("");
  expect(root.querySelector("[aria-busy]")).toBeNull();
});
