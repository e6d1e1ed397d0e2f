// How a snapshot becomes the next one, event by event: what the server's
// package view does in Apply, held to the same cases (api/fixtures/view). Pure:
// what goes in stays as it is, and what did not change is the same object.
import type {
  Card,
  Conversation,
  ConversationEvent,
  Desk,
  DeskEvent,
  Entry,
  Participant,
  StaffEvent,
  StaffThread,
} from "./types";

/** Brings a conversation forward by one event of conv/{id}. */
export function reduce(v: Conversation, event: ConversationEvent): Conversation {
  switch (event.kind) {
    case "message":
    case "line":
      return { ...v, entries: [...v.entries, event.data] };
    case "status":
      return withStatus({ ...v, entries: [...v.entries, event.data] }, event.data);
    case "proven":
      return withProof({ ...v, entries: [...v.entries, event.data] }, event.data);
    case "joined":
    case "left":
    case "owner": {
      const { entry, participant } = event.data;
      const next = { ...v, entries: [...v.entries, entry] };
      if (participant) next.participants = withParticipant(v.participants, participant);
      if (entry.kind === "joined" && v.status === "waiting") next.status = "open";
      return next;
    }
    case "receipt": {
      const { by, delivered, seen } = event.data;
      return {
        ...v,
        participants: v.participants.map((p) => (p.number === by ? { ...p, delivered, seen } : p)),
      };
    }
    default:
      return v; // of a newer server: not ours to show
  }
}

/** Staff see whose it is. */
function withProof(v: Conversation, entry: Entry): Conversation {
  if (!v.customer) return v;
  return { ...v, customer: { ...v.customer, id: entry.params?.customer ?? v.customer.id, verified: true } };
}

/** When a conversation closes, nobody is in it any more. */
function withStatus(v: Conversation, entry: Entry): Conversation {
  const status = entry.status ?? v.status;
  if (status !== "closed") return { ...v, status };
  const next: Conversation = {
    ...v,
    status,
    closed_at: entry.at,
    participants: v.participants.map((p) => disown({ ...p, present: false })),
  };
  if (entry.cause) next.cause = entry.cause;
  return next;
}

function disown(p: Participant): Participant {
  if (!p.owner) return p;
  const { owner: _, ...rest } = p;
  return rest;
}

/** Adds or replaces by number. There is one owner. */
function withParticipant(all: Participant[], p: Participant): Participant[] {
  const others = all.filter((q) => q.number !== p.number).map((q) => (p.owner ? disown(q) : q));
  return [...others, p].sort((a, b) => a.number - b.number);
}

/** Brings a staff thread forward by one event of conv/{id}/staff. */
export function reduceStaff(v: StaffThread, event: StaffEvent): StaffThread {
  if (event.kind !== "note" && event.kind !== "staff_line") return v;
  return { ...v, entries: [...v.entries, event.data] };
}

/** Brings a desk forward by one event of agent/{user}. */
export function reduceDesk(v: Desk, event: DeskEvent): Desk {
  const others = (key: string) => v.cards.filter((c) => c.key !== key);
  switch (event.kind) {
    case "agent":
      return { ...v, agent: event.data };
    case "card":
      return { ...v, cards: [...others(event.data.key), event.data].sort(compareCards) };
    case "card_gone":
      return { ...v, cards: others(event.data.key) };
    default:
      return v;
  }
}

/** Requests by deadline, then parts by ordinal. */
function compareCards(a: Card, b: Card): number {
  return (
    Math.min(a.part ?? 0, 1) - Math.min(b.part ?? 0, 1) ||
    deadline(a) - deadline(b) ||
    (a.offer ?? 0) - (b.offer ?? 0) ||
    (a.part ?? 0) - (b.part ?? 0)
  );
}

const deadline = (c: Card): number => (c.offer && c.deadline ? Date.parse(c.deadline) : 0);
