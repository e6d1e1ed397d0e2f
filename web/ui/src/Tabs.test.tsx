// @vitest-environment jsdom
import { act, useState } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Tabs } from "./Tabs";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const names = ["One", "Two", "Three"];

function Three() {
  const [chosen, choose] = useState("One");
  const tabs = names.map((name) => ({ id: name, name, content: () => `what ${name} says` }));
  return <Tabs label="Three things" tabs={tabs} chosen={chosen} onChoose={choose} />;
}

let page: HTMLElement;
let unmount: () => void;
beforeEach(() => {
  page = document.createElement("div");
  document.body.replaceChildren(page);
  const root = createRoot(page);
  act(() => root.render(<Three />));
  unmount = () => act(() => root.unmount());
});
afterEach(() => unmount());

const chosen = () => page.querySelector<HTMLElement>("[role=tab][aria-selected=true]");
const press = (key: string) =>
  act(() => void chosen()?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));

it("shows what the chosen tab says, and names the panel by it", () => {
  const panel = page.querySelector("[role=tabpanel]");
  expect(panel?.textContent).toBe("what One says");
  expect(panel?.getAttribute("aria-labelledby")).toBe(chosen()?.id);
});

it("is one stop of the Tab key", () => {
  expect([...page.querySelectorAll<HTMLElement>("[role=tab]")].map((tab) => tab.tabIndex)).toEqual([
    0, -1, -1,
  ]);
});

it("moves with the arrows in the direction of the writing, around the ends", () => {
  press("ArrowRight");
  expect(chosen()?.textContent).toBe("Two");
  expect(document.activeElement).toBe(chosen());
  page.querySelector<HTMLElement>("[role=tablist]")?.style.setProperty("direction", "rtl");
  press("ArrowRight");
  expect(chosen()?.textContent).toBe("One");
  press("ArrowRight");
  expect(chosen()?.textContent).toBe("Three");
  press("Home");
  expect(chosen()?.textContent).toBe("One");
});
