import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  localOutbox,
  maxAgeMs,
  maxMessages,
  othersTurnMs,
  Outbox,
  type Outgoing,
  type OutStorage,
} from "./outbox";
import { Refusal } from "./socket";

const start = Date.parse("2026-11-22T09:00:00Z");

/** Requests to the server, answered by the test. */
interface Request {
  message: Outgoing;
  stored(seq: number): Promise<void>;
  refused(code: string, params?: Record<string, unknown>): Promise<void>;
}

let requests: Request[];
let kept: Map<string, Outgoing>;
let box: Outbox;
let changes: string[];
/** The tabs that watch what is kept. */
let tabs: Tab[];

interface Tab {
  hears(id: string, message: Outgoing | undefined): void;
}

const soon = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));

/** A page's view of what is kept: what it does there the others hear of, when they get to it. */
function page(): OutStorage {
  const tab: Tab = { hears: () => {} };
  const tell = (id: string, message?: Outgoing) => {
    for (const other of tabs) if (other !== tab) queueMicrotask(() => other.hears(id, message));
  };
  tabs.push(tab);
  return {
    load: () => [...kept.values()],
    save: (m) => void (kept.set(m.id, m), tell(m.id, m)),
    remove: (id) => void (kept.delete(id) && tell(id)),
    watch: (call) => (tab.hears = call),
  };
}

function open(storage: OutStorage = page()): Outbox {
  return new Outbox({
    storage,
    onChange: (c) => changes.push(c),
    send: (message) =>
      new Promise((resolve, reject) => {
        requests.push({
          message,
          stored: (seq) => (resolve({ seq }), soon()),
          refused: (code, params) => (reject(new Refusal(code, params)), soon()),
        });
      }),
  });
}

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  requests = [];
  changes = [];
  kept = new Map();
  tabs = [];
  box = open();
});

afterEach(() => vi.useRealTimers());

const states = (c = "conv_1", b = box) => b.list(c).map((m) => `${m.text} ${m.state}`);
const sent = () => requests.map((r) => r.message.text);
const request = (i: number): Request => {
  const r = requests[i];
  if (!r) throw new Error(`only ${requests.length} requests`);
  return r;
};

describe("order", () => {
  it("is the order of writing, one at a time in each conversation", async () => {
    box.setOnline(true);
    box.add("conv_1", "a");
    box.add("conv_1", "b");
    box.add("conv_2", "x");
    expect(sent()).toEqual(["a", "x"]);
    expect(states()).toEqual(["a sending", "b queued"]);
    await request(0).stored(3);
    expect(sent()).toEqual(["a", "x", "b"]);
    expect(states()).toEqual(["a stored", "b sending"]);
    expect(box.list("conv_1")[0]?.seq).toBe(3);
  });

  it("holds while offline, and after", async () => {
    for (const text of ["a", "b", "c"]) box.add("conv_1", text);
    expect(sent()).toEqual([]);
    expect(states()).toEqual(["a queued", "b queued", "c queued"]);
    box.setOnline(true);
    for (let i = 0; i < 3; i++) await request(i).stored(i + 1);
    expect(sent()).toEqual(["a", "b", "c"]);
  });
});

