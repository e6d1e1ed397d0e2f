import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as arabicOnly from "../../../locales/gen/ar";
import * as englishOnly from "../../../locales/gen/en";
import { plain } from "../../../ui/src/Phrase";
import type { OfferReason, Standing } from "../../../protocol/src/types";
import { standing } from "../stories/fakeWaiting";
import {
  endingText,
  nextText,
  offerFacts,
  ownCounts,
  ownReason,
  ruledCounts,
  ruledText,
  ruleText,
  skillText,
  thenText,
} from "./sentences";
import { whole, type Words } from "./words";

const en = whole(englishOnly);
const ar = whole(arabicOnly);

const words: Words = { t: en, time: (at) => at.slice(11, 16) };
const arabic: Words = { ...words, t: ar };
const codes = JSON.parse(
  readFileSync(new URL("../../../../api/fixtures/view/explanation.json", import.meta.url), "utf8"),
) as Record<"exclusions" | "upcoming" | "rules" | "withdrawals", string[]>;

const offer = (change: Partial<OfferReason> = {}): OfferReason => ({
  offer: 1,
  agent: { user: "u", name: "Anna" },
  made_at: "2026-11-22T09:00:00Z",
  deadline: "2026-11-22T09:00:30Z",
  occupied: 1,
  capacity: 3,
  asked: [],
  considered: 1,
  runners_up: [],
  excluded: {},
  ...change,
});

describe("every code of the server has a sentence in both languages", () => {
  // A code without one is shown as it came.
  const asItCame = (code: string) => code.replaceAll("_", " ");
  it.each(codes.exclusions)("rules out: %s", (code) => {
    for (const t of [en, ar]) {
      expect(ruledText(code, t)).not.toBe(asItCame(code));
      expect(ownCounts({ [code]: 2 }, t)).not.toEqual([t.whyRuledCount({ reason: asItCame(code), n: 2 })]);
    }
  });
  it.each(codes.upcoming)("happens next: %s", (what) => {
    const at = "2026-11-22T09:04:00Z";
    for (const w of [words, arabic]) expect(nextText({ what, at }, w)).not.toBe(`${asItCame(what)} 09:04`);
  });
  it.each(codes.rules)("rule: %s", (rule) => {
    for (const t of [en, ar]) expect(ruleText(rule, t)).not.toBe(asItCame(rule));
  });
  it.each(codes.withdrawals)("taken back: %s", (cause) => {
    for (const w of [words, arabic])
      expect(endingText(offer({ ending: "withdrawn", cause }), w)).not.toBe(w.t.whyEndedWithdrawn());
  });
  it("an unknown one is still said", () => {
    expect(ruledText("on_the_moon", en)).toBe("on the moon");
    expect(endingText(offer({ ending: "withdrawn", cause: "on_the_moon" }), words)).toBe("Taken back");
  });
});

describe("why one gets no requests: one true sentence", () => {
  const since = "2026-11-22T09:04:00Z";
  const sales = { queue: { id: "q", name: { en: "Sales", ar: "المبيعات" } }, waiting: 1, open: true };
  const cases: [string, Partial<Standing>, string][] = [
    ["signed out", { ruled_by: "not_signed_in" }, "Your state is Signed out."],
    [
      "idle",
      { ruled_by: "not_available", presence: "idle", since },
      "Your state is Idle: Lunch, since 09:04.",
    ],
    ["RONA", { ruled_by: "not_available", presence: "rona", since }, "A request was not answered"],
    ["lost", { ruled_by: "unreachable" }, "The server has lost the connection"],
    ["full", { ruled_by: "at_capacity", occupied: 3 }, "All your slots are in use: 3 of 3."],
    ["no slots", { ruled_by: "at_capacity", occupied: 0, capacity: 0 }, "Your capacity is set to 0."],
    [
      "one at a time",
      { ruled_by: "at_capacity", exclusive: true, capacity: 1 },
      "You have one conversation at a time",
    ],
    [
      "ringing",
      { ruled_by: "offers_full", offers: 3 },
      "Requests are waiting for your answer: 3 of at most 3.",
    ],
    ["no queue", { queues: [] }, "None of your teams serves a queue."],
    ["no queue, and idle", { queues: [], ruled_by: "not_available" }, "None of your teams serves a queue."],
    [
      "nobody waits",
      { queues: [{ ...sales, waiting: 0, excluded: {} }] },
      "Your state is Available, and nobody waits",
    ],
    [
      "none for me",
      { queues: [{ ...sales, excluded: { lacks_skill: 1 } }] },
      "Customers wait in your queues",
    ],
    ["in a moment", { queues: [{ ...sales, excluded: {} }] }, "You are asked as soon as it is your turn."],
  ];
  it.each(cases)("%s", (_, change, text) => {
    expect(plain(ownReason(standing(change), "Idle: Lunch", words))).toContain(text);
    expect(ownReason(standing(change), "خامل", arabic)).not.toBe("");
  });
  it("tells all of them apart", () => {
    const all = cases.map(([, change]) => ownReason(standing(change), "Idle", words));
    expect(new Set(all).size).toBe(cases.length - 1); // no queue is said once
  });
});

