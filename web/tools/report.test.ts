import { describe, expect, it } from "vitest";
import { GoReport, playwrightCounts, vitestCounts } from "./report.mjs";

type Event = Record<string, unknown>;

function run(...events: (Event | string)[]) {
  const printed: string[] = [];
  const report = new GoReport((line: string) => printed.push(line));
  for (const e of events) report.line(typeof e === "string" ? e : JSON.stringify(e));
  return { counts: report.counts(), printed: printed.join("\n") };
}

const p = "hiwar/internal/chat";

describe("go test -json", () => {
  it("counts subtests instead of the test that holds them", () => {
    const { counts } = run(
      { Action: "pass", Package: p, Test: "TestA/one" },
      { Action: "pass", Package: p, Test: "TestA/two/deep" },
      { Action: "pass", Package: p, Test: "TestA/two" },
      { Action: "pass", Package: p, Test: "TestA" },
      { Action: "pass", Package: p, Test: "TestB" },
      { Action: "pass", Package: p, Elapsed: 0.1 },
    );
    expect(counts).toEqual([3, 0, 0]);
  });

  it("counts a failed subtest once and shows what it said", () => {
    const { counts, printed } = run(
      { Action: "output", Package: p, Test: "TestA/one", Output: "a_test.go:3: got 1, want 2\n" },
      { Action: "fail", Package: p, Test: "TestA/one" },
      { Action: "fail", Package: p, Test: "TestA" },
      { Action: "fail", Package: p },
    );
    expect(counts).toEqual([0, 1, 0]);
    expect(printed).toContain("got 1, want 2");
    expect(printed).toContain("FAIL hiwar/internal/chat");
  });

  it("counts a test that failed although its subtests passed", () => {
    const { counts } = run(
      { Action: "pass", Package: p, Test: "TestA/one" },
      { Action: "fail", Package: p, Test: "TestA" },
      { Action: "fail", Package: p },
    );
    expect(counts).toEqual([1, 1, 0]);
  });

  it("counts a package that does not compile and shows why", () => {
    const { counts, printed } = run(
      { ImportPath: p, Action: "build-output", Output: "chat.go:1: syntax error\n" },
      { ImportPath: p, Action: "build-fail" },
      { Action: "fail", Package: p, FailedBuild: p },
    );
    expect(counts).toEqual([0, 1, 0]);
    expect(printed).toContain("syntax error");
  });

  it("counts a crash, whose test never ends", () => {
    const { counts, printed } = run(
      { Action: "output", Package: p, Test: "TestA", Output: "panic: no\n" },
      { Action: "fail", Package: p },
    );
    expect(counts).toEqual([0, 1, 0]);
    expect(printed).toContain("panic: no");
  });

  it("takes a run without any test for a failure", () => {
    expect(run("go: cannot find main module").counts).toEqual([0, 1, 0]);
    expect(run({ Action: "skip", Package: p }).counts).toEqual([0, 1, 0]);
  });

  it("tells skipped tests apart", () => {
    const { counts } = run({ Action: "skip", Package: p, Test: "TestA" }, { Action: "pass", Package: p });
    expect(counts).toEqual([0, 0, 1]);
  });
});

it("counts a file of Vitest that could not be loaded", () => {
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "failed", assertionResults: [] },
    ],
  };
  expect(vitestCounts(report)).toEqual([4, 2, 2]);
});

it("takes a flaky browser test, and a run that broke, for failures", () => {
  expect(playwrightCounts({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } })).toEqual([
    3, 2, 0,
  ]);
  expect(
    playwrightCounts({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] }),
  ).toEqual([0, 1, 0]);
});
