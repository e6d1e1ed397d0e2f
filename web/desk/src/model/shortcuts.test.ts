import { describe, expect, it } from "vitest";
import { actionOf, ariaKeys, hintOf, type Press } from "./shortcuts";

const press = (code: string, held: string, change: Partial<Press> = {}): Press => ({
  code,
  ctrlKey: held.includes("ctrl"),
  altKey: held.includes("alt"),
  shiftKey: held.includes("shift"),
  metaKey: held.includes("meta"),
  isComposing: false,
  repeat: false,
  getModifierState: () => false,
  ...change,
});

describe("shortcuts", () => {
  it.each([
    ["KeyA", "accept"],
    ["KeyX", "transfer"],
    ["KeyH", "conference"],
    ["KeyE", "end"],
    ["KeyW", "wrapup"],
    ["KeyR", "available"],
  ])("%s", (code, action) => {
    expect(actionOf(press(code, "ctrl alt"), false)).toBe(action);
    expect(actionOf(press(code, "ctrl shift"), true)).toBe(action);
  });

  it("need their own modifier and nothing else", () => {
    expect(actionOf(press("KeyA", "ctrl"), false)).toBeUndefined();
    expect(actionOf(press("KeyA", "ctrl shift"), false)).toBeUndefined();
    expect(actionOf(press("KeyA", "ctrl alt shift"), false)).toBeUndefined();
    expect(actionOf(press("KeyA", "ctrl alt"), true)).toBeUndefined(); // VoiceOver's own
    expect(actionOf(press("KeyA", "ctrl alt meta"), false)).toBeUndefined();
  });

  it("leave AltGraph, composition and held keys alone", () => {
    expect(
      actionOf(press("KeyE", "ctrl alt", { getModifierState: (key) => key === "AltGraph" }), false),
    ).toBeUndefined();
    expect(actionOf(press("KeyA", "ctrl alt", { isComposing: true }), false)).toBeUndefined();
    expect(actionOf(press("KeyA", "ctrl alt", { repeat: true }), false)).toBeUndefined();
  });

  it("go back with one more modifier", () => {
    expect(actionOf(press("Digit8", "ctrl alt"), false)).toBe("next");
    expect(actionOf(press("Digit8", "ctrl alt shift"), false)).toBe("previous");
    expect(actionOf(press("Digit8", "ctrl shift alt"), true)).toBe("previous");
  });

  it("are written as the system writes them", () => {
    expect(hintOf("accept", false)).toBe("Ctrl+Alt+A");
    expect(hintOf("accept", true)).toBe("⌃⇧A");
    expect(ariaKeys("end", false)).toBe("Control+Alt+E");
    expect(ariaKeys("end", true)).toBe("Control+Shift+E");
  });
});
