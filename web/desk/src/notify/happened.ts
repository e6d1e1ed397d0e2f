// What happened between two states of the desk that an agent should hear of,
// also one who looks elsewhere. Pure.
import { inShort } from "../../../protocol/src/filename";
import type { DeskState } from "../live/state";
import type { Card, Conversation, Name, Participant } from "../../../protocol/src/types";
import { headOf, lastMessage } from "../model/thread";

interface Of<Kind extends string> {
  kind: Kind;
  conversation: string;
  /** The customer's name, as it was given. */
  customer: string;
}

export type Happening =
  | (Of<"request"> & { key: string; queue: Name; text: string })
  | (Of<"request_over"> & { key: string; how: "accepted" | "missed" | "withdrawn" })
  | (Of<"message"> & { text: string })
  | (Of<"missed"> & { key: string })
  | (Of<"accepted"> & { agent: string })
  | (Of<"interrupted"> & { asset?: Name | undefined });

export type Kind = Happening["kind"];

export function happened(was: DeskState, is: DeskState): Happening[] {
  if (!was.desk || !is.desk) return [];
  const found: Happening[] = [];
  const before = new Map(was.desk.cards.map((card) => [card.key, card]));
  const now = new Map(is.desk.cards.map((card) => [card.key, card]));
  for (const card of now.values()) {
    const old = before.get(card.key);
    if (card.kind === "request" && !old) {
      const text = lastText(is.threads[card.conversation]?.conversation);
      found.push({ ...of(card), kind: "request", key: card.key, queue: card.queue.name, text });
    }
    if (card.status === "interrupted" && old && old.status !== "interrupted")
      found.push({ ...of(card), kind: "interrupted", asset: card.asset?.name });
  }
  for (const card of before.values()) {
    if (card.kind !== "request" || now.has(card.key)) continue;
    const gone = is.departed.find((departed) => departed.card.key === card.key);
    const how =
      gone?.how === "missed" ? "missed" : gone && gone.how !== "accepted" ? "withdrawn" : "accepted";
    found.push({ ...of(card), kind: "request_over", key: card.key, how });
    if (how === "missed") found.push({ ...of(card), kind: "missed", key: card.key });
  }
  for (const card of now.values()) {
    const then = was.threads[card.conversation]?.conversation;
    const view = is.threads[card.conversation]?.conversation;
    if (!then || !view || then === view || card.kind === "request") continue;
    found.push(...said(card, then, view, is.me.user));
  }
  return found;
}

const of = (card: Card) => ({ conversation: card.conversation, customer: card.customer.name });

/** What others wrote, and colleagues who came in, since then. */
function said(card: Card, then: Conversation, view: Conversation, me: string): Happening[] {
  const head = headOf(then);
  const who = new Map(view.participants.map((person) => [person.number, person]));
  return view.entries
    .filter((entry) => entry.seq > head)
    .flatMap((entry): Happening[] => {
      const by = who.get(entry.by ?? 0);
      if (entry.kind === "message" && card.kind === "active" && by && by.user !== me)
        return [{ ...of(card), kind: "message", text: inShort(entry) }];
      if (entry.kind === "joined" && by && isColleague(by, me))
        return [{ ...of(card), kind: "accepted", agent: by.name ?? "" }];
      return [];
    });
}

const isColleague = (person: Participant, me: string) => person.role !== "customer" && person.user !== me;

const lastText = (view: Conversation | undefined) => inShort((view && lastMessage(view)) ?? {});
