import { describe, expect, it } from "vitest";
import type { Conversation, Entry } from "../../../protocol/src/types";
import {
  earlier,
  firstDrawn,
  fitted,
  hasEarlier,
  later,
  mostDrawn,
  rangeAtBeginning,
  rangeAtEnd,
  step,
  within,
  type Range,
} from "./threadRange";

/** Every third number is missing, as receipts leave holes; senders change every so many messages. */
const talk = (n: number, turns = 5): Entry[] =>
  Array.from({ length: n }, (_, i) => ({
    seq: Math.floor((i * 3) / 2) + 1,
    at: new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString(),
    kind: "message",
    by: 1 + (Math.floor(i / turns) % 2),
    text: `m${i}`,
  }));
const view = (entries: Entry[], more = false) =>
  ({ id: "c", entries, participants: [], more }) as never as Conversation;
const places = (entries: Entry[], range: Range): [number, number] => {
  const drawn = within(view(entries), range).entries;
  return [entries.indexOf(drawn[0] as Entry), entries.indexOf(drawn.at(-1) as Entry) + 1];
};

describe("what is drawn of a thread", () => {
  const thread = talk(1000);

  it("is its end when it is opened, and all of a short one", () => {
    const [from, to] = places(thread, rangeAtEnd(thread));
    expect(to).toBe(1000);
    expect(to - from).toBeGreaterThanOrEqual(firstDrawn);
    expect(to - from).toBeLessThan(firstDrawn + step);
    const short = view(talk(20));
    expect(within(short, rangeAtEnd(short.entries))).toBe(short);
    expect(rangeAtEnd([])).toEqual({ from: 0, to: Infinity });
  });

  it("begins above what was not seen, unless that is too much", () => {
    const unread = thread[900]?.seq;
    expect(places(thread, rangeAtEnd(thread, unread))[0]).toBe(880);
    expect(places(thread, rangeAtEnd(thread, thread[100]?.seq))[0]).toBe(1000 - mostDrawn);
  });

  it("is all of it in the end, whichever way one goes, and never too much at once", () => {
    const seen = new Set<number>();
    let range = rangeAtEnd(thread);
    for (;;) {
      const [from, to] = places(thread, range);
      for (let i = from; i < to; i++) seen.add(i);
      expect(to - from).toBeLessThanOrEqual(mostDrawn + step);
      const next = earlier(thread, range);
      if (next === range) break;
      // One step and not more: with every frame some.
      expect(from - places(thread, next)[0]).toBeLessThanOrEqual(step + 5);
      range = next;
    }
    expect(seen.size).toBe(1000);
    expect(hasEarlier(thread, range)).toBe(false);
    expect(range.to).toBeLessThan(Infinity);
    for (let next = later(thread, range); next !== range; next = later(thread, range)) {
      range = next;
      const [from, to] = places(thread, range);
      for (let i = from; i < to; i++) seen.delete(i);
      expect(to - from).toBeLessThanOrEqual(mostDrawn + step);
    }
    expect(range.to).toBe(Infinity);
    const [first] = places(thread, rangeAtBeginning(thread));
    expect(first).toBe(0);
  });

  it("begins and ends between groups, so that none is drawn anew when more is drawn", () => {
    for (let range = rangeAtEnd(thread), i = 0; i < 20; i++, range = earlier(thread, range)) {
      const [from, to] = places(thread, range);
      expect(from % 5).toBe(0);
      expect(to % 5).toBe(0);
    }
  });

  it("moves on through a group without an end", () => {
    const flood = talk(2000, 5000);
    let range = rangeAtEnd(flood);
    let steps = 0;
    while (hasEarlier(flood, range) && steps < 2000) {
      range = earlier(flood, range);
      steps++;
    }
    expect(hasEarlier(flood, range)).toBe(false);
    while (range.to !== Infinity && steps < 4000) {
      range = later(flood, range);
      steps++;
    }
    expect(range.to).toBe(Infinity);
  });

  it("follows what comes, and lets the beginning go where one stands at the end", () => {
    let range = rangeAtEnd(talk(10));
    const grown = talk(600);
    range = fitted(grown, range, true);
    const [from, to] = places(grown, range);
    expect([to, to - from]).toEqual([600, mostDrawn]);
    expect(fitted(grown, range, true)).toBe(range);
  });

  it("leaves what is being read further up where it is", () => {
    const first = rangeAtEnd(talk(10));
    const grown = talk(600);
    const range = fitted(grown, first, false);
    expect(places(grown, range)).toEqual([0, mostDrawn]);
    expect(fitted(grown, range, false)).toBe(range);
  });

  it("begins again at the end when nothing of it is left", () => {
    const old = rangeAtBeginning(thread);
    const fresh = thread.slice(950);
    expect(fitted(fresh, old, true)).toEqual(rangeAtEnd(fresh));
  });

  it("holds back what is fetched before the first that is known, also where a thread now begins later", () => {
    const range = fitted(thread.slice(100, 300), { from: 1, to: Infinity }, false);
    const grown = thread.slice(50, 300);
    expect(places(grown, fitted(grown, range, false))).toEqual([50, 250]);
  });

  it("says that there is more where some is held back", () => {
    expect(within(view(thread), rangeAtEnd(thread)).more).toBe(true);
    expect(within(view(thread), rangeAtBeginning(thread)).more).toBe(false);
    expect(within(view(thread, true), rangeAtBeginning(thread)).more).toBe(true);
  });
});
