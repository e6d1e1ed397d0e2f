import { describe, expect, it, vi } from "vitest";
import * as ar from "../../../locales/gen/ar";
import * as en from "../../../locales/gen/en";
import type { Messages } from "../../../locales";
import type { Shelf } from "../model/drafts";
import { active, mona, sara, setup, sixReasons, wrapping, yusuf } from "../stories/cast";
import { itemsOf, search, type Doing, type Surroundings } from "./items";
import { keepRecent, readRecent } from "./recent";

const targets = {
  at: "",
  queues: [
    { id: "que_billing", name: { en: "Billing", ar: "الفواتير" }, waiting: 0, available: 1, current: false },
    { id: "que_sales", name: { en: "Sales", ar: "المبيعات" }, waiting: 0, available: 1, current: true },
  ],
  agents: [{ user: "usr_ahmad", name: "أحمد", occupied: 0, capacity: 3, on_unanswered: "requeue" }],
};
const desk = (change: Partial<Surroundings> = {}): Surroundings => ({
  t: en as Messages,
  other: ar as unknown as Messages,
  cards: [active(sara, 11), active(mona, 10), wrapping(yusuf, 9)],
  open: sara.id,
  targets,
  reasons: setup.reasons,
  templates: setup.templates,
  presence: "available",
  silent: false,
  administrator: false,
  maySignOut: false,
  ...change,
});
const doing = (change: Partial<Doing> = {}): Doing => ({
  can: () => true,
  run: vi.fn(),
  transfer: vi.fn(),
  conference: vi.fn(),
  wrapUp: vi.fn(),
  open: vi.fn(),
  home: vi.fn(),
  statistics: vi.fn(),
  insert: vi.fn(),
  administration: vi.fn(),
  presence: vi.fn(),
  language: vi.fn(),
  prefer: vi.fn(),
  signOut: vi.fn(),
  ...change,
});
const first = (query: string, at = desk(), does = doing()) =>
  search(itemsOf(at, does), query, [], true).items[0];

describe("the palette", () => {
  it.each([
    ["transfer billing", "transfer que_billing"],
    ["تحويل الفواتير", "transfer que_billing"],
    ["transfer ahmad", undefined],
    ["transfer احمد", "transfer usr_ahmad"],
    ["conference أحمد", "conference usr_ahmad"],
    ["mona", `go ${mona.id}`],
    ["lunch", "idle rsn_lunch"],
    ["غداء", "idle rsn_lunch"],
    ["dark", "theme dark"],
    ["داكن", "theme dark"],
    ["mute", "silent"],
    ["كتم", "silent"],
    ["العربية", "language"],
    ["shortcuts", "shortcuts"],
    ["accept", "accept"],
    ["template refund", "template tpl_refund"],
    ["رد المبلغ", "template tpl_refund"],
    ["payment template", "template tpl_refund"],
    ["my statistics", "statistics"],
    ["إحصاءاتي", "statistics"],
    ["قبول الكل", "acceptAll"],
  ])("%s, in either language", (query, id) => {
    expect(
      first(query)?.id === id ||
        (id === undefined && search(itemsOf(desk(), doing()), query, [], true).instead),
    ).toBe(true);
    if (id) expect(first(query, desk({ t: ar as unknown as Messages, other: en as Messages }))?.id).toBe(id);
  });

  it("does what it says, with what was named", () => {
    const does = doing();
    first("تحويل الفواتير", desk(), does)?.run();
    expect(does.transfer).toHaveBeenCalledWith({ queue: "que_billing" });
    first("idle meeting", desk(), does)?.run();
    expect(does.presence).toHaveBeenCalledWith("idle", "rsn_meeting");
    first("order on its way", desk(), does)?.run();
    expect(does.insert).toHaveBeenCalledWith(expect.objectContaining({ id: "tpl_status" }));
  });

  it("has the reasons of a wrap-up while it is open", () => {
    const wrap = wrapping(yusuf, 9);
    const at = desk({
      open: yusuf.id,
      cards: [{ ...wrap, wrapup: { ...wrap.wrapup, reasons: sixReasons } as never }],
    });
    const does = doing();
    first("wrap-up resolved", at, does)?.run();
    first("الاختتام تم الحل", at, does)?.run();
    expect(does.wrapUp).toHaveBeenCalledTimes(2);
    expect(search(itemsOf(desk(), doing()), "resolved", [], true).instead).toBe(true);
  });

  it("offers only what can be done now", () => {
    const idle = itemsOf(desk({ open: undefined }), doing({ can: () => false })).map((item) => item.id);
    expect(idle.some((id) => /^(transfer|conference|end|accept|wrapup)/.test(id))).toBe(false);
    expect(idle).not.toContain("sign out");
    expect(itemsOf(desk({ maySignOut: true }), doing()).find((item) => item.id === "sign out")?.danger).toBe(
      true,
    );
    expect(itemsOf(desk(), doing()).find((item) => item.id === "end")?.danger).toBe(true);
  });

  it("begins with what was used last, then with what the context is", () => {
    const groups = (at: Surroundings, recent: string[], inChat: boolean) => [
      ...new Set(search(itemsOf(at, doing()), "", recent, inChat).items.map((item) => item.group)),
    ];
    expect(groups(desk(), ["silent"], true)).toEqual(["recent", "chat", "go", "me", "help"]);
    expect(groups(desk(), [], false)[0]).toBe("go");
  });

  it("helps where it finds nothing", () => {
    const found = search(itemsOf(desk({ administrator: true }), doing()), "zzz", [], true);
    expect([found.instead, found.items.map((item) => item.id)]).toEqual([
      true,
      ["admin", "shortcuts", "settings"],
    ]);
  });

  it("lists no agents before they are asked for, and fifty at most", () => {
    const agents = Array.from({ length: 1000 }, (_, i) => ({
      ...targets.agents[0],
      user: `u${i}`,
      name: `أحمد ${i}`,
    }));
    const items = itemsOf(desk({ targets: { ...targets, agents: agents as never } }), doing());
    expect(search(items, "", [], true).items.some((item) => item.many)).toBe(false);
    expect(search(items, "احمد", [], true).items.length).toBe(50);
  });
});

describe("what was used last", () => {
  const kept = new Map<string, string>();
  const shelf: Shelf = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
  it("is kept, three at most, and never says whom or where", () => {
    for (const id of [
      "silent",
      `go ${sara.id}`,
      "transfer que_billing",
      "template tpl_refund",
      "theme dark",
      "end",
      "silent",
      "sign out",
    ])
      keepRecent(shelf, id);
    expect(readRecent(shelf)).toEqual(["sign out", "silent", "end"]);
    expect(kept.get("hiwar.palette")).not.toContain("que_billing");
    keepRecent(shelf, "transfer que_billing");
    expect(kept.get("hiwar.palette")).not.toContain("que_billing");
    kept.set("hiwar.palette", `["transfer que_billing", 7]`);
    expect(readRecent(shelf)).toEqual([]);
  });
});
