// @vitest-environment jsdom
import { expect, it } from "vitest";
import { keymap, type Call } from "../model/shortcuts";
import { Keyboard } from "./commands";

const press = (code: string) => ({
  code,
  ctrlKey: true,
  altKey: true,
  shiftKey: false,
  metaKey: false,
  isComposing: false,
  repeat: false,
  getModifierState: () => false,
});

it("ends and submits at most once a second, and does the rest every time", () => {
  const done: Call[] = [];
  const keyboard = new Keyboard((call) => done.push(call) > 0);
  const keys = keymap({}, false, false);
  for (const at of [0, 500, 999, 1000]) expect(keyboard.press(press("KeyE"), keys, true, at)).toBe(true);
  for (const at of [0, 1]) keyboard.press(press("KeyX"), keys, true, at);
  expect(done.map((call) => call.action)).toEqual(["end", "end", "transfer", "transfer"]);
});

it("leaves to the browser what nothing on the page can do", () => {
  const keyboard = new Keyboard(() => false);
  expect(keyboard.press(press("KeyX"), keymap({}, false, false), true, 0)).toBe(false);
});
