// What happened, newest first, for whoever looks later: the notification centre
// reads it. It is of this tab and this session; nothing is kept.
import { createStore } from "../live/store";

export interface Entry {
  id: number;
  at: number;
  text: string;
  tone: "bad" | "good" | "plain";
  /** Where it leads. */
  conversation?: string | undefined;
}

export interface Log {
  entries: readonly Entry[];
  /** The last that was seen. */
  seen: number;
}

const most = 50;

export function createLog() {
  const store = createStore<Log>({ entries: [], seen: 0 });
  let last = 0;
  return {
    get: store.get,
    subscribe: store.subscribe,
    add(entry: Omit<Entry, "id">): void {
      const next = { ...entry, id: ++last };
      store.set((log) => ({ ...log, entries: [next, ...log.entries].slice(0, most) }));
    },
    /** All that is there has been seen. */
    markSeen(): void {
      store.set((log) => (log.seen === last ? log : { ...log, seen: last }));
    },
    clear(): void {
      store.set(() => ({ entries: [], seen: last }));
    },
  };
}

export const unseen = (log: Log): number => log.entries.filter((entry) => entry.id > log.seen).length;

export const log = createLog();
