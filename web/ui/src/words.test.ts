import { describe, expect, it } from "vitest";
import { filterChoices } from "./choices";
import { onlyEmoji } from "./DirText";
import { clockText, secondsBetween, secondsLeft, secondsUntil } from "./duration";
import { zoneFormats } from "./formats";
import { plain } from "./Phrase";

describe("a timer", () => {
  it.each([
    [0, "00:00"],
    [12.9, "00:12"],
    [271, "04:31"],
    [3599, "59:59"],
    [3765, "1:02:45"],
    [-5, "00:00"],
  ])("of %d seconds", (seconds, text) => {
    expect(clockText(seconds)).toBe(text);
  });

  it("keeps its order in other digits", () => {
    expect(clockText(72, "arab")).toBe("٠١:١٢");
  });

  it("counts whole seconds: those that have passed, and those that have begun to be left", () => {
    expect(secondsBetween("2026-11-22T09:00:00Z", Date.parse("2026-11-22T09:00:12.900Z"))).toBe(12);
    expect(secondsUntil("2026-11-22T09:00:30Z", Date.parse("2026-11-22T09:00:12.900Z"))).toBe(18);
    expect(secondsUntil("2026-11-22T09:00:30Z", Date.parse("2026-11-22T09:01:00Z"))).toBe(0);
  });

  it("never has more left than was given, though the shown second began before", () => {
    const [from, to] = ["2026-11-22T09:00:00.400Z", "2026-11-22T09:02:30.400Z"];
    expect(secondsLeft(from, to, Date.parse("2026-11-22T09:00:00.005Z"))).toBe(150);
    expect(secondsLeft(from, to, Date.parse("2026-11-22T09:00:01.005Z"))).toBe(150);
    expect(secondsLeft(from, to, Date.parse("2026-11-22T09:00:02.005Z"))).toBe(149);
  });
});

describe("a date", () => {
  const at = Date.parse("2026-11-22T09:05:00Z");
  it("is written in the organization's time zone", () => {
    expect(zoneFormats("en", "latn", "Asia/Riyadh").dateTime(at)).toBe("Sun 22 Nov, 12:05");
    expect(plain(zoneFormats("ar", "latn", "Asia/Riyadh").dateTime(at))).toBe("الأحد 22 نوفمبر، 12:05");
    expect(plain(zoneFormats("ar", "latn", "Asia/Riyadh", 12).time(at)).replace(/\s/g, " ")).toBe("12:05 م");
  });
  it("tells days apart there", () => {
    const late = Date.parse("2026-11-22T22:00:00Z");
    expect(zoneFormats("en", "latn", "Asia/Riyadh").dayKey(late)).toBe("2026-11-23");
    expect(zoneFormats("en", "latn", "UTC").dayKey(late)).toBe("2026-11-22");
  });
});

describe("a search in a list", () => {
  const choices = [
    { id: "1", name: "Billing", also: "Billing الفواتير" },
    { id: "2", name: "أحمد الزهراني" },
    { id: "3", name: "Nora Haddad" },
  ];
  const found = (query: string) => filterChoices(choices, query).map((choice) => choice.id);
  it("finds by the name in the other language", () => expect(found("فواتير")).toEqual(["1"]));
  it("does not mind hamza, case and order", () => {
    expect(found("احمد")).toEqual(["2"]);
    expect(found("haddad NORA")).toEqual(["3"]);
  });
  it("finds everything for nothing, and nothing for what is not there", () => {
    expect(found(" ")).toEqual(["1", "2", "3"]);
    expect(found("zzz")).toEqual([]);
  });
});

describe("emoji alone", () => {
  it.each(["😀", "😀👍", "👍🏽", "👨‍👩‍👧", "❤️", "🇸🇦"])("%s is large", (text) =>
    expect(onlyEmoji(text)).toBe(true),
  );
  it.each(["", "hi 😀", "123", "؟!", "😀😀😀😀😀😀😀"])("%s is not", (text) =>
    expect(onlyEmoji(text)).toBe(false),
  );
});

describe("a Hijri date", () => {
  const at = Date.parse("2026-11-22T09:05:00Z");
  const words = (lang: "ar" | "en", digits: "latn" | "arab", wanted: boolean) =>
    plain(zoneFormats(lang, digits, "Asia/Riyadh", 24, wanted).hijri(at));
  it("is there only where it is wanted, in the reader's language and digits", () => {
    expect(words("ar", "latn", false)).toBe("");
    expect(words("ar", "latn", true)).toBe("12 جمادى الآخرة 1448 هـ");
    expect(words("ar", "arab", true)).toBe("١٢ جمادى الآخرة ١٤٤٨ هـ");
    expect(words("en", "latn", true)).toMatch(/^(12 Jumada II|Jumada II 12,) 1448 AH$/);
  });
});
