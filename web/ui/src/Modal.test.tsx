// @vitest-environment jsdom
import { act, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveRegions } from "./announce";
import { Modal } from "./Modal";

let root: Root;
const outside = vi.fn();

function Page({ dismissable }: { dismissable: boolean }) {
  const [open, set] = useState(false);
  const [done, finish] = useState(false);
  return (
    <div onKeyDown={({ key }) => outside(key)}>
      <nav id="nav" />
      <main>
        <button id="opens" onClick={() => set(true)} />
      </main>
      <LiveRegions />
      {open && (
        <Modal label="Question" dismissable={dismissable} overlayClass="overlay" onClose={() => set(false)}>
          <button id="first" />
          <input id="wanted" autoFocus />
          <button disabled />
          {!done && <button id="last" onClick={() => finish(true)} />}
        </Modal>
      )}
    </div>
  );
}

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  outside.mockClear();
  const page = document.createElement("div");
  document.body.replaceChildren(page);
  root = createRoot(page);
});
afterEach(() => act(() => root.unmount()));

const the = (selector: string) => document.querySelector<HTMLElement>(selector);
const show = (dismissable = false) => {
  act(() => root.render(<Page dismissable={dismissable} />));
  the("#opens")?.focus();
  act(() => the("#opens")?.click());
};
const press = (key: string, init: KeyboardEventInit = {}) =>
  act(() => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }),
    );
  });

it("takes the focus to what asks for it and gives it back", () => {
  show();
  expect(document.activeElement).toBe(the("#wanted"));
  press("Escape");
  expect(the("[role=dialog]")).toBeNull();
  expect(document.activeElement).toBe(the("#opens"));
  expect(outside).not.toHaveBeenCalledWith("Escape");
});

it("puts the page behind it out of reach, but not what is spoken", () => {
  show();
  expect(the("#nav")?.closest("[inert]")).not.toBeNull();
  expect(the("#opens")?.closest("[inert]")).not.toBeNull();
  expect(the("[role=status]")?.closest("[inert]")).toBeNull();
  expect(the("[role=dialog]")?.closest("[inert]")).toBeNull();
  press("Escape");
  expect(the("[inert]")).toBeNull();
});

it("keeps the focus inside, in either direction", () => {
  show();
  the("#last")?.focus();
  press("Tab");
  expect(document.activeElement).toBe(the("#first"));
  press("Tab", { shiftKey: true });
  expect(document.activeElement).toBe(the("#last"));
});

it("is closed by a press beside it only where it may be", () => {
  const beside = () =>
    act(() =>
      the(".overlay")?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true })),
    );
  show();
  beside();
  expect(the("[role=dialog]")).not.toBeNull();
  press("Escape");
  show(true);
  act(() => the("#first")?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true })));
  expect(the("[role=dialog]")).not.toBeNull();
  beside();
  expect(the("[role=dialog]")).toBeNull();
});

it("keeps the focus when what had it goes away, so that Escape still closes it", async () => {
  show();
  the("#last")?.focus();
  await act(async () => the("#last")?.click());
  expect(the("#last")).toBeNull();
  expect(document.activeElement).toBe(the("[role=dialog]"));
  press("Escape");
  expect(the("[role=dialog]")).toBeNull();
});
