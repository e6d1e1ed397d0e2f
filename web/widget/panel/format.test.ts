import { expect, test } from "vitest";
import { left } from "./format";

const until = "2026-11-22T09:02:00.000Z";
test.each([
  ["2026-11-22T09:00:00.000Z", "2:00"],
  ["2026-11-22T09:00:18.000Z", "1:42"],
  ["2026-11-22T09:01:59.001Z", "0:01"],
  ["2026-11-22T09:02:00.000Z", "0:00"],
  ["2026-11-22T09:05:00.000Z", "0:00"],
])("at %s there is %s left", (now, want) => {
  expect(left(until, Date.parse(now))).toBe(want);
});
