import { describe, expect, it } from "vitest";
import {
  counterOf,
  crossesStep,
  excessFrom,
  look,
  mend,
  removeReserved,
  replaceReserved,
  stretches,
} from "./counter";
import { openFields } from "./fields";

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

  it("is spoken at its steps, in both directions, and at the limit", () => {
    expect(crossesStep(201, 200)).toBe(true);
    expect(crossesStep(200, 199)).toBe(false);
    expect(crossesStep(51, 49)).toBe(true);
    expect(crossesStep(0, -1)).toBe(true);
    expect(crossesStep(-1, 0)).toBe(true);
    expect(crossesStep(500, 499)).toBe(false);
    expect(crossesStep(200, 201)).toBe(true);
    expect(crossesStep(99, 101)).toBe(true);
    expect(crossesStep(5, 1000)).toBe(true);
    expect(crossesStep(6, 9)).toBe(false);
    expect(crossesStep(-1, -30)).toBe(false);
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

const fields = (text: string) => openFields(text, new Set(["order"]));
const refusal = (text: string, allowReserved = false) => look(text, fields(text), { allowReserved }).refused;

describe("a refusal", () => {
  it("names one thing: empty, reserved signs, an open field, too long", () => {
    expect(refusal(" \n\u200b")).toBe("empty");
    expect(refusal("a < b")).toBe("reserved");
    expect(refusal("a < b", true)).toBeUndefined();
    expect(refusal("<order>")).toBe("field");
    expect(refusal("<order>", true)).toBe("field");
    expect(refusal("<order> <")).toBe("reserved");
    expect(refusal(letters(1001))).toBe("long");
    expect(refusal(letters(1000))).toBeUndefined();
    expect(refusal("‹a› «b» ＜c＞")).toBeUndefined();
  });

  it("of a thousand characters counts what is left when the fields are filled", () => {
    const text = `${letters(990)} <order>`;
    expect(look(text, fields(text), { allowReserved: false }).counter.left).toBe(9);
    expect(look(`${letters(990)} 1200-AB/77`, [], { allowReserved: false }).refused).toBe("long");
  });

  it("of a hundred thousand characters is found at once", () => {
    const text = "كلمة ".repeat(20_000);
    const seen = look(text, fields(text), { allowReserved: false });
    expect(seen.counter.left).toBe(1000 - 100_000);
    expect(seen.stretches.map((part) => [part.text.length, part.mark])).toEqual([
      [1000, undefined],
      [99_000, "over"],
    ]);
  });
});

describe("marks in the box", () => {
  it("stand at reserved signs and at what is too much", () => {
    expect(stretches("a <<b", [], false, 10)).toEqual([
      { text: "a " },
      { text: "<<", mark: "reserved" },
      { text: "b" },
    ]);
    expect(stretches("abc<", [], false, 2)).toEqual([{ text: "ab" }, { text: "c<", mark: "over" }]);
    expect(stretches("a<b", [], true, 10)).toEqual([{ text: "a<b" }]);
  });

  it("stand at fields, and at reserved signs beside them", () => {
    const text = "a <order> < b";
    expect(stretches(text, fields(text), false)).toEqual([
      { text: "a " },
      { text: "<order>", mark: "field" },
      { text: " " },
      { text: "<", mark: "reserved" },
      { text: " b" },
    ]);
  });

  it("leave the text as it is", () => {
    const text = "Press <Enter> 😀\n\n> end";
    expect(
      stretches(text, [], false, 12)
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

  it("leave the fields of a template alone", () => {
    const text = "a < <order> > b";
    expect(mend(text, fields(text), replaceReserved)).toBe("a ‹ <order> › b");
    expect(mend(text, fields(text), removeReserved)).toBe("a  <order>  b");
  });
});
