import { describe, expect, test } from "vitest";
import { after, before, further, isStep, steps } from "./steps";

describe("the steps of the first run", () => {
  test("follow one another to the end", () => {
    expect(steps.map(after)).toEqual(["you", "organization", "queue", "team", "install", "try", ""]);
  });

  test("an account is not made a second time by going back", () => {
    expect(steps.map(before)).toEqual([
      undefined,
      "language",
      undefined,
      "organization",
      "queue",
      "team",
      "install",
    ]);
  });

  test("going back and saving again takes nothing back", () => {
    expect(further("install", "team")).toBe("install");
    expect(further("team", "install")).toBe("install");
    expect(further("", "install")).toBe("");
  });

  test("what the server says is a step or nothing", () => {
    expect(isStep("queue")).toBe(true);
    expect(isStep("")).toBe(false);
    expect(isStep(undefined)).toBe(false);
  });
});
