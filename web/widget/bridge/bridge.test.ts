import { expect, test } from "vitest";
import { forHost, forPanel } from "./bridge";

const start = {
  hiwar: "start",
  dir: "rtl",
  lang: "ar",
  page: "https://shop.example/",
  color: "",
  token: { value: "t" },
  prefill: { name: "", email: "", phone: "", question: "" },
  attributes: { plan: "gold" },
};

test("the panel understands what the loader says", () => {
  for (const m of [
    start,
    { ...start, token: { problem: "origin_not_allowed" } },
    { hiwar: "token", token: { value: "t" } },
    { hiwar: "attributes", attributes: {} },
    { hiwar: "prefill", prefill: start.prefill },
    { hiwar: "page", page: "https://shop.example/lamp", title: "Lamp" },
    { hiwar: "forget" },
    { hiwar: "identity", token: "" },
    { ...start, identity: "e30.e30.c2ln" },
    { hiwar: "shown", shown: true },
    { hiwar: "language", lang: "en", dir: "ltr" },
  ]) {
    expect(forPanel(m)).toEqual(m);
  }
});

test.each([
  undefined,
  null,
  "start",
  [],
  {},
  { hiwar: "stop" },
  { ...start, dir: "up" },
  { ...start, token: {} },
  { ...start, token: null },
  { ...start, prefill: { name: 1, email: "", phone: "", question: "" } },
  { ...start, attributes: ["gold"] },
  { ...start, attributes: { plan: 1 } },
  { hiwar: "attributes" },
  { hiwar: "identity" },
  { ...start, identity: { sub: "somebody" } },
  { hiwar: "page", page: "https://shop.example/lamp" },
  { hiwar: "prefill", prefill: {} },
  { hiwar: "shown", shown: "yes" },
  { hiwar: "language", lang: "en", dir: "" },
])("the panel ignores %j", (m) => {
  expect(forPanel(m)).toBeUndefined();
});

test("the loader understands what the panel says", () => {
  for (const m of [
    { hiwar: "ready" },
    { hiwar: "renew" },
    { hiwar: "close" },
    { hiwar: "unread", count: 3, label: "Open chat. 3 new messages" },
    { hiwar: "conversation", open: true },
    { hiwar: "prove" },
    { hiwar: "event", name: "queue", detail: { ahead: 3, known: false, by: "Layla" } },
  ]) {
    expect(forHost(m)).toEqual(m);
  }
});

test.each([
  undefined,
  0,
  { hiwar: "navigate", to: "https://evil.example" },
  { hiwar: "unread", count: -1, label: "" },
  { hiwar: "unread", count: 1.5, label: "" },
  { hiwar: "unread", count: "<b>1</b>", label: "" },
  { hiwar: "unread", count: 1 },
  { hiwar: "unread", count: 1, label: { toString: "Open chat" } },
  { hiwar: "conversation" },
  { hiwar: "event", name: "click", detail: {} },
  { hiwar: "event", name: "message" },
  { hiwar: "event", name: "message", detail: [] },
  { hiwar: "event", name: "message", detail: { text: { html: "<b>" } } },
  { hiwar: "event", name: "queue", detail: { ahead: NaN } },
  { hiwar: "event", name: "toString", detail: {} },
])("the loader ignores %j", (m) => {
  expect(forHost(m)).toBeUndefined();
});
