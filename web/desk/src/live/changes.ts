// Changes of what the desk knows, as functions of it alone.
import type { Desk, Entry, Typing } from "../../../protocol/src/types";
import type { DeskState, ThreadState } from "./state";

/** A typing signal is believed for so long. */
const typingMs = 8000;

/** Who is writing, after one more signal. */
export function typing(now: ThreadState["typing"], { by, name, on }: Typing): ThreadState["typing"] {
  const others = now.filter((typist) => typist.by !== by);
  return on ? [...others, { by, name, until: Date.now() + typingMs }] : others;
}

/** The thread with a page of older entries before those it has. */
export function withOlder(thread: ThreadState, entries: Entry[], more: boolean): ThreadState {
  const { conversation } = thread;
  if (!conversation) return thread;
  const first = conversation.entries[0]?.seq ?? Infinity;
  const before = entries.filter((entry) => entry.seq < first);
  return {
    ...thread,
    conversation: { ...conversation, entries: [...before, ...conversation.entries], more },
  };
}

/** What is being ended and has not become a wrap-up, or gone. */
export function stillEnding(ending: DeskState["ending"], desk: Desk): DeskState["ending"] {
  const active = new Set(desk.cards.filter((card) => card.kind === "active").map((card) => card.key));
  return Object.entries(ending).reduce(
    (left, [id, card]) => (card && active.has(card.key) ? left : without(left, id)),
    ending,
  );
}

/** The record but for that key; itself where it has none. */
export function without<T extends Readonly<Record<string | number, unknown>>>(record: T, key: keyof T): T {
  if (!(key in record)) return record;
  const { [key]: _, ...rest } = record;
  return rest as T;
}
