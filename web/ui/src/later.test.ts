import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fetchSoon, persistently } from "./later";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("is fetched until it is there", async () => {
  let tries = 0;
  const load = () => (++tries < 3 ? Promise.reject(new Error("gone")) : Promise.resolve("here"));
  const got = persistently(load, 1000);
  await vi.advanceTimersByTimeAsync(1999);
  expect(tries).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(await got).toBe("here");
});

it("is fetched in a quiet moment, and a failure then is nobody's business", async () => {
  const load = vi.fn(() => Promise.reject(new Error("gone")));
  fetchSoon(load);
  await vi.advanceTimersByTimeAsync(1000);
  expect(load).toHaveBeenCalledOnce();
  const stop = fetchSoon(load);
  stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(load).toHaveBeenCalledOnce();
});
