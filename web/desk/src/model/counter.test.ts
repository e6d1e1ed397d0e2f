import { describe, expect, it } from "vitest";
import {
  counterOf,
  crossesStep,
  excessFrom,
  refusal,
  removeReserved,
  replaceReserved,
  stretches,
} from "./counter";

const letters = (n: number) => "س".repeat(n);

describe("the counter", () => {
  it.each([
    [0, 1000, "hidden"],
    [799, 201, "hidden"],
    [800, 200, "shown"],
    [979, 21, "shown"],
    [980, 20, "low"],
    [1000, 0, "low"],
    [1001, -1, "over"],
  ])("of %i characters", (typed, left, level) => {
    expect(counterOf(letters(typed))).toEqual({ left, level });
  });

  it("counts an emoji of one code point as one, and a composed letter as one", () => {
    expect(counterOf("😀").left).toBe(999);
    expect(counterOf("e\u0301").left).toBe(999);
  });

  it("is spoken at its steps, and when the limit is crossed back", () => {
    expect(crossesStep(201, 200)).toBe(true);
    expect(crossesStep(200, 199)).toBe(false);
    expect(crossesStep(51, 49)).toBe(true);
    expect(crossesStep(0, -1)).toBe(true);
    expect(crossesStep(-1, 0)).toBe(true);
    expect(crossesStep(500, 499)).toBe(false);
  });
});

describe("what is too much", () => {
  it("begins after the thousandth character, whatever it is made of", () => {
    const text = "e\u0301".repeat(1000) + "xy";
    expect(text.slice(excessFrom(text))).toBe("xy");
    expect(excessFrom(letters(1000))).toBe(1000);
    const emoji = "😀".repeat(1001);
    expect(emoji.slice(excessFrom(emoji))).toBe("😀");
  });
});

describe("a refusal", () => {
  it("names one thing: empty, reserved signs, too long", () => {
    expect(refusal(" \n\u200b", false)).toBe("empty");
    expect(refusal("a < b", false)).toBe("reserved");
    expect(refusal("a < b", true)).toBeUndefined();
    expect(refusal(letters(1001), false)).toBe("long");
    expect(refusal(letters(1000), false)).toBeUndefined();
    expect(refusal("‹a› «b» ＜c＞", false)).toBeUndefined();
  });
});

describe("marks in the box", () => {
  it("stand at reserved signs and at what is too much", () => {
    expect(stretches("a <<b", false, 10)).toEqual([
      { text: "a " },
      { text: "<<", mark: "reserved" },
      { text: "b" },
    ]);
    expect(stretches("abc<", false, 2)).toEqual([{ text: "ab" }, { text: "c<", mark: "over" }]);
    expect(stretches("a<b", true, 10)).toEqual([{ text: "a<b" }]);
  });

  it("leave the text as it is", () => {
    const text = "Press <Enter> 😀\n\n> end";
    expect(
      stretches(text, false, 12)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });
});

describe("the two fixes", () => {
  it("replace or remove, and nothing else", () => {
    expect(replaceReserved("if (a < b) <c>")).toBe("if (a ‹ b) ‹c›");
    expect(removeReserved("if (a < b) <c>")).toBe("if (a  b) c");
  });
});
