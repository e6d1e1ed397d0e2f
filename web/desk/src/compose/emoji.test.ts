import { describe, expect, it } from "vitest";
import * as ar from "../../../locales/gen/ar";
import * as en from "../../../locales/gen/en";
import type { Messages } from "../../../locales";
import { allEmoji, columns, findEmoji, stepTo } from "./emoji";

const [english, arabic] = [en as Messages, ar as unknown as Messages];

describe("emoji", () => {
  it("are the same in both languages, each once and with a name", () => {
    const all = allEmoji(english, undefined);
    expect(allEmoji(arabic, undefined).map((e) => e.char)).toEqual(all.map((e) => e.char));
    expect(new Set(all.map((e) => e.char)).size).toBe(all.length);
    for (const { char, name } of [...all, ...allEmoji(arabic, undefined)]) {
      expect(char).toMatch(/^\p{Extended_Pictographic}\ufe0f?$/u);
      expect(name).not.toBe("");
    }
  });

  it.each([
    ["thumbs up", "👍"],
    ["إبهام لأعلى", "👍"],
    ["ابهام لاعلي", "👍"], // as people type it
    ["PARCEL", "📦"],
    ["شكر", "🙏"],
  ])("%s is found in either language", (query, char) => {
    for (const [t, other] of [
      [english, arabic],
      [arabic, english],
    ] as const)
      expect(findEmoji(allEmoji(t, other), query).map((e) => e.char)).toContain(char);
    expect(findEmoji(allEmoji(english, undefined), `${query} zzz`)).toEqual([]);
  });

  it("are gone through as they look, and no further", () => {
    expect(stepTo("ArrowRight", 0, 20, "ltr")).toBe(1);
    expect(stepTo("ArrowLeft", 0, 20, "rtl")).toBe(1);
    expect(stepTo("ArrowLeft", 0, 20, "ltr")).toBe(0);
    expect(stepTo("ArrowDown", 3, 20, "rtl")).toBe(3 + columns);
    expect(stepTo("ArrowDown", 15, 20, "ltr")).toBe(15);
    expect(stepTo("ArrowUp", 3, 20, "ltr")).toBe(3);
    expect(stepTo("Home", 3, 20, "ltr")).toBeUndefined();
  });
});
