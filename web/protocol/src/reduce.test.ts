import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { reduce, reduceDesk, reduceStaff } from "./reduce";
import type { AnyEvent, Conversation, ConversationEvent, Desk } from "./types";

interface Case<V> {
  name: string;
  before: V;
  events: AnyEvent[];
  after: V;
}

/** Whoever changes what they were given is found out. */
function freeze<T>(v: T): T {
  if (v && typeof v === "object") Object.values(Object.freeze(v)).forEach(freeze);
  return v;
}

// The cases are written by the server's tests from what its machines do.
const cases = <V>(of: string): Case<V>[] =>
  freeze(
    JSON.parse(
      readFileSync(new URL(`../../../api/fixtures/view/${of}.json`, import.meta.url), "utf8"),
    ) as Case<V>[],
  );

function replays<V>(of: string, step: (v: V, e: never) => V): void {
  describe(of, () => {
    const all = cases<V>(of);
    it("has cases", () => expect(all.length).toBeGreaterThan(5));
    it.each(all.map((c) => [c.name, c] as const))("%s", (_, c) => {
      expect(c.events.reduce((v, e) => step(v, e as never), c.before)).toEqual(c.after);
    });
  });
}

replays("conversation", reduce);
replays("staff", reduceStaff);
replays("desk", reduceDesk);

describe("what a newer server may say", () => {
  it("is left alone", () => {
    const novel = { topic: "conv/1", seq: 9, at: "2026-11-22T09:00:00Z", kind: "novel", data: {} };
    const conversation = freeze(cases<Conversation>("conversation")[0]?.before) as Conversation;
    const desk = freeze(cases<Desk>("desk")[0]?.before) as Desk;
    expect(reduce(conversation, novel as unknown as ConversationEvent)).toBe(conversation);
    expect(reduceDesk(desk, novel as never)).toBe(desk);
  });
});

describe("the order of a desk", () => {
  const card = (key: string, more: object) => ({
    topic: "t",
    seq: 1,
    at: "",
    kind: "card",
    data: { key, ...more },
  });
  const order = (...events: object[]) =>
    events
      .reduce((v: Desk, e) => reduceDesk(v, e as never), { cards: [] } as unknown as Desk)
      .cards.map((c) => c.key);

  it("is requests by deadline, then parts by ordinal, whenever they came", () => {
    const late = card("offer/1", { offer: 1, deadline: "2026-11-22T09:00:30Z" });
    const soon = card("offer/2", { offer: 2, deadline: "2026-11-22T09:00:09.5Z" });
    const tie = card("offer/3", { offer: 3, deadline: "2026-11-22T09:00:30.0004Z" });
    const parts = [card("part/10", { part: 10 }), card("part/9", { part: 9 })];
    const sorted = ["offer/2", "offer/1", "offer/3", "part/9", "part/10"];
    expect(order(late, ...parts, soon, tie)).toEqual(sorted);
    expect(order(tie, soon, ...parts.reverse(), late)).toEqual(sorted);
  });
});
