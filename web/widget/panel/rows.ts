import type { Attachment, Conversation, Entry, OutFile } from "../../protocol/src";
import {
  threadLeft,
  wAgentBack,
  wAgentAway,
  wDropped,
  wJoined,
  wMessageAsked,
  wMessageLeft,
  wRequeued,
  wToQueue,
  wTransferred,
} from "../../locales/gen/messages";
import type { Lang } from "../../locales/runtime";
import type { Pending } from "./model";

/** One row of the thread. */
export type Row =
  { kind: "day"; key: string; at: string } | { kind: "line"; key: string; text: string } | Bubble;

/** A message. A run is what one person wrote within five minutes. */
export interface Bubble {
  kind: "bubble";
  key: string;
  mine: boolean;
  name: string;
  text: string;
  files: Shown[];
  at: string;
  first: boolean;
  last: boolean;
  mark: Mark | undefined;
  pending: Pending | undefined;
}

/** A file of a message: one that the server has, or one on its way with how much of it is sent. */
export type Shown = Omit<Attachment, "id"> & Partial<Pick<OutFile, "key" | "id">> & { sent?: number };

export type Mark = "queued" | "sending" | "sent" | "delivered" | "seen" | "failed";

/** The customer is participant 1 of every conversation. */
export const me = 1;

const runFor = 5 * 60_000;

/** The thread as the customer reads it, with what has not arrived yet at its end. */
export function rows(chat: Conversation, pending: readonly Pending[], lang: Lang): Row[] {
  const out: Row[] = [];
  const name = (by: number) => chat.participants.find((p) => p.number === by)?.name ?? "";
  const arrived = new Set<string>();
  for (const e of chat.entries) {
    if (e.by === me && e.client_id) arrived.add(e.client_id);
    day(out, e.at);
    if (e.kind === "message") {
      const by = e.by ?? 0;
      push(out, {
        key: `e${e.seq}`,
        mine: by === me,
        name: name(by),
        text: e.text ?? "",
        files: e.attachments ?? [],
        at: e.at,
      });
    } else {
      const text = lineText(e, name, lang);
      if (text) out.push({ kind: "line", key: `e${e.seq}`, text });
    }
  }
  markLast(out, chat);
  for (const p of pending) {
    if (arrived.has(p.clientId)) continue;
    day(out, p.at);
    push(
      out,
      { key: `p${p.clientId}`, mine: true, name: name(me), text: p.text, files: p.files ?? [], at: p.at },
      p,
    );
  }
  return out;
}

/** A day separator where the calendar day changes. */
function day(out: Row[], at: string): void {
  const before = [...out].reverse().find((r) => r.kind !== "line");
  if (before && "at" in before && sameDay(before.at, at)) return;
  if (!before && out.length === 0) {
    out.push({ kind: "day", key: `d${at}`, at });
    return;
  }
  if (before) out.push({ kind: "day", key: `d${at}`, at });
}

function sameDay(a: string, b: string): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

type Said = Pick<Bubble, "key" | "mine" | "name" | "text" | "files" | "at">;

function push(out: Row[], said: Said, pending?: Pending): void {
  const before = out.at(-1);
  const joins =
    before?.kind === "bubble" &&
    before.mine === said.mine &&
    before.name === said.name &&
    Date.parse(said.at) - Date.parse(before.at) < runFor;
  if (joins) before.last = false;
  out.push({ kind: "bubble", ...said, first: !joins, last: true, mark: pending && markOf(pending), pending });
}

const markOf = (p: Pending): Mark => (p.state === "stored" ? "sent" : p.state);

/** Only the newest of one's own messages says how far it has come. */
function markLast(out: Row[], chat: Conversation): void {
  const own = chat.entries.findLast((e) => e.kind === "message" && e.by === me);
  const row = own && out.find((r) => r.kind === "bubble" && r.key === `e${own.seq}`);
  if (!own || row?.kind !== "bubble") return;
  const others = chat.participants.filter((p) => p.number !== me);
  if (others.some((p) => p.seen >= own.seq)) row.mark = "seen";
  else if (others.some((p) => p.delivered >= own.seq)) row.mark = "delivered";
  else row.mark = "sent";
}

/** The sentence of an entry that is not a message; "" is not for customers' eyes. */
export function lineText(e: Entry, name: (by: number) => string, lang: Lang): string {
  switch (e.kind) {
    case "joined":
      return wJoined({ agent: name(e.by ?? 0) });
    case "left":
      return threadLeft({ agent: name(e.by ?? 0) });
    case "line":
      return line(e, lang);
  }
  return "";
}

function line(e: Entry, lang: Lang): string {
  switch (e.line) {
    case "transferring":
      return wTransferred();
    case "transferred": {
      const queue = e.params?.[`queue_${lang}`] ?? e.params?.queue_en ?? "";
      return queue ? wToQueue({ queue }) : wTransferred();
    }
    case "reconnecting":
      return wAgentAway();
    case "reconnected":
      return wAgentBack();
    case "requeued":
      return wRequeued();
    case "message_left":
      return e.params?.[`closing_${lang}`] ?? wMessageLeft();
    case "message_asked":
      return wMessageAsked();
    case "closing":
      return e.params?.[`closing_${lang}`] ?? wDropped();
  }
  return "";
}

/** When the chat closes if nothing is said, while that warning stands. */
export function closesAt(chat: Conversation): string | undefined {
  for (let i = chat.entries.length - 1; i >= 0; i--) {
    const e = chat.entries[i];
    if (e?.kind === "message" || e?.line === "still_there_off") return undefined;
    if (e?.line === "still_there") return e.params?.closes_at;
  }
  return undefined;
}

/** It is a message that was left, and nobody is looking for an agent. */
export function isLeft(chat: Conversation): boolean {
  const last = chat.entries.findLast((e) => e.line === "message_left" || e.line === "message_asked");
  return chat.status === "waiting" && last?.line === "message_left";
}

/** The agents who are in the chat now. */
export function agents(chat: Conversation): string[] {
  return chat.participants.filter((p) => p.role === "agent" && p.present).map((p) => p.name);
}
