// The task list: three groups of cards, each in its own order.
import type { Card, Conversation, Desk } from "../../../protocol/src/types";
import { lastMessage } from "./thread";

export interface Tasks {
  requests: Card[];
  active: Card[];
  wrapup: Card[];
}

/**
 * The cards in their groups. Requests: the one that expires first. Active: who
 * waits for an answer first, the latest to ask before the others, then the
 * rest. Wrap-up: the one that began first.
 */
export function tasksOf(
  desk: Desk,
  conversations: Readonly<Record<string, Conversation | undefined>>,
): Tasks {
  const of = (kind: string) => desk.cards.filter((card) => card.kind === kind);
  const asked = new Map(of("active").map((card) => [card.key, askedAt(conversations[card.conversation])]));
  return {
    requests: of("request").sort(
      (a, b) => compare(a.deadline ?? "", b.deadline ?? "") || (a.offer ?? 0) - (b.offer ?? 0),
    ),
    active: of("active").sort(
      (a, b) => (asked.get(b.key) ?? 0) - (asked.get(a.key) ?? 0) || (b.part ?? 0) - (a.part ?? 0),
    ),
    wrapup: of("wrapup").sort(
      (a, b) =>
        compare(a.wrapup?.started_at ?? "", b.wrapup?.started_at ?? "") || (a.part ?? 0) - (b.part ?? 0),
    ),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** When the customer wrote what is not answered yet; 0 if the last word is ours. */
function askedAt(conversation: Conversation | undefined): number {
  const last = conversation && lastMessage(conversation);
  return last?.fromCustomer ? Date.parse(last.at) : 0;
}

/** The customer wrote last, and has waited for an answer longer than they should. */
export function overdue(conversation: Conversation | undefined, now: number, replyTargetMs: number): boolean {
  const asked = conversation?.status === "open" ? askedAt(conversation) : 0;
  return asked > 0 && now - asked > replyTargetMs;
}

/**
 * An order that does not move under the pointer: while frozen, cards stay as
 * they were, new ones come behind them and gone ones leave.
 */
export function keepOrder<T extends { key: string }>(
  next: T[],
  previous: readonly string[],
  frozen: boolean,
): T[] {
  if (!frozen) return next;
  const place = new Map(previous.map((key, i) => [key, i]));
  return [...next].sort(
    (a, b) => (place.get(a.key) ?? previous.length) - (place.get(b.key) ?? previous.length),
  );
}

/** The card that stands for a conversation in the interaction pane: the agent's own part of it. */
export function cardOf(desk: Desk | undefined, conversation: string): Card | undefined {
  const own =
    desk?.cards.filter((card) => card.conversation === conversation && card.kind !== "request") ?? [];
  return own.find((card) => card.kind === "active") ?? own[0];
}

/** Whether the agent may sign out: not while a request is offered or a conversation is open (product.md §3.1). */
export function signOutBlocked(desk: Desk): "request" | "work" | undefined {
  if (desk.cards.some((card) => card.kind === "request")) return "request";
  return desk.cards.length > 0 ? "work" : undefined;
}
