import { describe, expect, it } from "vitest";
import { boxLimit, cleanTyped, fitting } from "./clean";

describe("what is typed or pasted", () => {
  it.each([
    ["loses control characters", "a\u0000b\u0007c\u009fd", "abcd"],
    ["keeps lines and tabs", "a\tb\nc", "a\tb\nc"],
    ["loses overrides", "invoice\u202etxt.exe", "invoicetxt.exe"],
    ["loses isolates without a partner", "a\u2066b\nc\u2069d", "ab\ncd"],
    ["keeps isolates in pairs", "a \u2068سارة\u2069 b", "a \u2068سارة\u2069 b"],
    ["keeps direction marks and joiners", "\u200eه\u200d\u200c\u061c", "\u200eه\u200d\u200c\u061c"],
  ])("%s", (_, typed, kept) => {
    expect(cleanTyped(typed)).toBe(kept);
  });
});

describe("what is far too much", () => {
  it("is cut where the box is full, between characters", () => {
    expect(fitting("س".repeat(100_000))).toHaveLength(boxLimit);
    expect(fitting("س".repeat(boxLimit))).toHaveLength(boxLimit);
    expect(fitting("😀😀", 3)).toBe("😀");
    expect(fitting("x", -5)).toBe("");
  });
});
