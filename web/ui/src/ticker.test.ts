import { afterEach, beforeEach, expect, it, vi } from "vitest";

/** A worker that answers when the test says so, or breaks. */
class FakeWorker {
  static latest: FakeWorker;
  onmessage: ((event: { data: number }) => void) | undefined;
  onerror: (() => void) | undefined;
  asked: { id: number; ms?: number }[] = [];
  constructor() {
    FakeWorker.latest = this;
  }
  postMessage = (message: { id: number; ms?: number }) => void this.asked.push(message);
  terminate = vi.fn();
}

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("is told by the worker, not by the page's own timers, which sleep in a hidden tab", async () => {
  vi.stubGlobal("Worker", FakeWorker);
  const { after, every } = await import("./ticker");
  const [once, often, never] = [vi.fn(), vi.fn(), vi.fn()];
  after(100, once);
  every(200, often);
  after(300, never)();
  vi.advanceTimersByTime(10_000);
  expect(once).not.toHaveBeenCalled();
  const worker = FakeWorker.latest;
  const answer = (ms: number) => {
    const found = worker.asked.findLast((message) => message.ms === ms);
    worker.onmessage?.({ data: found?.id ?? 0 });
  };
  answer(100);
  answer(100);
  answer(200);
  answer(200);
  answer(300);
  expect([once, often, never].map((f) => f.mock.calls.length)).toEqual([1, 2, 0]);
});

it("goes on with the page's own timers where the worker breaks, or there is none", async () => {
  vi.stubGlobal("Worker", FakeWorker);
  const { after, every } = await import("./ticker");
  const [once, often] = [vi.fn(), vi.fn()];
  after(100, once);
  FakeWorker.latest.onerror?.();
  const stop = every(200, often);
  vi.advanceTimersByTime(650);
  stop();
  vi.advanceTimersByTime(1000);
  expect([once.mock.calls.length, often.mock.calls.length]).toEqual([1, 3]);
});
