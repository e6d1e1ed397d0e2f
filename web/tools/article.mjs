// The table of docs/article.md: each sentence of the help article the desk was
// built from, the browser tests that prove it, and what became of them.
//
//	node article.mjs SENTENCES REPORT TABLE FRESH
//
// SENTENCES are the numbered sentences, REPORT is what the run of the browser
// tests wrote. The table is written to FRESH, and compared with the committed
// TABLE. It leaves with 1 if a number has no test, if a test was not passed in
// both languages, or if the committed table says something else.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const languages = ["en", "ar"];

/** Every numbered test of a run, in the order of the files: number, title, and its end in each language. */
export function numbered(report) {
  const found = new Map();
  const walk = (suite) => {
    for (const spec of suite.specs ?? []) {
      const number = /^(S\d+) /.exec(spec.title)?.[1];
      if (!number) continue;
      const ends = found.get(spec.title) ?? { number, title: spec.title.slice(number.length + 1), ends: {} };
      // A test that passed at the second try is reported as flaky, and has failed.
      for (const t of spec.tests) {
        ends.ends[t.projectName] =
          t.status === "expected" ? "passed" : t.status === "skipped" ? "skipped" : "failed";
      }
      found.set(spec.title, ends);
    }
    for (const inner of suite.suites ?? []) walk(inner);
  };
  report.suites.forEach(walk);
  return [...found.values()];
}

/** What keeps the table from being a proof, as sentences; none if nothing does. */
export function complaints(chapters, tests) {
  const known = chapters.flatMap((chapter) => Object.keys(chapter.sentences));
  const proved = new Set(tests.map((t) => t.number));
  return [
    ...known.filter((number) => !proved.has(number)).map((number) => `${number} has no test`),
    ...[...proved].filter((number) => !known.includes(number)).map((number) => `${number} is no sentence`),
    ...tests.flatMap(({ number, title, ends }) =>
      languages
        .filter((lang) => ends[lang] !== "passed")
        .map((lang) => `${number} ${title}: ${ends[lang] ?? "not run"} (${lang})`),
    ),
  ];
}

/** The table as Markdown. The same tests always give the same table. */
export function table(chapters, tests) {
  const lines = [
    "# The article, sentence by sentence",
    "",
    "Each sentence is a promise with at least one test in Chromium against the real binary, in English and in Arabic. The table is made by",
    "`./dev test e2e`, which fails if a number has no test, a test has not passed, or this file says something else.",
  ];
  for (const { chapter, ar, sentences } of chapters) {
    lines.push("", `## ${chapter} · ${ar}`, "", "| # | Sentence | Test | en | ar |", "|---|---|---|---|---|");
    for (const [number, sentence] of Object.entries(sentences)) {
      tests
        .filter((t) => t.number === number)
        .forEach(({ title, ends }, i) => {
          const said = i === 0 ? `| ${number} | ${cell(sentence)} ` : "| | ";
          lines.push(
            `${said}| ${cell(title)} | ${languages.map((lang) => ends[lang] ?? "not run").join(" | ")} |`,
          );
        });
    }
  }
  return lines.join("\n") + "\n";
}

/** Text in a cell of a Markdown table, none of it read as markup. */
const cell = (text) => text.replace(/[\\<>|`*_]/g, "\\$&");

function main([sentences, report, committed, fresh]) {
  const chapters = JSON.parse(readFileSync(sentences, "utf8"));
  const tests = numbered(JSON.parse(readFileSync(report, "utf8")));
  const made = table(chapters, tests);
  writeFileSync(fresh, made);
  const wrong = complaints(chapters, tests);
  const kept = read(committed);
  if (wrong.length === 0 && kept !== made) wrong.push(`${committed} is stale: copy ${fresh} over it`);
  for (const sentence of wrong) console.error(sentence);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