describe("a message", () => {
  it("leaves when the thread shows it, before or after the answer", async () => {
    box.setOnline(true);
    const a = box.add("conv_1", "a");
    box.settle("conv_1", a.id);
    await request(0).stored(1);
    expect(states()).toEqual([]);
    const b = box.add("conv_1", "b");
    await request(1).stored(2);
    expect(states()).toEqual(["b stored"]);
    box.settle("conv_2", b.id);
    expect(states()).toEqual(["b stored"]);
    box.settle("conv_1", b.id);
    expect(states()).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it("is tried again with the same id while only the way is bad, ever more slowly", async () => {
    box.setOnline(true);
    const a = box.add("conv_1", "a");
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      await request(i).refused("unavailable");
      expect(states()).toEqual(["a queued"]);
      const before = Date.now();
      await vi.advanceTimersToNextTimerAsync();
      waits.push((Date.now() - before) / 1000);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
    expect(new Set(requests.map((r) => r.message.id))).toEqual(new Set([a.id]));
  });

  it("waits as long as the server says, and blocks what was written after it", async () => {
    box.setOnline(true);
    box.add("conv_1", "a");
    box.add("conv_1", "b");
    await request(0).refused("rate_limited", { retry_after_ms: 250 });
    await vi.advanceTimersByTimeAsync(249);
    expect(sent()).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent()).toEqual(["a", "a"]);
  });

  it("does not wait any longer once the connection is back", async () => {
    box.setOnline(true);
    box.add("conv_1", "a");
    for (let i = 0; i < 5; i++) {
      await request(i).refused("timeout");
      if (i < 4) await vi.advanceTimersToNextTimerAsync();
    }
    box.setOnline(false);
    box.setOnline(true);
    expect(sent()).toHaveLength(6);
    await request(5).stored(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent()).toHaveLength(6);
  });

  it("that the server refuses is failed, with why, and the next goes on", async () => {
    box.setOnline(true);
    box.add("conv_1", "a");
    box.add("conv_1", "b");
    await request(0).refused("text_too_long", { count: 1001, max: 1000 });
    expect(states()).toEqual(["a failed", "b sending"]);
    expect(box.list("conv_1")[0]).toMatchObject({
      code: "text_too_long",
      params: { count: 1001, max: 1000 },
    });
  });

  it("that failed can be sent again with its id, behind the others, or thrown away", async () => {
    box.setOnline(true);
    const a = box.add("conv_1", "a");
    box.add("conv_1", "b");
    await request(0).refused("reserved_character", { positions: [0] });
    box.retry(a.id);
    expect(states()).toEqual(["b sending", "a queued"]);
    expect(box.list("conv_1")[1]).not.toHaveProperty("code");
    await request(1).stored(1);
    expect(request(2).message.id).toBe(a.id);
    box.discard(a.id);
    expect(states()).toEqual(["b stored", "a sending"]);
    await request(2).refused("chat_closed");
    box.discard(a.id);
    expect(states()).toEqual(["b stored"]);
    box.reached("conv_1", 1);
    expect(kept.size).toBe(0);
  });

  it("is given up after half an hour without anybody to ask", () => {
    const a = box.add("conv_1", "a");
    vi.setSystemTime(start + maxAgeMs);
    box.add("conv_1", "b");
    vi.setSystemTime(start + maxAgeMs + 1);
    box.setOnline(true);
    expect(states()).toEqual(["a failed", "b sending"]);
    expect(box.list("conv_1")[0]?.code).toBe("expired");
    box.retry(a.id);
    expect(states()).toEqual(["b sending", "a queued"]);
  });

  it("is still sent when the half hour is just over", () => {
    box.add("conv_1", "a");
    vi.setSystemTime(start + maxAgeMs);
    box.setOnline(true);
    expect(states()).toEqual(["a sending"]);
  });

  it("is refused when fifty wait", () => {
    for (let i = 0; i < maxMessages; i++) box.add("conv_1", String(i));
    expect(() => box.add("conv_2", "x")).toThrow(expect.objectContaining({ code: "outbox_full" }) as Error);
    expect(box.list("conv_2")).toEqual([]);
  });
});

describe("a reload", () => {
  it("loses nothing and repeats with the same id what was on its way", async () => {
    box.setOnline(true);
    const a = box.add("conv_1", "a");
    box.add("conv_1", "b");
    const bad = box.add("conv_2", "x");
    await request(1).refused("text_empty");
    const after = open();
    expect(states("conv_1", after)).toEqual(["a queued", "b queued"]);
    expect(states("conv_2", after)).toEqual(["x failed"]);
    requests = [];
    after.setOnline(true);
    expect(request(0).message.id).toBe(a.id);
    after.retry(bad.id);
    expect(sent()).toEqual(["a", "x"]);
  });

  it("brings back nothing that was stored", async () => {
    box.setOnline(true);
    box.add("conv_1", "a");
    await request(0).stored(1);
    expect(open().list("conv_1")).toEqual([]);
  });

  it("keeps the order of what was written in one millisecond", () => {
    for (let i = 0; i < 20; i++) box.add("conv_1", String(i));
    kept = new Map([...kept].reverse());
    expect(
      open()
        .list("conv_1")
        .map((m) => m.text),
    ).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
  });
});

describe("two tabs", () => {
  let other: Outbox;
  const both = () => [states(), states("conv_1", other)];

  beforeEach(() => (other = open()));

  it("show what was written in either, in the order of writing", async () => {
    box.add("conv_1", "a");
    vi.setSystemTime(start + 1);
    await soon();
    other.add("conv_1", "b");
    await soon();
    expect(both()).toEqual([
      ["a queued", "b queued"],
      ["a queued", "b queued"],
    ]);
    box.discard(box.list("conv_1")[0]?.id ?? "");
    await soon();
    expect(both()).toEqual([["b queued"], ["b queued"]]);
  });

  it("send once what waits, whichever is connected first", async () => {
    const a = box.add("conv_1", "a");
    box.add("conv_1", "b");
    await vi.advanceTimersByTimeAsync(1000);
    other.setOnline(true);
    await soon();
    expect(both()).toEqual([
      ["a sending", "b queued"],
      ["a sending", "b queued"],
    ]);
    box.setOnline(true); // comes back while the other asks
    await soon();
    expect(sent()).toEqual(["a"]);
    await request(0).stored(1);
    await request(1).stored(2);
    expect(sent()).toEqual(["a", "b"]);
    // Each has it until its own thread shows it.
    expect(both()).toEqual([
      ["a stored", "b stored"],
      ["a stored", "b stored"],
    ]);
    other.settle("conv_1", a.id);
    other.reached("conv_1", 2);
    await soon();
    expect(both()).toEqual([["a stored", "b stored"], []]);
    box.reached("conv_1", 1);
    expect(states()).toEqual(["b stored"]);
    box.reached("conv_1", 2);
    expect(both()).toEqual([[], []]);
    expect(kept.size).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent()).toEqual(["a", "b"]);
  });

  it("take over from one that went away in the middle, with the same id", async () => {
    const a = box.add("conv_1", "a");
    box.setOnline(true);
    other.setOnline(true);
    await soon();
    await vi.advanceTimersByTimeAsync(othersTurnMs - 1);
    expect(sent()).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests.map((r) => r.message.id)).toEqual([a.id, a.id]);
    await request(1).stored(1);
    await request(0).stored(1); // it comes back after all
    expect(both()).toEqual([["a stored"], ["a stored"]]);
  });

  it("do not show again what came by the thread before the other tab told of it", async () => {
    other.reached("conv_1", 4);
    box.setOnline(true);
    const a = box.add("conv_1", "a");
    const note = box.add("conv_1", "n", { note: true });
    await soon();
    await request(0).stored(4);
    expect(both()).toEqual([["a stored", "n sending"], ["n sending"]]);
    await request(1).stored(4); // of the notes, whose numbers are others
    expect(both()).toEqual([["a stored", "n stored"], ["n stored"]]);
    box.settle("conv_1", a.id);
    box.settle("conv_1", note.id);
    other.reached("conv_1", 4, { note: true });
    await soon();
    expect(both()).toEqual([[], []]);
    expect(kept.size).toBe(0);
  });

  it("know why it failed, and either may try again", async () => {
    box.setOnline(true);
    const a = box.add("conv_1", "a");
    await request(0).refused("text_too_long");
    expect(both()).toEqual([["a failed"], ["a failed"]]);
    expect(other.list("conv_1")[0]?.code).toBe("text_too_long");
    other.retry(a.id);
    await vi.advanceTimersByTimeAsync(300);
    expect(sent()).toEqual(["a", "a"]);
    expect(both()).toEqual([["a sending"], ["a sending"]]);
  });

  it("keep the pause that the server asked one of them for", async () => {
    box.setOnline(true);
    box.add("conv_1", "a");
    await request(0).refused("rate_limited", { retry_after_ms: 2000 });
    other.add("conv_1", "b");
    await soon();
    expect(sent()).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent()).toEqual(["a", "a"]);
  });
});

