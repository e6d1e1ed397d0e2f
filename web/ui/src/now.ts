// One clock for everything that counts on the page. It ticks once a second,
// on the server's second, and only while something is listening.
import { useSyncExternalStore } from "react";
import { after } from "./ticker";

let offset = 0;
let fixed: number | undefined;
let shown = 0;
let stop: (() => void) | undefined;
const listeners = new Set<() => void>();

/** The server's time in milliseconds, as well as this browser knows it. */
export function serverNow(): number {
  return fixed ?? Date.now() + offset;
}

/** Sets how far the server's clock is ahead of the browser's. */
export function setClockOffset(ms: number): void {
  if (Math.abs(ms - offset) < 50) return;
  offset = ms;
  tick();
}

/** Holds the clock still; for stories and tests. */
export function freezeClock(at: number | undefined): void {
  fixed = at;
  tick();
}

function tick(): void {
  shown = serverNow();
  for (const listener of listeners) listener();
  schedule();
}

function schedule(): void {
  stop?.();
  stop = undefined;
  if (listeners.size === 0 || fixed !== undefined) return;
  stop = after(1000 - (serverNow() % 1000) + 5, tick);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (stop === undefined) {
    shown = serverNow();
    schedule();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stop?.();
      stop = undefined;
    }
  };
}

function read(): number {
  if (shown === 0 || listeners.size === 0) shown = serverNow();
  return shown;
}

/** The server's time, renewed once a second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}
