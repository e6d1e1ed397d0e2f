// The thread as it is drawn: messages in groups, days, system lines, notes and
// what is still on its way, made from what the server sent. Pure, so that
// grouping and marks can be tested without a page.
import type { OutFile } from "../../../protocol/src/outbox";
import type { Attachment, Conversation, Entry, Participant, StaffThread } from "../../../protocol/src/types";
import { linesOfEntry, lineOfStaffEntry, type Line } from "./lines";

/** How far an agent's message has come. Waiting: kept until the connection is back. */
export type Mark = "waiting" | "sending" | "sent" | "delivered" | "seen" | "failed";

/** A message of ours that the server has not confirmed yet. */
export interface Outgoing {
  clientId: string;
  text: string;
  at: number;
  mark: "waiting" | "sending" | "failed";
  /** For colleagues only. */
  note?: true;
  attachments?: readonly Shown[];
  /** Why it failed: an error code and its parameters. */
  problem?: { code: string; params?: Record<string, unknown> };
}

/** A file of a message: one that the server has, or one on its way with how much of it is sent, from 0 to 1. */
export type Shown = Omit<Attachment, "id"> & Partial<Pick<OutFile, "id" | "key">> & { sent?: number };

export interface Bubble {
  key: string;
  seq?: number;
  clientId?: string;
  text: string;
  attachments?: readonly Shown[];
  at: number;
  mark?: Mark;
  /** Shown when it says something the next message's mark does not. */
  showMark: boolean;
  problem?: Outgoing["problem"];
}

export interface Author {
  role: "customer" | "agent";
  number: number;
  name: string;
  mine: boolean;
}

/** What colleagues tell each other beside the conversation. */
export interface NoteText {
  name: string;
  mine: boolean;
  handover: boolean;
  wrapUp?: boolean;
  text: string;
  /** While the server does not have it. */
  unsent?: Pick<Outgoing, "clientId" | "mark" | "problem">;
}

export type Item =
  | { kind: "day"; key: string; at: number }
  | { kind: "unread"; key: string }
  | { kind: "group"; key: string; author: Author; bubbles: Bubble[]; at: number }
  | { kind: "line"; key: string; at: number; line: Line }
  | ({ kind: "note"; key: string; at: number } & NoteText);

export type MessageGroup = Extract<Item, { kind: "group" }>;

/** Whether two groups say and show the same. */
export function sameGroup(a: MessageGroup, b: MessageGroup): boolean {
  return (
    sameAuthor(a.author, b.author) &&
    a.author.name === b.author.name &&
    a.bubbles.length === b.bubbles.length &&
    a.bubbles.every((x, i) => sameBubble(x, b.bubbles[i]))
  );
}

export function sameBubble(a: Bubble, b: Bubble | undefined): boolean {
  return (
    b !== undefined &&
    a.key === b.key &&
    a.text === b.text &&
    a.at === b.at &&
    a.mark === b.mark &&
    a.showMark === b.showMark &&
    a.problem?.code === b.problem?.code &&
    sameFiles(a.attachments, b.attachments)
  );
}

function sameFiles(a: readonly Shown[] = [], b: readonly Shown[] = []): boolean {
  return a.length === b.length && a.every((x, i) => x.id === b[i]?.id && x.sent === b[i]?.sent);
}

export interface ThreadInput {
  conversation: Conversation;
  staff?: StaffThread | undefined;
  outgoing?: readonly Outgoing[];
  me: string;
  myName: string;
  /** The number of the first message that had not been seen when the thread was opened. */
  unreadFrom?: number | undefined;
  /** What follows is held back. */
  cut?: boolean;
  dayKey(at: number): string;
}

/** Consecutive messages of one sender within a minute of each other stand together. */
export const groupGapMs = 60_000;

type Piece =
  | { kind: "message"; at: number; order: number; author: Author; bubble: Bubble }
  | { kind: "line"; at: number; order: number; key: string; line: Line }
  | ({ kind: "note"; at: number; order: number; key: string } & NoteText);

/** The items of a thread, in order. */
export function threadItems(input: ThreadInput): Item[] {
  const items: Item[] = [];
  let day = "";
  let unread = input.unreadFrom;
  for (const piece of pieces(input)) {
    const key = input.dayKey(piece.at);
    if (key !== day) {
      day = key;
      items.push({ kind: "day", key: `day-${key}`, at: piece.at });
    }
    if (piece.kind !== "message") {
      items.push(piece);
      continue;
    }
    const seq = piece.bubble.seq;
    if (unread !== undefined && seq !== undefined && seq >= unread && !piece.author.mine) {
      unread = undefined;
      // Where everything is new there is nothing to tell it from.
      if (items.some((item) => item.kind === "group")) items.push({ kind: "unread", key: "unread" });
    }
    addToGroup(items, piece.author, piece.bubble);
  }
  for (const item of items) if (item.kind === "group") showMarks(item.bubbles);
  return items;
}

function addToGroup(items: Item[], author: Author, bubble: Bubble): void {
  const last = items.at(-1);
  if (last?.kind === "group" && sameAuthor(last.author, author)) {
    const before = last.bubbles.at(-1);
    if (before && bubble.at - before.at <= groupGapMs) {
      last.bubbles.push(bubble);
      return;
    }
  }
  items.push({ kind: "group", key: `group-${bubble.key}`, author, bubbles: [bubble], at: bubble.at });
}

