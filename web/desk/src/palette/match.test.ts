import { describe, expect, it } from "vitest";
import { queryWords, score, wordsOf } from "./match";

const billing = wordsOf("Transfer to Billing", "التحويل إلى الفواتير تحويل move");
const fits = (query: string, words = billing) => score(queryWords(query), words) > 0;

describe("a query", () => {
  it("finds by every word, in either language, in any order", () => {
    for (const query of [
      "transfer billing",
      "billing trans",
      "تحويل الفواتير",
      "فواتير تحويل",
      "transfer فواتير",
      "MOVE",
    ])
      expect(fits(query), query).toBe(true);
    for (const query of ["transfer sales", "xyz", "تحويل المبيعات"]) expect(fits(query), query).toBe(false);
  });

  it("does not mind hamza, ta marbuta, tashkeel, digits and hyphens", () => {
    const words = wordsOf("إنهاء المكالمة الجماعيّة ٣", "Wrap-up");
    for (const query of ["انهاء", "المكالمه", "الجماعية", "3", "wrap up", "up wrap"])
      expect(fits(query, words), query).toBe(true);
  });

  it("prefers what begins so to what only contains it, and the name to what else it is called", () => {
    const value = (query: string, name: string, also = "") => score(queryWords(query), wordsOf(name, also));
    expect(value("end", "End")).toBeGreaterThan(value("end", "Ending"));
    expect(value("end", "Ending")).toBeGreaterThan(value("end", "Send"));
    expect(value("end", "End")).toBeGreaterThan(value("end", "Finish", "end"));
    expect(value("end", "End")).toBeGreaterThan(value("end", "End of the day"));
  });

  it("finds nothing with nothing", () => {
    expect(score(queryWords("  "), billing)).toBe(0);
  });
});
