import { describe, expect, it } from "vitest";
import type { Conversation, Entry } from "../../../protocol/src/types";
import { lastMessage, sameGroup, threadItems, unreadOf, type Item, type Outgoing } from "./thread";

const start = Date.parse("2026-11-22T09:00:00Z");
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const dayKey = (ms: number) => new Date(ms).toISOString().slice(0, 10);

const [customer, omar, layla] = [1, 2, 3];

/** A conversation of messages "who seconds text", and lines "- seconds name". */
function talk(...rows: string[]): Conversation {
  const entries = rows.map((row, i): Entry => {
    const [who = "", seconds = "", ...text] = row.split(" ");
    const base = { seq: i + 1, at: at(Number(seconds)) };
    if (who === "-") return { ...base, kind: "joined", by: Number(text[0]) };
    return { ...base, kind: "message", by: Number(who), client_id: `c${i + 1}`, text: text.join(" ") };
  });
  return {
    id: "conv_1",
    status: "open",
    started_at: at(0),
    language: "en",
    more: false,
    entries,
    participants: [
      { number: customer, role: "customer", name: "Sara", present: true, delivered: 0, seen: 0 },
      { number: omar, role: "agent", name: "Omar", user: "usr_omar", present: true, delivered: 0, seen: 0 },
      {
        number: layla,
        role: "agent",
        name: "Layla",
        user: "usr_layla",
        present: true,
        delivered: 0,
        seen: 0,
      },
    ],
  };
}

function items(
  conversation: Conversation,
  more: { outgoing?: Outgoing[]; unreadFrom?: number; staff?: [number, string][]; cut?: boolean } = {},
): Item[] {
  return threadItems({
    conversation,
    me: "usr_omar",
    myName: "Omar",
    dayKey,
    outgoing: more.outgoing ?? [],
    unreadFrom: more.unreadFrom,
    cut: more.cut ?? false,
    staff: {
      id: "conv_1",
      entries: (more.staff ?? []).map(([after, text], i) => ({
        seq: i + 1,
        at: at(0),
        after,
        kind: "note",
        user: "usr_layla",
        name: "Layla",
        text,
      })),
    },
  });
}

/** The items in short: "day", "Sara: a|b", "line joined", "note x", "unread". */
function outline(list: Item[]): string[] {
  return list.map((item) => {
    switch (item.kind) {
      case "group":
        return `${item.author.mine ? "me" : item.author.name}: ${item.bubbles.map((b) => b.text).join("|")}`;
      case "line":
        return `line ${item.line.what}`;
      case "note":
        return `note ${item.text}`;
      default:
        return item.kind;
    }
  });
}

const waiting = (clientId: string, seconds: number, mark: Outgoing["mark"] = "sending"): Outgoing => ({
  clientId,
  text: clientId,
  at: start + seconds * 1000,
  mark,
});

describe("groups", () => {
  it("hold consecutive messages of one sender within a minute of each other", () => {
    expect(outline(items(talk("1 0 a", "1 60 b", "2 70 c", "3 71 d", "1 72 e")))).toEqual([
      "day",
      "Sara: a|b",
      "me: c",
      "Layla: d",
      "Sara: e",
    ]);
  });

  it("end when more than a minute passes, and at a line", () => {
    expect(outline(items(talk("1 0 a", "1 61 b", "- 62 2", "1 63 c")))).toEqual([
      "day",
      "Sara: a",
      "Sara: b",
      "line joined",
      "Sara: c",
    ]);
  });

  it("end with the day", () => {
    expect(outline(items(talk(`1 ${14 * 3600 + 3595} a`, `1 ${15 * 3600 + 5} b`)))).toEqual([
      "day",
      "Sara: a",
      "day",
      "Sara: b",
    ]);
  });
});

describe("the line before what is new", () => {
  it("stands before the first unseen message of somebody else", () => {
    const list = outline(items(talk("1 0 a", "1 1 b", "1 2 c"), { unreadFrom: 2 }));
    expect(list).toEqual(["day", "Sara: a", "unread", "Sara: b|c"]);
  });

  it("does not stand where everything is new", () => {
    expect(outline(items(talk("1 0 a", "1 1 b"), { unreadFrom: 1 }))).toEqual(["day", "Sara: a|b"]);
  });

  it("does not stand before a message of one's own", () => {
    expect(outline(items(talk("1 0 a", "2 1 b"), { unreadFrom: 2 }))).not.toContain("unread");
  });
});

