import { describe, expect, it } from "vitest";
import { ariaKeys, chord, chordOf, hintOf, isSingle, keyOf, type Chord, type Press } from "./chord";

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
const of = (text: string) => chord(text) as Chord;

describe("a chord", () => {
  it("is written in one way only", () => {
    expect(keyOf(of("Alt+Ctrl+KeyA"))).toBe("Ctrl+Alt+KeyA");
    for (const text of ["", "Ctrl", "Ctrl+Ctrl+KeyA", "Hyper+KeyA", "Ctrl+ControlLeft", "Ctrl+a+b", "off"])
      expect(chord(text), text).toBeUndefined();
  });

  it("is of the physical key, whatever it types", () => {
    expect(chordOf(press("KeyA", "ctrl alt"))).toEqual(of("Ctrl+Alt+KeyA"));
    expect(chordOf(press("Numpad4", "ctrl alt"))).toEqual(of("Ctrl+Alt+Digit4"));
  });

  it("is none with AltGraph, while composing, when held, and of a modifier alone", () => {
    const graph = { getModifierState: (key: string) => key === "AltGraph" };
    expect(chordOf(press("KeyE", "ctrl alt", graph))).toBeUndefined();
    expect(chordOf(press("KeyA", "ctrl alt", { isComposing: true }))).toBeUndefined();
    expect(chordOf(press("KeyA", "ctrl alt", { repeat: true }))).toBeUndefined();
    expect(chordOf(press("ControlLeft", "ctrl"))).toBeUndefined();
  });

  it("types by itself or not", () => {
    expect(["KeyR", "Shift+Slash", "Digit4"].every((text) => isSingle(of(text)))).toBe(true);
    expect(["Ctrl+KeyR", "F6", "Escape", "Meta+KeyK"].some((text) => isSingle(of(text)))).toBe(false);
  });

  it("is shown as the system shows it", () => {
    expect(hintOf(of("Ctrl+Alt+KeyA"), false)).toBe("Ctrl+Alt+A");
    expect(hintOf(of("Ctrl+Shift+KeyA"), true)).toBe("⌃⇧A");
    expect(hintOf(of("Meta+Enter"), true)).toBe("⌘↩");
    expect(hintOf(of("Shift+Slash"), false)).toBe("?");
    expect(hintOf(of("Ctrl+Slash"), false)).toBe("Ctrl+/");
    expect(ariaKeys(of("Ctrl+Alt+KeyE"))).toBe("Control+Alt+E");
  });
});
