import { describe, expect, it } from "vitest";
import { reduce } from "../../../protocol/src/reduce";
import type { DeskState } from "../live/state";
import {
  active,
  agent,
  conversation,
  khalid,
  layla,
  request,
  sara,
  state,
  thread,
  wrapping,
} from "../stories/cast";
import { happened } from "./happened";

const threads = { [sara.id]: thread(conversation(sara)), [khalid.id]: thread(conversation(khalid)) };
const kinds = (was: DeskState, is: DeskState) => happened(was, is).map((what) => what.kind);
const before = state([active(sara, 11)], threads);

/** The same desk after an entry was added to Sara's conversation. */
function withEntry(from: DeskState, entry: object): DeskState {
  const view = from.threads[sara.id]?.conversation;
  if (!view) throw new Error("Sara's thread is not there");
  const seq = Math.max(...view.entries.map((e) => e.seq)) + 1;
  const next = reduce(view, {
    topic: "",
    seq,
    at: "",
    kind: "message",
    data: { seq, at: "2026-11-22T09:07:12Z", kind: "message", ...entry },
  } as never);
  return { ...from, threads: { ...from.threads, [sara.id]: thread(next) } };
}

describe("what happened", () => {
  it("a request came, with the last that was written", () => {
    const found = happened(before, state([active(sara, 11), request(khalid)], threads));
    expect(found).toMatchObject([
      { kind: "request", customer: khalid.name, queue: khalid.queue.name, text: "Is anybody there?" },
    ]);
  });

  it("a request went: answered, missed, withdrawn", () => {
    const card = request(khalid);
    const was = state([card], threads);
    const after = (how: string): DeskState => ({
      ...state([], threads),
      departed: [{ card, how: how as never }],
    });
    expect(kinds(was, state([], threads))).toEqual(["request_over"]);
    expect(kinds(was, after("missed"))).toEqual(["request_over", "missed"]);
    expect(happened(was, after("withdrawn"))).toMatchObject([{ kind: "request_over", how: "withdrawn" }]);
    expect(happened(was, after("accepted"))).toMatchObject([{ kind: "request_over", how: "accepted" }]);
  });

  it("others wrote; what I wrote is nothing new", () => {
    const [customer, me] = [1, 2];
    expect(happened(before, withEntry(before, { by: customer, text: "hello" }))).toMatchObject([
      { kind: "message", conversation: sara.id, text: "hello" },
    ]);
    expect(kinds(before, withEntry(before, { by: me, text: "hello" }))).toEqual([]);
  });

  it("a colleague came in, also while I wrap up", () => {
    const view = conversation(sara);
    const joined = {
      ...view,
      participants: [
        ...view.participants,
        { number: 9, role: "agent" as const, ...layla, present: true, delivered: 0, seen: 0 },
      ],
      entries: [...view.entries, { seq: 99, at: "", kind: "joined" as const, by: 9 }],
    };
    for (const card of [active(sara, 11), wrapping(sara, 11)]) {
      const was = state([card], threads);
      expect(happened(was, { ...was, threads: { ...threads, [sara.id]: thread(joined) } })).toMatchObject([
        { kind: "accepted", agent: layla.name },
      ]);
    }
  });

  it("the asset was deleted", () => {
    expect(kinds(before, state([active(sara, 11, { status: "interrupted" })], threads))).toEqual([
      "interrupted",
    ]);
    const already = state([active(sara, 11, { status: "interrupted" })], threads);
    expect(kinds(already, state([active(sara, 11, { status: "interrupted" })], threads))).toEqual([]);
  });

  it("nothing, when the desk is only just there or only the agent's state changed", () => {
    const { desk: _, ...opening } = before;
    expect(kinds(opening as DeskState, state([request(khalid)], threads))).toEqual([]);
    expect(
      kinds(before, {
        ...before,
        desk: { agent: agent({ presence: "idle" }), cards: before.desk?.cards ?? [] },
      }),
    ).toEqual([]);
  });
});
