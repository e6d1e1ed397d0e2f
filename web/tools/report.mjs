// Counts what a test runner did, for ./dev test:
//
//	go test -json ./... | node report.mjs go RAW COUNTS
//	node report.mjs vitest REPORT COUNTS
//	node report.mjs playwright REPORT COUNTS
//
// COUNTS receives one line, "passed failed skipped". For Go it also makes the
// stream readable: one line a package, the whole output of what failed, and
// the raw events in RAW. It leaves with 1 if anything failed.
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

/** Collects the events of "go test -json". */
export class GoReport {
  constructor(print = console.log) {
    this.print = print;
    this.output = new Map(); // package or package+test → lines
    this.ends = new Map(); // package+test → pass, fail or skip
    this.failedPackages = new Map(); // package → whether a failed test explains it
    this.packages = 0;
  }

  /** Takes one line of the stream; what is not an event is go's own voice. */
  line(text) {
    let event;
    try {
      event = JSON.parse(text);
    } catch {
      this.print(text);
      return;
    }
    const { Action, Package = event.ImportPath, Test, Output, Elapsed } = event;
    const key = Test ? `${Package} ${Test}` : Package;
    if (Action === "output" || Action === "build-output") {
      if (!this.output.has(key)) this.output.set(key, []);
      this.output.get(key).push(Output);
    } else if (Action === "build-fail") {
      this.show(key);
    } else if (["pass", "fail", "skip"].includes(Action)) {
      if (Test) this.testEnded(key, Action);
      else this.packageEnded(Package, Action, Elapsed);
    }
  }

  testEnded(key, action) {
    this.ends.set(key, action);
    if (action === "fail") this.show(key);
    this.output.delete(key);
  }

  packageEnded(name, action, elapsed) {
    if (action === "skip") return; // no test files
    this.packages++;
    if (action === "fail") {
      const explained = [...this.ends].some(([key, end]) => end === "fail" && key.startsWith(name + " "));
      this.failedPackages.set(name, explained);
      this.show(name);
      // A crash leaves tests without an end; what they said is the clue.
      for (const key of this.output.keys()) if (key.startsWith(name + " ")) this.show(key);
    }
    this.print(`${action === "fail" ? "FAIL" : "ok  "} ${name} ${(elapsed ?? 0).toFixed(1)} s`);
  }

  show(key) {
    for (const line of this.output.get(key) ?? []) {
      if (!/^=== (RUN|PAUSE|CONT|NAME) /.test(line)) this.print(line.replace(/\n$/, ""));
    }
  }

  /** A test with subtests is counted by them, unless it failed by itself. */
  counts() {
    const keys = [...this.ends.keys()];
    const parents = new Set();
    for (const key of keys) {
      for (let cut = key.lastIndexOf("/"); cut > key.indexOf(" "); cut = key.lastIndexOf("/", cut - 1)) {
        parents.add(key.slice(0, cut));
      }
    }
    const n = { pass: 0, fail: 0, skip: 0 };
    for (const [key, end] of this.ends) {
      const alone = !parents.has(key);
      const byItself =
        end === "fail" && !keys.some((k) => k.startsWith(key + "/") && this.ends.get(k) === "fail");
      if (alone || byItself) n[end]++;
    }
    for (const explained of this.failedPackages.values()) if (!explained) n.fail++;
    if (this.packages === 0 && n.fail === 0) n.fail = 1; // nothing ran: that is no success
    return [n.pass, n.fail, n.skip];
  }
}

/** A file that could not even be loaded has no tests and must still count. */
export function vitestCounts(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((a) => a.status === "failed"),
  ).length;
  return [
    report.numPassedTests,
    report.numFailedTests + brokenFiles,
    report.numPendingTests + (report.numTodoTests ?? 0),
  ];
}

/** A test that passed at the second try has failed: we keep no flaky tests. */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const broken = unexpected === 0 && report.errors?.length ? 1 : 0;
  return [expected, unexpected + flaky + broken, skipped];
}

async function main([kind, file, counts]) {
  let n;
  if (kind === "go") {
    const raw = createWriteStream(file);
    const report = new GoReport();
    for await (const line of createInterface({ input: process.stdin })) {
      raw.write(line + "\n");
      report.line(line);
    }
    raw.end();
    n = report.counts();
  } else {
    const count = { vitest: vitestCounts, playwright: playwrightCounts }[kind];
    n = count(JSON.parse(readFileSync(file, "utf8")));
  }
  writeFileSync(counts, n.join(" ") + "\n");
  process.exitCode = n[1] > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));
