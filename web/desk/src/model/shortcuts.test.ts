import { describe, expect, it } from "vitest";
import { chord, type Chord, type Press } from "./chord";
import { actions, callOf, keymap, off, ownChord, unfit, type Action } from "./shortcuts";

const press = (text: string, change: Partial<Press> = {}): Press => {
  const of = chord(text) as Chord;
  return {
    code: of.code,
    ctrlKey: of.ctrl,
    altKey: of.alt,
    shiftKey: of.shift,
    metaKey: of.meta,
    isComposing: false,
    repeat: false,
    getModifierState: () => false,
    ...change,
  };
};
const windows = keymap({}, false, false);
const mac = keymap({}, false, true);
const called = (text: string, keys = windows) => callOf(press(text), keys, true)?.action;

describe("the table of shortcuts", () => {
  it.each<[key: string, action: Action]>([
    ["KeyA", "accept"],
    ["Digit4", "acceptAll"],
    ["KeyP", "requests"],
    ["Digit9", "popover"],
    ["KeyR", "available"],
    ["KeyN", "state"],
    ["KeyX", "transfer"],
    ["KeyH", "conference"],
    ["KeyE", "end"],
    ["KeyW", "wrapup"],
    ["Digit8", "next"],
    ["Digit7", "tasks"],
    ["KeyY", "aside"],
    ["KeyB", "refresh"],
    ["KeyI", "notifications"],
    ["KeyD", "silent"],
    ["KeyU", "profile"],
    ["KeyF", "shortcuts"],
  ])("%s", (key, action) => {
    expect(called(`Ctrl+Alt+${key}`)).toBe(action);
    expect(called(`Ctrl+Shift+${key}`, mac)).toBe(action);
    for (const held of ["Ctrl", "Alt", "Ctrl+Alt+Meta"]) expect(called(`${held}+${key}`)).not.toBe(action);
    // VoiceOver's own.
    expect(called(`Ctrl+Alt+${key}`, mac)).not.toBe(action);
  });

  it("has the palette, the way back, and the first nine conversations", () => {
    expect([called("Ctrl+KeyK"), called("Meta+KeyK", mac)]).toEqual(["palette", "palette"]);
    expect([called("Ctrl+Alt+Shift+Digit8"), called("Ctrl+Alt+Shift+Digit8", mac)]).toEqual([
      "previous",
      "previous",
    ]);
    expect(callOf(press("Alt+Digit7"), windows, true)).toEqual({ action: "conversation", number: 7 });
    expect(callOf(press("Ctrl+Alt+Digit2"), mac, true)).toEqual({ action: "conversation", number: 2 });
    expect(called("Alt+Digit0")).toBeUndefined();
  });

  it("avoids what systems keep: the terminal, arrows, signing out", () => {
    for (const key of ["KeyT", "ArrowLeft", "ArrowUp", "KeyL"])
      expect(called(`Ctrl+Alt+${key}`)).toBeUndefined();
  });

  it("gives each chord to one action only", () => {
    for (const keys of [windows, mac])
      for (const action of actions) {
        const of = keys.chords.get(action);
        if (of) expect(unfit(action, of, keys), action).toBeUndefined();
      }
  });
});

describe("letters by themselves", () => {
  const letters = keymap({}, true, false);
  it("call nothing until they are turned on, and nothing where one writes", () => {
    expect(callOf(press("KeyR"), windows, false)).toBeUndefined();
    expect(callOf(press("KeyR"), letters, true)).toBeUndefined();
    expect(callOf(press("KeyR"), letters, false)).toEqual({ action: "reply" });
    expect(callOf(press("Shift+Slash"), letters, false)).toEqual({ action: "shortcuts" });
  });
});

describe("a person's own shortcuts", () => {
  it("replace the action's own, or turn it off, letters too", () => {
    const keys = keymap({ transfer: "Ctrl+Alt+KeyM", end: off, shortcuts: off }, true, false);
    expect(called("Ctrl+Alt+KeyM", keys)).toBe("transfer");
    expect(called("Ctrl+Alt+KeyX", keys)).toBeUndefined();
    expect(called("Ctrl+Alt+KeyE", keys)).toBeUndefined();
    expect(callOf(press("Shift+Slash"), keys, false)).toBeUndefined();
  });

  it("that make no sense give way to the action's own", () => {
    expect(called("Ctrl+Alt+KeyX", keymap({ transfer: "nonsense" }, false, false))).toBe("transfer");
    expect(ownChord("transfer", true)).toBe("Ctrl+Shift+KeyX");
  });

  it("are refused where they would type, are the browser's, or are taken", () => {
    const why = (action: Action, text: string) => unfit(action, chord(text) as Chord, windows);
    expect(why("end", "KeyE")).toEqual({ why: "bare" });
    expect(why("end", "Shift+KeyE")).toEqual({ why: "bare" });
    expect(why("end", "Ctrl+KeyT")).toEqual({ why: "kept" });
    expect(why("end", "Ctrl+Alt+KeyX")).toEqual({ why: "taken", by: "transfer" });
    expect(why("end", "Alt+Digit5")).toEqual({ why: "taken", by: "conversation" });
    expect(why("conversation", "Ctrl+Alt+Digit1")).toEqual({ why: "taken", by: "acceptAll" });
    expect(why("end", "Ctrl+Alt+KeyE")).toBeUndefined();
    expect(why("end", "F8")).toBeUndefined();
  });
});
