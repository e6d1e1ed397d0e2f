import { describe, expect, it } from "vitest";
import { Burst, spokenSeconds } from "./reading";

describe("a countdown", () => {
  it("is spoken at half of its time and at ten seconds", () => {
    expect(spokenSeconds(30_000)).toEqual([15, 10]);
    expect(spokenSeconds(120_000)).toEqual([60, 10]);
  });
  it("is not spoken twice in a breath", () => {
    expect(spokenSeconds(20_000)).toEqual([10]);
  });
});

describe("ten messages in two seconds", () => {
  it("are three read in full and seven counted", () => {
    const burst = new Burst();
    const read = Array.from({ length: 10 }, (_, i) => burst.take(1000 + i * 200));
    expect(read.filter(Boolean)).toHaveLength(3);
    expect(burst.flush()).toBe(7);
  });

  it("do not silence the next one", () => {
    const burst = new Burst();
    for (let i = 0; i < 5; i++) burst.take(1000);
    burst.flush();
    expect(burst.take(1100)).toBe(true);
  });

  it("are read in full when they come slowly", () => {
    const burst = new Burst();
    expect([0, 2500, 5000, 7500, 10_000].map((t) => burst.take(t))).toEqual([true, true, true, true, true]);
  });
});
