import { describe, expect, it } from "vitest";
import type { Card, Conversation, Desk } from "../../../protocol/src/types";
import {
  active,
  agent,
  conversation,
  khalid,
  mona,
  now,
  request,
  sara,
  wrapping,
  yusuf,
} from "../stories/cast";
import { cardOf, keepOrder, overdue, signOutBlocked, tasksOf } from "./tasks";

const desk = (...cards: Card[]): Desk => ({ agent: agent(), cards });
const names = (cards: Card[]) => cards.map((card) => card.customer.name);

describe("the task list", () => {
  it("puts first the request that expires first", () => {
    const list = desk(
      request(mona, { deadline: "2026-11-22T09:07:40Z" }),
      request(sara, { deadline: "2026-11-22T09:07:20Z" }),
    );
    expect(names(tasksOf(list, {}).requests)).toEqual([sara.name, mona.name]);
  });

  it("puts first who asked last and has no answer, then the rest, newest first", () => {
    const answered = { ...khalid, id: "conv_a", name: "answered", texts: mona.texts };
    const list = desk(active(mona, 1), active(answered, 2), active(khalid, 3), active(sara, 4));
    const conversations: Record<string, Conversation> = {
      [mona.id]: conversation(mona),
      conv_a: conversation(answered),
      [khalid.id]: conversation(khalid), // last word the customer's, 10 s ago
      [sara.id]: conversation(sara), // the customer's, 20 s ago
    };
    expect(names(tasksOf(list, conversations).active)).toEqual([
      khalid.name,
      sara.name,
      "answered",
      mona.name,
    ]);
  });

  it("puts first the wrap-up that began first", () => {
    const at = (started_at: string) => ({
      wrapup: { started_at, required: true, reasons: [], cause: "agent" },
    });
    const list = desk(
      wrapping(sara, 1, at("2026-11-22T09:05:00Z")),
      wrapping(yusuf, 2, at("2026-11-22T09:04:00Z")),
    );
    expect(names(tasksOf(list, {}).wrapup)).toEqual([yusuf.name, sara.name]);
  });
});

describe("an order that is held", () => {
  const cards = (...keys: string[]) => keys.map((key) => ({ key }));
  it("stays, lets new ones in behind and gone ones out", () => {
    expect(keepOrder(cards("c", "n", "a"), ["a", "b", "c"], true)).toEqual(cards("a", "c", "n"));
  });
  it("follows at once when it is let go", () => {
    expect(keepOrder(cards("c", "a"), ["a", "c"], false)).toEqual(cards("c", "a"));
  });
});

describe("the card of a conversation", () => {
  it("is the agent's own part, never a request", () => {
    expect(cardOf(desk(request(sara)), sara.id)).toBeUndefined();
    expect(cardOf(desk(wrapping(sara, 1), active(sara, 2)), sara.id)?.part).toBe(2);
  });
});

describe("signing out", () => {
  it("waits for requests, then for open conversations and wrap-ups", () => {
    expect(signOutBlocked(desk(request(sara), active(mona, 1)))).toBe("request");
    expect(signOutBlocked(desk(wrapping(mona, 1)))).toBe("work");
    expect(signOutBlocked(desk())).toBeUndefined();
  });
});

describe("an answer that is overdue", () => {
  const asked = conversation({ ...sara, texts: [["customer", "Hello?", 60]] }, { status: "open" });
  const at = Date.parse(asked.entries[0]?.at ?? "");

  it("is owed from the moment the customer wrote, and late only after the target", () => {
    expect(overdue(asked, at + 60_000, 60_000)).toBe(false);
    expect(overdue(asked, at + 60_001, 60_000)).toBe(true);
  });

  it("is not owed to whoever was answered, or whose conversation is over", () => {
    const late = now + 600_000;
    const answered = conversation({
      ...sara,
      texts: [
        ["customer", "Hello?", 60],
        ["omar", "Hello", 50],
      ],
    });
    expect(overdue(answered, late, 60_000)).toBe(false);
    expect(overdue({ ...asked, status: "closed" }, late, 60_000)).toBe(false);
    expect(overdue(undefined, late, 60_000)).toBe(false);
  });
});