describe("what was decided", () => {
  const facts = (change: Partial<OfferReason>) =>
    offerFacts(offer(change), words).map(({ name, text }) => plain(`${name}: ${text}`));
  it("by a rule, with what made the agent the first", () => {
    expect(facts({ rule: "skills_best", considered: 3, match: 775, since: "2026-11-22T08:40:00Z" })).toEqual([
      "Offered: 09:00",
      "Rule: Skills, best match",
      "Rank: First of 3 agents who could take it",
      "Match of skills: 7.75 of 10",
      "Slots in use: 1 of 3",
      "Free for requests since: 08:40",
    ]);
  });
  it("for the agent they know, from the list, and asked directly", () => {
    expect(facts({ rule: "round_robin", kept: true })[1]).toBe("Rule: Kept for the agent the customer knows");
    expect(facts({ picked: true, overtook: 2 })).toEqual([
      "Offered: 09:00",
      "Rule: Taken from the list",
      "Waited longer: 2",
    ]);
    expect(facts({})).toEqual(["Offered: 09:00", "Rule: Asked directly, by a transfer or an invitation"]);
  });
  it("counts, most first", () => {
    expect(ruledCounts({ lacks_skill: 1, at_capacity: 4 }, en).map(plain)).toEqual([
      "All slots in use: 4",
      "A required skill is missing: 1",
    ]);
  });
});

describe("skills asked for", () => {
  const skill = { id: "s", name: { en: "Arabic", ar: "العربية" } };
  it.each([
    [{ compare: ">=" as const, level: 5 }, "Arabic: at least 5"],
    [{ compare: "<=" as const, level: 5 }, "Arabic: at most 5"],
    [{ compare: "=" as const, level: 5 }, "Arabic: 5"],
    [{ compare: "!=" as const, level: 5 }, "Arabic: not 5"],
    [{ compare: "=" as const, level: 0, text: "yes" }, "Arabic"],
    [{ compare: "!=" as const, level: 0, text: "yes" }, "Without Arabic"],
    [{ compare: "=" as const, level: 0, text: "Gulf" }, "Arabic: Gulf"],
    [{ compare: "!=" as const, level: 0, text: "Gulf" }, "Arabic: not Gulf"],
    [{ compare: ">=" as const, level: 5, relaxed: true }, "Arabic: at least 5 (less than at first)"],
    [{ compare: ">=" as const, level: 5, dropped: true }, "Arabic: at least 5 (not asked for any more)"],
    [{ compare: ">=" as const, level: 5, from: "queue" as const }, "Arabic: at least 5"],
    [{ compare: ">=" as const, level: 5, from: "asset" as const }, "Arabic: at least 5 · from the asset"],
    [
      { compare: ">=" as const, level: 5, from: "language" as const },
      "Arabic: at least 5 · from the customer’s language",
    ],
    [
      { compare: ">=" as const, level: 5, from: "form" as const, relaxed: true },
      "Arabic: at least 5 · from the customer’s answer (less than at first)",
    ],
    [
      { compare: ">=" as const, level: 5, from: "identity" as const, ignored: true },
      "Arabic: at least 5 · from the verified identity (not asked for)",
    ],
  ])("%o", (asked, text) => {
    expect(plain(skillText({ skill, ...asked }, words))).toBe(text);
    expect(plain(skillText({ skill, ...asked }, arabic))).toContain("العربية");
  });
});

it("says what follows at the end of the waiting only where the queue does", () => {
  expect(plain(thenText("queue", "Support", en))).toBe("If nobody takes it in time, it goes to Support.");
  expect(thenText("close", undefined, en)).toContain("closed");
  expect(thenText("leave_message", undefined, en)).toContain("as a message");
  expect(thenText("", undefined, en)).toBe("");
});
