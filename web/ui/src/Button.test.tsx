// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, it, vi } from "vitest";
import { Button, IconButton } from "./Button";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const onPress = vi.fn();
let unmount: () => void;
afterEach(() => unmount());

function show(button: React.ReactNode): HTMLButtonElement {
  onPress.mockClear();
  const page = document.createElement("div");
  document.body.replaceChildren(page);
  const root = createRoot(page);
  act(() => root.render(button));
  unmount = () => act(() => root.unmount());
  return page.querySelector("button") as HTMLButtonElement;
}

/** Whether the browser may do what the key does. */
const down = (on: HTMLElement, key: string, repeat: boolean) =>
  on.dispatchEvent(new KeyboardEvent("keydown", { key, repeat, bubbles: true, cancelable: true }));

it("has the focus once it was pressed, so that what it opens can give it back", () => {
  const button = show(<Button onPress={onPress}>End</Button>);
  act(() => button.click());
  expect(onPress).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(button);
});

it("is pressed once by a key that is held", () => {
  const button = show(<Button onPress={onPress}>End</Button>);
  expect(down(button, "Enter", false)).toBe(true);
  expect(down(button, "Enter", true)).toBe(false);
  expect(down(button, "Tab", true)).toBe(true);
});

it("that cannot be used stays reachable, says why, and does nothing", () => {
  const button = show(
    <IconButton label="Transfer" icon="→" unavailable="The asset was deleted" onPress={onPress} />,
  );
  act(() => button.click());
  expect(onPress).not.toHaveBeenCalled();
  expect(button.disabled).toBe(false);
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(button.title).toBe("The asset was deleted");
  const why = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  expect(why?.textContent).toBe("The asset was deleted");
});

it("sends its form only if it is made for that", () => {
  expect(show(<Button>One</Button>).type).toBe("button");
  unmount();
  expect(show(<Button type="submit">Two</Button>).type).toBe("submit");
});
