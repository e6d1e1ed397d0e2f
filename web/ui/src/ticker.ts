// One source of time for what must not be late. Browsers slow the timers of a
// hidden tab down to one a minute; those of a worker keep their pace, and a
// message from it wakes the page.

interface Waiting {
  call(): void;
  dueAt: number;
}

const waiting = new Map<number, Waiting>();
const own = new Map<number, ReturnType<typeof setTimeout>>();
let last = 0;
let worker: Worker | undefined;
let useless = typeof Worker === "undefined";

/** Calls back once after so many milliseconds, also in a hidden tab; the returned function stops that. */
export function after(ms: number, call: () => void): () => void {
  const id = ++last;
  waiting.set(id, { call, dueAt: Date.now() + ms });
  arm(id, ms);
  return () => {
    if (!waiting.delete(id)) return;
    clearTimeout(own.get(id));
    own.delete(id);
    worker?.postMessage({ id });
  };
}

/** Calls back again and again; the returned function stops that. */
export function every(ms: number, call: () => void): () => void {
  let stop = after(ms, again);
  function again() {
    stop = after(ms, again);
    call();
  }
  return () => stop();
}

function arm(id: number, ms: number): void {
  const to = start();
  if (to) to.postMessage({ id, ms });
  else
    own.set(
      id,
      setTimeout(() => due(id), ms),
    );
}

function due(id: number): void {
  own.delete(id);
  const found = waiting.get(id);
  waiting.delete(id);
  found?.call();
}

function start(): Worker | undefined {
  if (worker || useless) return worker;
  try {
    worker = new Worker(new URL("./ticker.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = (event: MessageEvent<number>) => due(event.data);
    worker.onerror = giveUp;
  } catch {
    useless = true;
  }
  return worker;
}

/** Without a worker the page's own timers have to do; what was waiting still comes. */
function giveUp(): void {
  worker?.terminate();
  worker = undefined;
  useless = true;
  for (const [id, { dueAt }] of waiting) arm(id, Math.max(0, dueAt - Date.now()));
}
