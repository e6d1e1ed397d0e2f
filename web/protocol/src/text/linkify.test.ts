import { expect, test } from "vitest";

import { linkify } from "./linkify";

/** Pieces that links are made of, and that should end or break one. */
const pieces = [
  "https://", "http://", "www.", "HTTP://", "javascript:", "data:", "//", "a@b.example", "x@", "@", "مثال.example", "example.org", "[::1]", ":8080", "/path", "?q=", "#a", "%00", "%",
  "+966", "٥٥", "123-45-67", "12345678901234567", "(0)", "AB-12", "A/1", "_", "-", "report.pdf", ".exe", ".", "..", "سلام", " ", "\t", '"', "'", "<", ">", "«", "\u200B", "\u202E", "\u2066",
  "\u2069", "\u061C", "\u0301", "\uD83D\uDE00", "\uD83D", "\uDE00", "\\", "(", ")", "]", ",", "!", "a".repeat(70),
]; // prettier-ignore

/** The same numbers in every run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("whatever is written, nothing is lost and no link leads anywhere but to the web, a mailbox or a phone", () => {
  const draw = chance(20261122);
  const met = new Set<string>();
  for (let n = 0; n < 20_000; n++) {
    const line = Array.from({ length: 1 + draw(12) }, () => pieces[draw(pieces.length)]).join("");
    const tokens = linkify(line);
    expect(tokens.map((t) => t.text).join("")).toBe(line);
    for (const { kind, text, href } of tokens) {
      met.add(kind);
      expect(text, line).not.toBe("");
      if (kind === "text" || kind === "code") expect(href, line).toBeUndefined();
      if (href === undefined) continue;
      expect(href, line).toMatch(/^(https?:\/\/|mailto:|tel:\+[0-9]{7,15}$)/i);
      expect(href, line).not.toMatch(/[\s<>"\u200B-\u200F\u061C\u202A-\u202E\u2066-\u2069]/u);
    }
  }
  expect([...met].sort()).toEqual(["code", "email", "phone", "text", "url"]);
});
