import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { localOutbox, maxAgeMs, maxMessages, Outbox, type Outgoing, type OutStorage } from "./outbox";
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
let storage: OutStorage;
let box: Outbox;
let changes: string[];

const soon = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));

function open(): Outbox {
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
  storage = {
    load: () => [...kept.values()],
    save: (m) => void kept.set(m.id, m),
    remove: (id) => void kept.delete(id),
  };
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

  it("goes on without storage", () => {
    const blocked = localOutbox("out.", () => {
      throw new DOMException("denied");
    });
    storage = blocked;
    box = open();
    box.add("conv_1", "a");
    expect(states()).toEqual(["a queued"]);
  });
});