const sameAuthor = (a: Author, b: Author) => a.role === b.role && a.number === b.number && a.mine === b.mine;

/** The last mark of a group speaks for those before it that say the same. */
function showMarks(bubbles: Bubble[]): void {
  bubbles.forEach((bubble, i) => {
    bubble.showMark = bubble.mark !== undefined && bubble.mark !== bubbles[i + 1]?.mark;
  });
}

/** Everything of both topics in one order: a staff entry stands behind the public number it was written after. */
function pieces({ conversation, staff, outgoing = [], me, myName, cut }: ThreadInput): Piece[] {
  const people = new Map(conversation.participants.map((p) => [p.number, p]));
  const out: Piece[] = [];
  const known = new Set<string>();
  for (const entry of conversation.entries) {
    if (entry.client_id) known.add(entry.client_id);
    if (entry.kind === "message") out.push(messagePiece(entry, people, me));
    else
      for (const line of linesOfEntry(entry, people))
        out.push({
          kind: "line",
          key: `line-${entry.seq}`,
          at: Date.parse(entry.at),
          order: entry.seq,
          line,
        });
  }
  const first = conversation.entries[0]?.seq ?? 1;
  const last = cut ? headOf(conversation) : Infinity;
  for (const entry of staff?.entries ?? []) {
    // What belongs to older pages comes with them.
    if (conversation.more && entry.after < first - 1) continue;
    if (entry.after > last) continue;
    if (entry.client_id) known.add(entry.client_id);
    const base = {
      key: entry.client_id ?? `staff-${entry.seq}`,
      at: Date.parse(entry.at),
      order: entry.after + 0.5,
    };
    if (entry.kind === "note") {
      const own = {
        name: entry.name ?? "",
        mine: entry.user === me,
        handover: entry.handover ?? false,
        ...(entry.wrapup ? { wrapUp: true } : {}),
        text: entry.text ?? "",
      };
      out.push({ kind: "note", ...base, ...own });
    } else {
      const line = lineOfStaffEntry(entry);
      if (line) out.push({ kind: "line", ...base, line });
    }
  }
  out.sort((a, b) => a.order - b.order);
  if (cut) return out;
  const mine = myNumber(conversation, me) ?? 0;
  for (const message of outgoing) {
    if (known.has(message.clientId)) continue;
    const { clientId, text, at, mark, problem, attachments } = message;
    if (message.note) {
      const unsent = { clientId, mark, ...(problem ? { problem } : {}) };
      const own = { name: myName, mine: true, handover: false, text, unsent };
      out.push({ kind: "note", key: clientId, at, order: Infinity, ...own });
      continue;
    }
    const bubble: Bubble = {
      key: clientId,
      clientId,
      text,
      at,
      mark,
      showMark: true,
      ...(attachments ? { attachments } : {}),
      ...(problem ? { problem } : {}),
    };
    const author: Author = { role: "agent", number: mine, name: myName, mine: true };
    out.push({ kind: "message", at, order: Infinity, author, bubble });
  }
  return out;
}

function messagePiece(entry: Entry, people: Map<number, Participant>, me: string): Piece {
  const sender = people.get(entry.by ?? 0);
  const role = sender?.role ?? "agent";
  const mine = sender?.user !== undefined && sender.user === me;
  const at = Date.parse(entry.at);
  const bubble: Bubble = {
    // The key of a message of ours stays the same when it is confirmed, so
    // that its bubble is not drawn anew.
    key: mine && entry.client_id ? entry.client_id : `m${entry.seq}`,
    seq: entry.seq,
    text: entry.text ?? "",
    ...(entry.attachments ? { attachments: entry.attachments } : {}),
    at,
    showMark: true,
    ...(entry.client_id ? { clientId: entry.client_id } : {}),
    ...(role === "agent" ? { mark: markOf(entry.seq, people) } : {}),
  };
  const author: Author = { role, number: sender?.number ?? 0, name: sender?.name ?? "", mine };
  return { kind: "message", at, order: entry.seq, author, bubble };
}

/** How far the customer has come with a stored message. */
function markOf(seq: number, people: Map<number, Participant>): Mark {
  for (const person of people.values()) {
    if (person.role !== "customer") continue;
    if (person.seen >= seq) return "seen";
    if (person.delivered >= seq) return "delivered";
  }
  return "sent";
}

function myNumber(conversation: Conversation, me: string): number | undefined {
  return conversation.participants.find((p) => p.user === me)?.number;
}

/** The number of the last entry there is. */
export function headOf(conversation: Conversation): number {
  return conversation.entries.at(-1)?.seq ?? 0;
}

/** The first message of others that this person has not seen, and how many there are. */
export function unreadOf(
  conversation: Conversation,
  me: string,
): { from: number | undefined; count: number } {
  const self = conversation.participants.find((p) => p.user === me);
  const seen = self?.seen ?? 0;
  const fresh = conversation.entries.filter(
    (e) => e.kind === "message" && e.seq > seen && e.by !== self?.number,
  );
  return { from: fresh[0]?.seq, count: fresh.length };
}

/** The last message, whoever wrote it. */
export function lastMessage(conversation: Conversation): (Entry & { fromCustomer: boolean }) | undefined {
  const entry = conversation.entries.findLast((e) => e.kind === "message");
  if (!entry) return undefined;
  const sender = conversation.participants.find((p) => p.number === entry.by);
  return { ...entry, fromCustomer: sender?.role === "customer" };
}