describe("notes", () => {
  it("stand behind the message after which they were written", () => {
    const list = outline(
      items(talk("1 0 a", "2 1 b"), {
        staff: [
          [1, "x"],
          [0, "first"],
        ],
      }),
    );
    expect(list).toEqual(["day", "note first", "Sara: a", "note x", "me: b"]);
  });

  it("of pages that are not there yet wait for them", () => {
    const conversation = talk("1 0 a", "1 1 b", "1 2 c");
    const later = { ...conversation, more: true, entries: conversation.entries.slice(2) };
    expect(
      outline(
        items(later, {
          staff: [
            [1, "old"],
            [3, "new"],
          ],
        }),
      ),
    ).toEqual(["day", "Sara: c", "note new"]);
  });
});

describe("messages on their way", () => {
  it("and notes after it are held back with what follows", () => {
    const conversation = talk("1 0 a", "1 1 b");
    const staff: [number, string][] = [
      [2, "after b"],
      [3, "later"],
    ];
    const list = items(conversation, { outgoing: [waiting("c9", 2)], staff, cut: true });
    expect(outline(list)).toEqual(["day", "Sara: a|b", "note after b"]);
  });

  it("come last, and are no longer shown once the thread has them", () => {
    const list = items(talk("1 0 a", "2 1 b"), { outgoing: [waiting("c2", 1), waiting("c9", 2)] });
    expect(outline(list)).toEqual(["day", "Sara: a", "me: b|c9"]);
  });

  it("keep their key when they are confirmed, so that nothing is drawn anew", () => {
    const before = items(talk("1 0 a"), { outgoing: [waiting("c2", 1)] }).at(-1);
    const after = items(talk("1 0 a", "2 1 c2")).at(-1);
    expect(after?.key).toBe(before?.key);
  });
});

describe("marks", () => {
  const marks = (list: Item[]) =>
    list.flatMap((item) =>
      item.kind === "group" ? item.bubbles.map((b) => `${b.text} ${b.mark ?? "none"} ${b.showMark}`) : [],
    );

  it("say how far the customer has come, and only once for each stretch", () => {
    const conversation = talk("2 0 a", "2 1 b", "2 2 c", "2 3 d", "1 4 e");
    const [first, ...others] = conversation.participants;
    if (!first) throw new Error("nobody");
    const read = { ...conversation, participants: [{ ...first, delivered: 3, seen: 1 }, ...others] };
    expect(marks(items(read))).toEqual([
      "a seen true",
      "b delivered false",
      "c delivered true",
      "d sent true",
      "e none false",
    ]);
  });

  it("are not earned by what colleagues have seen", () => {
    const conversation = talk("2 0 a");
    const participants = conversation.participants.map((p) =>
      p.number === layla ? { ...p, delivered: 1, seen: 1 } : p,
    );
    expect(marks(items({ ...conversation, participants }))).toEqual(["a sent true"]);
  });
});

describe("a group made anew", () => {
  const group = (conversation: Conversation) => {
    const item = items(conversation).find((i) => i.kind === "group");
    if (item?.kind !== "group") throw new Error("no group");
    return item;
  };
  it("is the same while it says the same, and another when a mark or a message changes", () => {
    const before = talk("2 0 a", "2 1 b");
    expect(sameGroup(group(before), group(talk("2 0 a", "2 1 b")))).toBe(true);
    expect(sameGroup(group(before), group(talk("2 0 a", "2 1 b", "2 2 c")))).toBe(false);
    const seen = { ...before, participants: before.participants.map((p) => ({ ...p, seen: 1 })) };
    expect(sameGroup(group(before), group(seen))).toBe(false);
  });
});

describe("what is unread", () => {
  it("are messages of others after the watermark", () => {
    const conversation = talk("1 0 a", "2 1 b", "1 2 c", "- 3 3", "3 4 d");
    const participants = conversation.participants.map((p) => (p.number === omar ? { ...p, seen: 1 } : p));
    expect(unreadOf({ ...conversation, participants }, "usr_omar")).toEqual({ from: 3, count: 2 });
  });
});

describe("the last message", () => {
  it("knows whether the customer wrote it", () => {
    expect(lastMessage(talk("1 0 a", "- 1 2"))?.fromCustomer).toBe(true);
    expect(lastMessage(talk("1 0 a", "2 1 b"))?.fromCustomer).toBe(false);
    expect(lastMessage(talk())).toBeUndefined();
  });
});
