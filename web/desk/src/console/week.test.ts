import { expect, test } from "vitest";
import { spans, written, wrongSpan } from "./week";

test.each([
  ["", []],
  ["09:00-17:30", ["09:00-17:30"]],
  [" 9 - 12 , 13:00–17:30 ", ["09:00-12:00", "13:00-17:30"]],
  ["٩-١٢، ١٣:٠٠-٢٤:٠٠", ["09:00-12:00", "13:00-24:00"]],
  ["nine to five", ["nine to five"]],
])("%j is %j", (text, list) => expect(spans(text)).toEqual(list));

test("what was read is written as it was", () => {
  expect(written(spans("9-12,13-17"))).toBe("09:00-12:00, 13:00-17:00");
  expect(written(undefined)).toBe("");
});

test("what is no time of a clock is found", () => {
  expect(wrongSpan(["09:00-17:00", "soon"])).toBe("soon");
  expect(wrongSpan(["25:00-26:00"])).toBe("25:00-26:00");
  expect(wrongSpan(["00:00-24:00"])).toBeUndefined();
});