describe("localOutbox", () => {
  /** A localStorage of its own. */
  const memory = (): Storage => {
    const items: Record<string, string> = {};
    return Object.assign(
      Object.create({
        getItem: (k: string) => items[k] ?? null,
        setItem(this: Record<string, string>, k: string, v: string) {
          items[k] = v;
          this[k] = v;
        },
        removeItem(this: Record<string, string>, k: string) {
          delete items[k];
          delete this[k];
        },
      }) as Storage,
    );
  };

  it("keeps each message apart and touches nothing else", () => {
    const store = memory();
    store.setItem("other", "mine");
    const disk = localOutbox("out.", () => store);
    const m: Outgoing = { id: "1", conversation: "c", text: "a", at: 1, order: 1, state: "queued" };
    disk.save(m);
    localOutbox("out.", () => store).save({ ...m, id: "2" });
    expect(disk.load().map((x) => x.id)).toEqual(["1", "2"]);
    disk.remove("1");
    expect(disk.load().map((x) => x.id)).toEqual(["2"]);
    expect(store.getItem("other")).toBe("mine");
  });

  it("keeps the others when one cannot be read", () => {
    const store = memory();
    const disk = localOutbox("out.", () => store);
    disk.save({ id: "1", conversation: "c", text: "a", at: 1, order: 1, state: "queued" });
    store.setItem("out.2", '{"id":"2","conv');
    expect(disk.load().map((x) => x.id)).toEqual(["1"]);
    expect(store.getItem("out.2")).not.toBeNull();
  });

  it("tells of what another tab does, and of nothing else", () => {
    const heard: unknown[] = [];
    const page = new EventTarget();
    vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
    localOutbox("out.", memory).watch((id, m) => heard.push([id, m?.text]));
    vi.unstubAllGlobals();
    const change = (key: string | null, newValue: string | null) =>
      page.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
    change("out.1", JSON.stringify({ id: "1", text: "a" }));
    change("out.1", "{ this is no JSON");
    change("other", "{}");
    change(null, null); // everything was thrown away
    change("out.1", null);
    expect(heard).toEqual([
      ["1", "a"],
      ["1", undefined],
    ]);
  });

  it("goes on without storage", () => {
    const blocked = localOutbox("out.", () => {
      throw new DOMException("denied");
    });
    box = open(blocked);
    box.add("conv_1", "a");
    expect(states()).toEqual(["a queued"]);
  });
});
