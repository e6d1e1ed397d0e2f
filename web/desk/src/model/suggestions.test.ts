import { describe, expect, it } from "vitest";
import { triggerAt } from "./suggestions";

const at = (text: string) => triggerAt(text.replace("|", ""), text.indexOf("|"));

describe("a list opens", () => {
  it.each([
    ["/|", "templates", 0, ""],
    ["/ord|er", "templates", 0, "ord"],
    ["Hello\n/ر|", "templates", 6, "ر"],
    ["@@|", "variables", 0, ""],
    ["Dear @@cus|", "variables", 5, "cus"],
    ["/order @@q|", "variables", 7, "q"],
  ])("in %j", (text, of, from, query) => {
    expect(at(text)).toEqual({ of, from, query });
  });
});

describe("no list opens", () => {
  it.each(["|", "|/", "a/|", " /|", "//|", "@|", "a@b|", "@@Q|", "/x\n|", `/${"x".repeat(40)}|`])(
    "in %j",
    (text) => {
      expect(at(text)).toBeUndefined();
    },
  );
});
