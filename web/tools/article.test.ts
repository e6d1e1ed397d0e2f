import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { complaints, numbered, table } from "./article.mjs";

const chapters = [{ chapter: "One", ar: "واحد", sentences: { S1: "It rings.", S2: "It shows < and >." } }];

/** A run in which each title ended so in English and in Arabic. */
const run = (...tests: [title: string, en: string, ar: string][]) => ({
  suites: [
    {
      specs: [],
      suites: [
        {
          specs: tests.flatMap(([title, en, ar]) => [
            { title, tests: [{ projectName: "en", status: en }] },
            { title, tests: [{ projectName: "ar", status: ar }] },
          ]),
        },
      ],
    },
  ],
});

const good = run(
  ["S1 rings", "expected", "expected"],
  ["a story without a number", "unexpected", "expected"],
  ["S2 shows a|b", "expected", "expected"],
  ["S2 and again", "expected", "expected"],
);

describe("the table of the article", () => {
  it("names every sentence with its tests, whatever else was run", () => {
    const tests = numbered(good);
    expect(complaints(chapters, tests)).toEqual([]);
    expect(table(chapters, tests).split("\n").slice(-6)).toEqual([
      "| # | Sentence | Test | en | ar |",
      "|---|---|---|---|---|",
      "| S1 | It rings. | rings | passed | passed |",
      "| S2 | It shows \\< and \\>. | shows a\\|b | passed | passed |",
      "| | | and again | passed | passed |",
      "",
    ]);
  });

  it("misses a sentence without a test, and a test without a sentence", () => {
    const tests = numbered(run(["S1 rings", "expected", "expected"], ["S9 sings", "expected", "expected"]));
    expect(complaints(chapters, tests)).toEqual(["S2 has no test", "S9 is no sentence"]);
  });

  it("takes a failed, flaky, skipped or forgotten test for none", () => {
    const tests = numbered(
      run(
        ["S1 rings", "unexpected", "flaky"],
        ["S2 shows", "skipped", "expected"],
        ["S2 more", "expected", "expected"],
      ),
    );
    delete tests[2]?.ends.ar;
    expect(complaints(chapters, tests)).toEqual([
      "S1 rings: failed (en)",
      "S1 rings: failed (ar)",
      "S2 shows: skipped (en)",
      "S2 more: not run (ar)",
    ]);
  });

  it("is committed, with every number and nothing that did not pass", () => {
    const committed = readFileSync(new URL("../../docs/article.md", import.meta.url), "utf8");
    const real = JSON.parse(
      readFileSync(new URL("../../test/e2e/article/sentences.json", import.meta.url), "utf8"),
    ) as { sentences: Record<string, string> }[];
    const numbers = real.flatMap((chapter) => Object.keys(chapter.sentences));
    expect(numbers).toEqual(Array.from({ length: 59 }, (_, i) => `S${i + 1}`));
    for (const number of numbers) expect(committed).toContain(`| ${number} | `);
    expect(committed).not.toMatch(/failed|skipped|not run \|/);
  });
});
