import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as text from "./index";

/** The cases of a fixture that the Go tests read too. */
function cases<T>(file: string): T[] {
  const path = new URL(`../../../../api/fixtures/text/${file}`, import.meta.url);
  const { cases } = JSON.parse(readFileSync(path, "utf8")) as { cases: T[] };
  expect(cases.length, file).toBeGreaterThan(0);
  return cases;
}

interface CheckCase {
  name: string;
  text: string;
  repeat?: number;
  limit: number;
  rejectReserved: boolean;
  out?: string;
  error?: string;
  count?: number;
  max?: number;
  position?: number;
  positions?: number[];
}

function expectOutcome(c: CheckCase, got: string | text.TextProblem) {
  if (c.error) {
    const { error, count, max, position, positions } = c;
    expect(got).toEqual(JSON.parse(JSON.stringify({ error, count, max, position, positions })));
  } else if (c.out !== undefined) {
    expect(got).toBe(c.out);
  } else {
    expect([...(got as string)].length).toBe(c.count);
  }
}

describe("message", () => {
  test.each(cases<CheckCase>("message.json"))("$name", (c) => {
    expectOutcome(c, text.message(c.text.repeat(c.repeat ?? 1), c.limit, c.rejectReserved));
  });
});

describe("name", () => {
  test.each(cases<CheckCase>("name.json"))("$name", (c) => {
    expectOutcome(c, text.name(c.text.repeat(c.repeat ?? 1), c.limit));
  });
});

test.each(cases<{ text: string; out: string }>("fold.json"))("fold $text", (c) => {
  expect(text.fold(c.text)).toBe(c.out);
});

test.each(cases<{ name: string; out: string; why: string }>("initials.json"))("initials $name: $why", (c) => {
  expect(text.initials(c.name)).toBe(c.out);
});

test.each(cases<{ text: string; out: string }>("isolate.json"))("isolate $text", (c) => {
  expect(text.isolate(c.text)).toBe(c.out);
});

describe("parseTemplate", () => {
  interface TemplateCase {
    name: string;
    text: string;
    parts: [string, string][];
    faults: [string, number][];
  }
  test.each(cases<TemplateCase>("template.json"))("$name", (c) => {
    const { parts, faults } = text.parseTemplate(c.text);
    expect(parts.map((p) => [p.kind, p.value])).toEqual(c.parts);
    expect(faults.map((f) => [f.reason, f.position])).toEqual(c.faults);
  });
});

describe("directions", () => {
  test.each(cases<{ name: string; text: string; fallback: text.Dir; out: text.Dir[] }>("direction.json"))(
    "$name, fallback $fallback",
    (c) => {
      expect(text.directions(c.text, c.fallback)).toEqual(c.out);
    },
  );
});

test("every line of thousands of mixed texts runs as it does in Go", () => {
  const path = new URL("../../../../api/fixtures/text/mixed.json", import.meta.url);
  const fixture = JSON.parse(readFileSync(path, "utf8")) as {
    seed: number;
    count: number;
    pieces: string[];
    directions: string[];
  };
  let state = fixture.seed;
  const roll = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % n;
  };
  const letters = (t: string, fallback: text.Dir) =>
    text
      .directions(t, fallback)
      .map((dir) => dir[0])
      .join("");
  const wrong: string[] = [];
  for (const want of fixture.directions) {
    let made = "";
    const pieces = 1 + roll(9);
    for (let i = 0; i < pieces; i++) {
      if (i > 0) made += [" ", " ", " ", "", "\n"][roll(5)];
      made += fixture.pieces[roll(fixture.pieces.length)];
    }
    const got = letters(made, "rtl") + letters(made, "ltr");
    if (got !== want) wrong.push(`${JSON.stringify(made)}: ${got}, want ${want}`);
  }
  expect(fixture.directions.length).toBe(fixture.count);
  expect(wrong).toEqual([]);
});

describe("linkify", () => {
  test.each(cases<{ name: string; text: string; out: string[][] }>("links.json"))("$name", (c) => {
    const got = text.linkify(c.text);
    expect(got.map(({ kind, text, href }) => (href ? [kind, text, href] : [kind, text]))).toEqual(c.out);
    expect(got.map((token) => token.text).join("")).toBe(c.text);
  });

  test("a long word costs no more than a long sentence", () => {
    // With quadratic work these would take minutes, not be slow.
    const words = ["a", "a.", "1-", "+1 ", "a@", "https://x(", "A/1", ")"];
    for (const line of words.flatMap((word) =>
      ["", "https://x"].map((start) => start + word.repeat(100_000 / word.length)),
    )) {
      expect(
        text
          .linkify(line)
          .map((token) => token.text)
          .join(""),
      ).toBe(line);
    }
  });
});

test.each(cases<{ text: string }>("soup.json"))("soup $text", (want) => {
  const t = want.text;
  expect({
    text: t,
    message: text.cleanBody(text.normalizeMessage(t)),
    name: text.cleanName(t),
    fold: text.fold(t),
    directions: text.directions(t, "rtl"),
    initials: text.initials(t),
    reserved: text.reserved(t).length,
    blank: text.blank(t),
  }).toEqual(want);
});
