// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { announce, LiveRegions } from "./announce";

beforeEach(() => {
  vi.useFakeTimers();
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  act(() => createRoot(document.body.appendChild(document.createElement("div"))).render(<LiveRegions />));
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

const said = (urgency: string) =>
  [...document.querySelectorAll(`[aria-live=${urgency}] > div`)].map((n) => n.textContent);

it("says two things in quick succession as two, in order, and takes each away after a second", () => {
  announce("one", "assertive");
  vi.advanceTimersByTime(400);
  announce("two", "assertive");
  announce("quietly");
  expect(said("assertive")).toEqual(["one", "two"]);
  expect(said("polite")).toEqual(["quietly"]);
  vi.advanceTimersByTime(600);
  expect(said("assertive")).toEqual(["two"]);
  vi.advanceTimersByTime(400);
  expect(said("assertive")).toEqual([]);
});

it("says the same sentence again when it happens again", () => {
  announce("again");
  announce("again");
  expect(said("polite")).toEqual(["again", "again"]);
});
