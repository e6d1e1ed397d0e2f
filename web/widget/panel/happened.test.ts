import { expect, test } from "vitest";
import type { Entry } from "../../protocol/src";
import { happened } from "./happened";

const entry = (more: Partial<Entry>): Entry => ({
  seq: 7,
  at: "2026-11-22T09:00:00Z",
  kind: "message",
  ...more,
});

test.each([
  [{ by: 2, text: "Your card ends in 1234" }, [["message", { seq: 7 }]]],
  [{ kind: "joined", by: 2 }, [["status", { status: "open" }]]],
  [{ kind: "status", status: "interrupted" }, [["status", { status: "interrupted" }]]],
  [
    { kind: "status", status: "closed", cause: "agent" },
    [
      ["status", { status: "closed" }],
      ["ended", { cause: "agent" }],
    ],
  ],
  [{ kind: "line", line: "requeued" }, []],
  [{ kind: "proven", by: 1 }, []],
] as const)("of %j the page hears %j", (more, told) => {
  expect(happened(entry(more))).toEqual(told);
});
