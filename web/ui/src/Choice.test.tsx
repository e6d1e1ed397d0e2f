// @vitest-environment jsdom
import { act, useState } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it } from "vitest";
import { OneOf } from "./Choice";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function Three({ error }: { error?: string }) {
  const [value, choose] = useState<string | null>(null);
  const options = ["One", "Two", "Three"].map((name) => ({ id: name, name }));
  return <OneOf row label="How many" options={options} value={value} onChange={choose} error={error} />;
}

let page: HTMLElement;
let draw: (error?: string) => void;
let unmount: () => void;
beforeEach(() => {
  page = document.createElement("div");
  document.body.replaceChildren(page);
  const root = createRoot(page);
  draw = (error) => act(() => root.render(<Three {...(error === undefined ? {} : { error })} />));
  draw();
  unmount = () => act(() => root.unmount());
});
afterEach(() => unmount());

const group = () => page.querySelector<HTMLElement>("[role=radiogroup]");
const inputs = () => [...page.querySelectorAll<HTMLInputElement>("input[type=radio]")];
const chosen = () => inputs().find((input) => input.checked)?.value;
const press = (key: string) =>
  act(
    () =>
      void document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
      ),
  );

it("is chosen by a press, and one at a time", () => {
  act(() => inputs()[1]?.click());
  act(() => inputs()[2]?.click());
  expect(chosen()).toBe("Three");
  expect(page.querySelectorAll("[data-selected]")).toHaveLength(1);
});

it("moves with the arrows in the direction of the writing, around the ends", () => {
  inputs()[0]?.focus();
  press("ArrowRight");
  expect(chosen()).toBe("Two");
  expect(document.activeElement).toBe(inputs()[1]);
  group()?.style.setProperty("direction", "rtl");
  press("ArrowRight");
  expect(chosen()).toBe("One");
  press("ArrowLeft");
  press("ArrowDown");
  press("ArrowDown");
  expect(chosen()).toBe("One");
  press("ArrowUp");
  expect(chosen()).toBe("Three");
});

it("is named by its label, and says at the field what is wrong", () => {
  const labelled = document.getElementById(group()?.getAttribute("aria-labelledby") ?? "");
  expect(labelled?.textContent).toBe("How many");
  expect(group()?.hasAttribute("aria-invalid")).toBe(false);
  draw("Choose one");
  const error = document.getElementById(group()?.getAttribute("aria-describedby") ?? "");
  expect(error?.textContent).toBe("Choose one");
  expect(group()?.getAttribute("aria-invalid")).toBe("true");
});
