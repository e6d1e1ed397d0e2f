import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as ar from "../../../locales/gen/ar";
import * as en from "../../../locales/gen/en";
import type { Participant } from "../../../protocol/src/types";
import { plain } from "../../../ui/src/Phrase";
import { linesOfEntry, lineOfStaffEntry, sentenceOf } from "./lines";

const people = new Map<number, Participant>([
  [1, { number: 1, role: "customer", name: "Sara", present: true, delivered: 0, seen: 0 }],
  [2, { number: 2, role: "agent", name: "Omar", user: "usr_omar", present: true, delivered: 0, seen: 0 }],
]);
const base = { seq: 1, at: "2026-11-22T09:00:00Z" };

describe("system lines", () => {
  it("have a sentence for every line of the server, in both languages", () => {
    const source = readFileSync(
      fileURLToPath(new URL("../../../../internal/chat/chat.go", import.meta.url)),
      "utf8",
    );
    const lines = [...source.matchAll(/^\s+Line\w+\s+(?:Line\s+)?=\s+"(\w+)"/gm)].map(
      (match) => match[1] ?? "",
    );
    expect(lines.length).toBeGreaterThan(10);
    for (const what of lines) {
      expect(sentenceOf({ what, params: {} }, en, "en"), what).toMatch(/\S/);
      expect(sentenceOf({ what, params: {} }, ar, "ar"), what).toMatch(/[\u0600-\u06ff]/);
    }
  });

  it("say nothing for a line of a newer server", () => {
    expect(sentenceOf({ what: "from_the_future", params: {} }, en, "en")).toBeUndefined();
  });

  it("name who joined and who left", () => {
    const [joined] = linesOfEntry({ ...base, kind: "joined", by: 2 }, people);
    expect(joined && plain(sentenceOf(joined, en, "en") ?? "")).toBe("Omar joined the chat");
    const [left] = linesOfEntry({ ...base, kind: "left", by: 2 }, people);
    expect(left && plain(sentenceOf(left, ar, "ar") ?? "")).toBe("تمت مغادرة Omar للدردشة");
    const [removed] = linesOfEntry({ ...base, kind: "left", by: 2, cause: "removed" }, people);
    expect(removed && plain(sentenceOf(removed, en, "en") ?? "")).toBe("Omar was removed from the chat");
  });

  it("tell a customer who left from an end", () => {
    const closed = (cause: string) =>
      linesOfEntry({ ...base, kind: "status", status: "closed", cause }, people)[0]?.what;
    expect(closed("customer")).toBe("customer_left");
    expect(closed("agent")).toBe("ended");
  });

  it("name a queue in the language of the reader", () => {
    const line = { what: "transferred", params: { queue_en: "Billing", queue_ar: "الفواتير" } };
    expect(plain(sentenceOf(line, en, "en") ?? "")).toBe("The conversation was transferred to Billing");
    expect(plain(sentenceOf(line, ar, "ar") ?? "")).toBe("نُقلت المحادثة إلى الفواتير");
  });

  it("say once that an asset was deleted, and which", () => {
    const status = linesOfEntry({ ...base, kind: "status", status: "interrupted" }, people);
    const params = { asset_en: "Store site", asset_ar: "موقع المتجر" };
    const staff = lineOfStaffEntry({ ...base, after: 0, kind: "staff_line", line: "asset_deleted", params });
    const said = [...status, staff].map((l) => l && plain(sentenceOf(l, en, "en") ?? ""));
    expect(said).toEqual(['Asset "Store site" was deleted']);
  });
});
