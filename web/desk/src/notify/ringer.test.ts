import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Ringer } from "./ringer";

const play = vi.fn();
const hush = vi.fn();
const rung = () => play.mock.calls.length;

beforeEach(() => {
  vi.useFakeTimers();
  play.mockClear();
  hush.mockClear();
});
afterEach(() => vi.useRealTimers());

it("rings three times, four seconds apart", () => {
  new Ringer(play, hush).ring("a");
  const heard = [0, 3999, 1, 4000, 60_000].map((ms) => {
    vi.advanceTimersByTime(ms);
    return rung();
  });
  expect(heard).toEqual([1, 1, 2, 3, 3]);
});

it("stops at once when the last request is over, and not before", () => {
  const ringer = new Ringer(play, hush);
  ringer.ring("a");
  ringer.ring("b");
  ringer.over("a");
  vi.advanceTimersByTime(4000);
  expect(rung()).toBe(3);
  ringer.over("b");
  vi.advanceTimersByTime(60_000);
  expect([rung(), hush.mock.calls.length]).toEqual([3, 1]);
});

it("stops in silent mode, and rings for the next request after it", () => {
  const ringer = new Ringer(play, hush);
  ringer.ring("a");
  ringer.stop();
  vi.advanceTimersByTime(60_000);
  expect(rung()).toBe(1);
  ringer.ring("b");
  expect(rung()).toBe(2);
});

it("tells of messages at most once in a second and a half", () => {
  const ringer = new Ringer(play, hush);
  expect([0, 1499, 1500, 2999, 3000].map((now) => ringer.mayTell(now))).toEqual([
    true,
    false,
    true,
    false,
    true,
  ]);
});
