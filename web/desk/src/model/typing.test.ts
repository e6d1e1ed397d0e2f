import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { everyMs, quietMs, TypingSignal } from "./typing";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function signal(): [TypingSignal, boolean[]] {
  const told: boolean[] = [];
  return [new TypingSignal((on) => told.push(on)), told];
}

it("tells no more often than needed while keys go on", () => {
  const [typing, told] = signal();
  for (let t = 0; t < everyMs; t += 100) {
    typing.start();
    vi.advanceTimersByTime(100);
  }
  expect(told).toEqual([true]);
  typing.start();
  expect(told).toEqual([true, true]);
});

it("tells that it stopped when it is quiet, once", () => {
  const [typing, told] = signal();
  typing.start();
  vi.advanceTimersByTime(quietMs);
  typing.stop();
  expect(told).toEqual([true, false]);
});

it("says nothing at all if nothing was typed", () => {
  const [typing, told] = signal();
  typing.stop();
  expect(told).toEqual([]);
});
