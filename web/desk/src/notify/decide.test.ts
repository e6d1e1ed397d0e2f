import { describe, expect, it } from "vitest";
import { defaults } from "../settings/preferences";
import { decide, type Event, type Page } from "./decide";

const page = (change: Partial<Page> = {}): Page => ({
  hidden: false,
  focused: true,
  lookedAt: new Set(["open"]),
  ...change,
});
const here = page();
const beside = page({ focused: false, lookedAt: new Set() });
const away = page({ hidden: true, focused: false, lookedAt: new Set() });
const all = { ...defaults, notifications: true, sounds: { ...defaults.sounds, tick: true } };

describe("what is heard and shown", () => {
  it.each<[Event, string, Page, object]>([
    ["request", "new", here, { sound: "request", repeats: true }],
    ["request", "new", beside, { sound: "request", repeats: true, notify: "stays" }],
    ["request", "new", away, { sound: "request", repeats: true, notify: "stays" }],
    ["request_over", "new", here, { closes: true }],
    ["message", "open", here, { sound: "tick" }],
    ["message", "other", here, { sound: "message" }],
    ["message", "open", beside, { sound: "message" }],
    ["message", "open", away, { sound: "message", notify: "brief" }],
    ["missed", "new", here, { sound: "missed" }],
    ["missed", "new", beside, { sound: "missed", notify: "stays" }],
    ["accepted", "open", here, { sound: "accepted" }],
    ["accepted", "open", away, { sound: "accepted", notify: "brief" }],
    ["interrupted", "open", beside, { sound: "interrupted" }],
    ["interrupted", "open", away, { sound: "interrupted", notify: "brief" }],
    ["lost", "", here, {}],
    ["lost", "", away, { notify: "brief" }],
    ["back", "", away, { closes: true, notify: "brief" }],
  ])("%s of %s", (event, conversation, where, outcome) => {
    expect(decide(event, conversation, where, all)).toEqual(outcome);
  });

  it("makes no sound in silent mode, at no volume, or where its switch is off, and shows all the same", () => {
    for (const choice of [{ silent: true }, { volume: 0 }, { sounds: { ...all.sounds, request: false } }])
      expect(decide("request", "new", away, { ...all, ...choice })).toEqual({ notify: "stays" });
  });

  it("shows no notification that was not asked for", () => {
    for (const event of ["request", "message", "missed", "accepted", "interrupted", "lost", "back"] as const)
      expect(decide(event, "x", away, { ...all, notifications: false }).notify).toBeUndefined();
  });

  it("has no tick until it is wanted", () => {
    expect(decide("message", "open", here, defaults)).toEqual({});
  });
});
