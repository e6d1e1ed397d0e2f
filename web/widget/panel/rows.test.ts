import { beforeEach, expect, test } from "vitest";
import type { Conversation, Entry, Participant } from "../../protocol/src/types";
import { setLanguage } from "../../locales/runtime";
import { agents, closesAt, rows, type Bubble } from "./rows";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute)).toISOString();
const person = (number: number, name: string, more: Partial<Participant> = {}): Participant => ({
  number,
  role: number === 1 ? "customer" : "agent",
  name,
  present: true,
  delivered: 0,
  seen: 0,
  ...more,
});
const says = (seq: number, by: number, text: string, minute = seq): Entry => ({
  seq,
  at: at(minute),
  kind: "message",
  by,
  text,
  ...(by === 1 ? { client_id: `c${seq}` } : {}),
});
const chat = (entries: Entry[], people = [person(1, "Sara"), person(2, "Omar")]): Conversation => ({
  id: "conv_1",
  status: "open",
  started_at: at(0),
  language: "en",
  participants: people,
  entries,
  more: false,
});
const bubbles = (c: Conversation, pending: Parameters<typeof rows>[1] = []) =>
  rows(c, pending, "en").filter((r): r is Bubble => r.kind === "bubble");

beforeEach(() => setLanguage("en"));

test("messages of one person within five minutes are one run", () => {
  const made = bubbles(
    chat([says(1, 1, "a", 1), says(2, 1, "b", 2), says(3, 2, "c", 3), says(4, 2, "d", 9)]),
  );
  expect(made.map((b) => [b.first, b.last])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

test("only the newest own message says how far it has come", () => {
  const entries = [says(1, 1, "a"), says(2, 1, "b"), says(3, 2, "c")];
  const marks = (seen: number, delivered: number) =>
    bubbles(chat(entries, [person(1, "Sara"), person(2, "Omar", { seen, delivered })])).map((b) => b.mark);
  expect(marks(0, 0)).toEqual([undefined, "sent", undefined]);
  expect(marks(0, 2)).toEqual([undefined, "delivered", undefined]);
  expect(marks(2, 2)).toEqual([undefined, "seen", undefined]);
});

test("what was sent stands at the end until it arrives, and then once", () => {
  const pending = [{ clientId: "c9", text: "new", at: at(9), state: "sending" as const }];
  const before = bubbles(chat([says(1, 2, "a")]), pending);
  expect(before.map((b) => [b.text, b.mark])).toEqual([
    ["a", undefined],
    ["new", "sending"],
  ]);
  const after = bubbles(chat([says(1, 2, "a"), { ...says(2, 1, "new"), client_id: "c9" }]), pending);
  expect(after.map((b) => [b.text, b.mark])).toEqual([
    ["a", undefined],
    ["new", "sent"],
  ]);
});

test("the same client id of somebody else hides nothing", () => {
  const theirs = { ...says(1, 2, "theirs"), client_id: "c9" };
  const pending = [{ clientId: "c9", text: "mine", at: at(2), state: "queued" as const }];
  expect(bubbles(chat([theirs]), pending).map((b) => b.text)).toEqual(["theirs", "mine"]);
});

test("lines are sentences in the reader's language", () => {
  const entries: Entry[] = [
    { seq: 1, at: at(1), kind: "joined", by: 2 },
    {
      seq: 2,
      at: at(2),
      kind: "line",
      line: "transferred",
      params: { queue_en: "Billing", queue_ar: "الفواتير" },
    },
    { seq: 3, at: at(3), kind: "line", line: "still_there", params: { closes_at: at(13) } },
    { seq: 4, at: at(4), kind: "status", status: "waiting" },
    { seq: 5, at: at(5), kind: "owner", by: 2 },
  ];
  const lines = (lang: "en" | "ar") => {
    setLanguage(lang);
    return rows(chat(entries), [], lang)
      .filter((r) => r.kind === "line")
      .map((r) => r.text.replace(/[\u2068\u2069]/g, ""));
  };
  expect(lines("en")).toEqual(["Omar joined the chat", "You are being connected to Billing"]);
  expect(lines("ar")).toEqual(["تم انضمام Omar إلى الدردشة", "يجري تحويلك إلى الفواتير"]);
});

test("a new day is said once, between the days", () => {
  const late = { ...says(2, 1, "b"), at: new Date(Date.UTC(2026, 10, 24, 12)).toISOString() };
  const kinds = rows(chat([says(1, 1, "a"), late, { ...late, seq: 3, client_id: "c3" }]), [], "en").map(
    (r) => r.kind,
  );
  expect(kinds).toEqual(["day", "bubble", "day", "bubble", "bubble"]);
});

test("the warning stands until somebody writes or it is taken back", () => {
  const warn: Entry = { seq: 2, at: at(2), kind: "line", line: "still_there", params: { closes_at: at(4) } };
  expect(closesAt(chat([says(1, 2, "a"), warn]))).toBe(at(4));
  expect(closesAt(chat([says(1, 2, "a"), warn, says(3, 1, "b")]))).toBeUndefined();
  expect(
    closesAt(chat([warn, { seq: 3, at: at(3), kind: "line", line: "still_there_off" }])),
  ).toBeUndefined();
});

test("the head names the agents who are there", () => {
  const people = [person(1, "Sara"), person(2, "Omar", { present: false }), person(3, "Layla")];
  expect(agents(chat([], people))).toEqual(["Layla"]);
});
