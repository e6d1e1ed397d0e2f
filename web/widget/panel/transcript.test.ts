import { beforeEach, expect, test } from "vitest";
import type { Conversation, Entry } from "../../protocol/src/types";
import { setLanguage } from "../../locales/runtime";
import { transcript } from "./transcript";

const entries: Entry[] = [
  { seq: 1, at: "2026-11-22T09:01:00Z", kind: "message", by: 1, text: "طلبي 1200-AB/7\nلم يصل" },
  { seq: 2, at: "2026-11-22T09:02:00Z", kind: "joined", by: 2 },
  { seq: 3, at: "2026-11-22T09:03:00Z", kind: "message", by: 2, text: "3 < 5 & <b>hi</b>" },
  { seq: 4, at: "2026-11-22T09:04:00Z", kind: "status", status: "closed" },
];
const chat: Conversation = {
  id: "conv_1",
  status: "closed",
  started_at: "2026-11-22T09:00:00Z",
  closed_at: "2026-11-22T09:04:00Z",
  language: "en",
  participants: [
    { number: 1, role: "customer", name: "سارة", present: false, delivered: 0, seen: 0 },
    { number: 2, role: "agent", name: "Omar", present: false, delivered: 0, seen: 0 },
  ],
  entries: [],
  more: false,
};

beforeEach(() => setLanguage("en"));

test("the transcript has every message as written, each in an isolate of its own", () => {
  const text = transcript(chat, entries, "Store", "en");
  expect(text).toContain("\u2068سارة\u2069: \u2068طلبي 1200-AB/7\nلم يصل\u2069");
  expect(text).toContain("\u2068Omar\u2069: \u20683 < 5 & <b>hi</b>\u2069");
  expect(text).toContain("\u2068Omar\u2069 joined the chat");
  expect(text.trimEnd().endsWith("This chat has ended")).toBe(true);
});
