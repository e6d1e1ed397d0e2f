import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakePage, FakeWire } from "./fake";
import {
  answerWithinMs,
  commandTimeoutMs,
  doubtMs,
  goneMs,
  newId,
  Refusal,
  Socket,
  welcomeWithinMs,
  lookAfterMs,
  type Hello,
  type Link,
} from "./socket";
import type { AnyEvent } from "./types";

const start = Date.parse("2026-11-22T09:00:00Z");

let wires: FakeWire[];
let streams: FakeWire[];
/** Of both kinds, in order. */
let opened: FakeWire[];
let page: FakePage;
let hellos: (() => Promise<Hello>)[];
let tickets: number;
let links: Link[];
let random: number;
let socket: Socket;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  wires = [];
  streams = [];
  opened = [];
  page = new FakePage();
  hellos = [];
  tickets = 0;
  links = [];
  random = 1;
  socket = new Socket({
    url: "wss://x/api/v1/socket",
    hello: () => hellos.shift()?.() ?? Promise.resolve({ ticket: `t${++tickets}` }),
    onLink: (link) => links.push(link),
    open: () => {
      const wire = new FakeWire();
      wires.push(wire);
      opened.push(wire);
      return wire;
    },
    openStream: () => {
      const wire = new FakeWire();
      streams.push(wire);
      opened.push(wire);
      return wire;
    },
    random: () => random,
    surroundings: page,
  });
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
});

const soon = () => vi.advanceTimersByTimeAsync(0);
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const latest = (): FakeWire => {
  const wire = opened.at(-1);
  if (!wire) throw new Error("no connection was opened");
  return wire;
};
const states = () => links.map((l) => l.state);

/** Answers the connection that was opened last. */
async function welcome(now = new Date().toISOString()): Promise<FakeWire> {
  await soon();
  const wire = latest();
  wire.onopen?.();
  wire.hear({ type: "welcome", now, beat_ms: 4000, user: "usr_1" });
  return wire;
}

/** A follower that writes down what it is told. */
function follow(topic: string): { told: unknown[]; stop: () => void } {
  const told: unknown[] = [];
  const stop = socket.follow(topic, {
    snapshot: (data, seq, reset) => told.push([reset ? "reset" : "snapshot", seq, data]),
    event: (e: AnyEvent) => told.push(e.seq),
    signal: (kind, data) => told.push([kind, data]),
    ended: (code) => told.push(code),
  });
  return { told, stop };
}

const event = (seq: number, topic = "conv/1") => ({
  type: "event",
  topic,
  seq,
  at: "",
  kind: "message",
  data: {},
});
const snapshot = (seq: number, more: object = {}) => ({
  type: "snapshot",
  topic: "conv/1",
  seq,
  data: { seq },
  ...more,
});

describe("opening", () => {
  it("says who is there, and is online when welcomed", async () => {
    socket.start();
    expect(socket.state.state).toBe("connecting");
    const wire = await welcome();
    expect(wire.said[0]).toEqual({ type: "hello", ticket: "t1" });
    expect(states()).toEqual(["online"]);
  });

  it("knows the server's clock", async () => {
    socket.start();
    await welcome(new Date(start + 90_000).toISOString());
    expect(socket.serverNow()).toBe(start + 90_000);
    await after(1000);
    expect(socket.serverNow()).toBe(start + 91_000);
  });

  it("beats as often as it was told, and no longer than it is connected", async () => {
    socket.start();
    const wire = await welcome();
    await after(12_000);
    expect(wire.of("beat")).toHaveLength(3);
    wire.end(1006);
    await after(0);
    expect(wire.of("beat")).toHaveLength(3);
  });

  it("gives up a connection that is never welcomed", async () => {
    socket.start();
    await soon();
    await after(welcomeWithinMs + 500);
    expect(wires).toHaveLength(2);
    expect(wires[0]?.closed).toBe(true);
  });

  it("gives up a ticket that never comes, and ignores it when it does", async () => {
    let late: (h: Hello) => void = () => {};
    hellos.push(() => new Promise((resolve) => (late = resolve)));
    socket.start();
    await after(welcomeWithinMs + 500);
    expect(wires).toHaveLength(1);
    late({ ticket: "late" });
    await soon();
    expect(wires).toHaveLength(1);
  });

  it("tries again when no ticket is to be had, and ends when the session has", async () => {
    hellos.push(() => Promise.reject(new Error("no network")));
    hellos.push(() => Promise.reject(new Refusal("signed_out")));
    socket.start();
    await soon();
    expect(links).toEqual([]);
    await after(500);
    expect(socket.state).toMatchObject({ state: "offline", ended: "signed_out" });
    page.shown();
    await after(60_000);
    expect(wires).toHaveLength(0);
  });
});

describe("coming back", () => {
  it("waits twice as long each time, at random, up to ten seconds", async () => {
    random = 0.5;
    socket.start();
    await soon();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const before = opened.length;
      latest().end(1006);
      let waited = 0;
      while (opened.length === before) {
        await after(50);
        waited += 50;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  });

  it("starts over after a while online, not after a moment", async () => {
    socket.start();
    await welcome();
    latest().end(1006);
    await after(500);
    await welcome();
    latest().end(1006);
    await after(999);
    expect(wires).toHaveLength(2);
    await after(1);
    await welcome();
    await after(5000);
    latest().end(1006);
    await after(500);
    expect(wires).toHaveLength(4);
  });

  it.each(["the network is back", "somebody looks at the page"])("comes at once when %s", async (why) => {
    socket.start();
    await welcome();
    page.isOnline = false;
    latest().end(1006);
    expect(socket.state.state).toBe("offline");
    if (why === "the network is back") page.network(true);
    else {
      page.isOnline = true;
      page.shown();
    }
    await soon();
    expect(wires).toHaveLength(2);
    expect(socket.state.state).toBe("reconnecting");
  });

  it("does not open a second connection beside a good one", async () => {
    socket.start();
    await welcome();
    page.shown();
    page.network(true);
    await soon();
    expect(wires).toHaveLength(1);
  });

  it("takes a new ticket each time, also after 4401", async () => {
    socket.start();
    await soon();
    latest().onopen?.();
    latest().end(4401);
    await after(500);
    latest().onopen?.();
    expect(latest().said[0]).toEqual({ type: "hello", ticket: "t2" });
  });

  it("says that it was there before, so that nobody comes back without knowing", async () => {
    socket.start();
    (await welcome()).end(1006);
    await after(500);
    latest().onopen?.();
    expect(latest().said[0]).toEqual({ type: "hello", ticket: "t2", again: true });
  });

  it("spreads over the time a restarting server gives", async () => {
    socket.start();
    const wire = await welcome();
    wire.hear({ type: "restarting", spread_ms: 3000 });
    wire.end(1012);
    await after(2999);
    expect(wires).toHaveLength(1);
    await after(1);
    expect(wires).toHaveLength(2);
  });

  it.each([
    [4501, "signed_out"],
    [4503, "forbidden"],
  ])("stays away after %i", async (code, ended) => {
    socket.start();
    await welcome();
    const waiting = socket.command({ type: "accept", offer: 7 });
    const refused = expect(waiting).rejects.toMatchObject({ code: ended });
    latest().end(code);
    await after(60_000);
    await refused;
    expect(wires).toHaveLength(1);
    expect(socket.state).toMatchObject({ state: "offline", ended });
  });

  it("leaves nothing behind when stopped", async () => {
    socket.start();
    const wire = await welcome();
    const refused = expect(socket.command({ type: "accept", offer: 7 })).rejects.toMatchObject({
      code: "closed",
    });
    socket.stop();
    await refused;
    wire.end(1000);
    await after(60_000);
    expect(wire.closed).toBe(true);
    expect(wires).toHaveLength(1);
    expect(page.listened).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not hear an earlier connection", async () => {
    const { told } = follow("conv/1");
    socket.start();
    const old = await welcome();
    old.hear(snapshot(1));
    old.end(1006);
    await after(500);
    const now = await welcome();
    old.hear(event(2), { type: "signal", topic: "conv/1", kind: "typing", data: {} });
    old.end(4501);
    now.hear(event(2));
    expect(told).toEqual([["snapshot", 1, { seq: 1 }], 2]);
    expect(socket.state.state).toBe("online");
  });
});

describe("a network that went without a word", () => {
  it("is noticed although nobody says anything here, and what was missed is asked for", async () => {
    socket.start();
    const wire = await welcome();
    const { told } = follow("conv/1");
    wire.hear(snapshot(3));
    wire.dead = true;
    await after(3_999);
    expect(wire.of("ping")).toHaveLength(0);
    await after(1);
    expect(wire.of("ping")).toHaveLength(1);
    await after(answerWithinMs); // on the beat
    expect(wire.closed).toBe(true);
    await after(500);
    const next = await welcome();
    expect(next.of("sub").at(-1)).toEqual({ type: "sub", topic: "conv/1", since: 3 });
    next.hear(event(4));
    expect(told.at(-1)).toBe(4);
  });

  it("is not suspected while anything is heard", async () => {
    socket.start();
    const wire = await welcome();
    for (let i = 0; i < 20; i++) {
      await after(1_500);
      wire.hear({ type: "signal", topic: "conv/2", kind: "typing", data: {} });
    }
    expect(wire.of("ping")).toHaveLength(0);
    // A quiet line is asked, and answers.
    await after(60_000);
    expect(wire.of("ping").length).toBeGreaterThan(10);
    expect(wires).toHaveLength(1);
  });

  it("is suspected at once when the browser says that it is back, and another is made without delay", async () => {
    socket.start();
    const wire = await welcome();
    wire.dead = true;
    page.network(false);
    page.network(true);
    expect(wire.of("ping")).toHaveLength(1);
    await after(goneMs - 1);
    expect(wire.closed).toBe(false);
    await after(1);
    expect(wire.closed).toBe(true);
    expect(wires).toHaveLength(2);
    await welcome();
    await after(10 * doubtMs);
    expect(wires).toHaveLength(2);
  });

  it("that did not go stays as it is when the browser says that it is back", async () => {
    socket.start();
    const wire = await welcome();
    page.network(false);
    page.network(true);
    expect(wire.of("ping")).toHaveLength(1);
    await after(goneMs);
    expect(wires).toHaveLength(1);
  });

  it("is suspected when the page is seen again, and given longer", async () => {
    socket.start();
    const wire = await welcome();
    page.shown();
    expect(wire.of("ping")).toHaveLength(1);
    await after(doubtMs);
    expect(wires).toHaveLength(1);
    wire.dead = true;
    page.shown();
    await after(doubtMs - 1);
    expect(wire.closed).toBe(false);
    await after(1);
    expect(wire.closed).toBe(true);
    await after(500);
    expect(wires).toHaveLength(2);
  });
});

describe("what is shown of it", () => {
  const last = () => links.at(-1);

  it("is how often it was tried, and when it will be again", async () => {
    socket.start();
    (await welcome()).end(1006);
    expect(last()).toMatchObject({ state: "reconnecting", next: Date.now() + 500 });
    expect(last()).not.toHaveProperty("attempts");
    const since = last()?.since;
    await after(500);
    expect(last()).not.toHaveProperty("next"); // it is being tried
    latest().end(1006);
    expect(last()).toMatchObject({ state: "reconnecting", attempts: 1, since, next: Date.now() + 1000 });
    await after(1000);
    latest().end(1006);
    expect(last()).toMatchObject({ attempts: 2, since });
    await after(2000);
    await welcome();
    expect(last()).toMatchObject({ state: "online", since: Date.now() });
    for (const over of ["attempts", "next"]) expect(last()).not.toHaveProperty(over);
  });

  it("is that a try is made at once when asked for, also instead of one that hangs", async () => {
    socket.start();
    (await welcome()).end(1006);
    socket.reconnect();
    await soon();
    expect(wires).toHaveLength(2);
    socket.reconnect();
    await soon();
    expect(wires).toHaveLength(3);
    expect(wires[1]?.closed).toBe(true);
    await welcome();
    socket.reconnect();
    await soon();
    expect(wires).toHaveLength(3);
  });
});

describe("topics", () => {
  it("follows from a snapshot on", async () => {
    const { told } = follow("conv/1");
    socket.start();
    const wire = await welcome();
    expect(wire.of("sub")).toEqual([{ type: "sub", topic: "conv/1" }]);
    wire.hear(event(4), snapshot(5), event(6), event(7, "conv/2"), event(7));
    expect(told).toEqual([["snapshot", 5, { seq: 5 }], 6, 7]);
  });

  it("drops what it was told twice", async () => {
    const { told } = follow("conv/1");
    socket.start();
    (await welcome()).hear(snapshot(5), event(5), event(6), event(6), event(3), event(7));
    expect(told).toEqual([["snapshot", 5, { seq: 5 }], 6, 7]);
  });

  it("asks for what is missing, once, and shows nothing beyond it before", async () => {
    const { told } = follow("conv/1");
    socket.start();
    const wire = await welcome();
    wire.hear(snapshot(5), event(8), event(9));
    expect(wire.of("sub").slice(1)).toEqual([{ type: "sub", topic: "conv/1", since: 5 }]);
    wire.hear(event(6), event(7), event(8), event(9), event(10));
    expect(told.slice(1)).toEqual([6, 7, 8, 9, 10]);
    wire.hear(event(12));
    expect(wire.of("sub")).toHaveLength(3);
  });

  it("puts up with events out of order", async () => {
    const { told } = follow("conv/1");
    socket.start();
    const wire = await welcome();
    wire.hear(snapshot(5), event(7), event(6), event(6), event(7), event(8));
    expect(told.slice(1)).toEqual([6, 7, 8]);
  });

  it("begins anew after a reset", async () => {
    const { told } = follow("conv/1");
    socket.start();
    (await welcome()).hear(snapshot(5), event(9), snapshot(900, { reset: true }), event(900), event(901));
    expect(told).toEqual([["snapshot", 5, { seq: 5 }], ["reset", 900, { seq: 900 }], 901]);
  });

  it("resumes every topic where it stopped", async () => {
    const one = follow("conv/1");
    follow("conv/2");
    socket.start();
    (await welcome()).hear(snapshot(5), event(6));
    latest().end(4408);
    await after(500);
    const wire = await welcome();
    expect(wire.of("sub")).toEqual([
      { type: "sub", topic: "conv/1", since: 6 },
      { type: "sub", topic: "conv/2" },
    ]);
    wire.hear(event(7));
    expect(one.told.slice(1)).toEqual([6, 7]);
  });

  it("asks again for what was still missing when the connection went", async () => {
    const { told } = follow("conv/1");
    socket.start();
    (await welcome()).hear(snapshot(5), event(8));
    latest().end(1006);
    await after(500);
    const wire = await welcome();
    wire.hear(event(6), event(9));
    expect(wire.of("sub")).toEqual([
      { type: "sub", topic: "conv/1", since: 5 },
      { type: "sub", topic: "conv/1", since: 6 },
    ]);
    expect(told.slice(1)).toEqual([6]);
  });

  it.each([
    ["the error", [{ type: "error", topic: "conv/1", code: "seq_ahead" }], 1006],
    ["the close code", [], 4409],
  ])("starts without since after seq_ahead, known from %s", async (_, frames, code) => {
    follow("conv/1");
    socket.start();
    const wire = await welcome();
    wire.hear(snapshot(5), ...frames);
    wire.end(code);
    await after(500);
    expect((await welcome()).of("sub")).toEqual([{ type: "sub", topic: "conv/1" }]);
  });

  it("tells the follower when the right ended, and does not ask again", async () => {
    const gone = follow("conv/1");
    const foreign = follow("conv/2");
    socket.start();
    const wire = await welcome();
    wire.hear(snapshot(5), { type: "unsubscribed", topic: "conv/1", code: "not_participant" }, event(6));
    wire.hear({ type: "error", topic: "conv/2", code: "not_found" });
    expect(gone.told.slice(1)).toEqual(["not_participant"]);
    expect(foreign.told).toEqual(["not_found"]);
    wire.end(1006);
    await after(500);
    expect((await welcome()).of("sub")).toEqual([]);
  });

  it("keeps a topic the server could not fill, and asks for it when it is back", async () => {
    const { told } = follow("conv/1");
    socket.start();
    const wire = await welcome();
    wire.hear({ type: "error", topic: "conv/1", code: "unavailable" });
    wire.end(1012);
    await after(500);
    expect((await welcome()).of("sub")).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it("can be left, and followed again from the beginning", async () => {
    const first = follow("conv/1");
    socket.start();
    const wire = await welcome();
    wire.hear(snapshot(5));
    first.stop();
    const second = follow("conv/1");
    first.stop();
    wire.hear(event(6), snapshot(6), event(7));
    expect(wire.said.slice(2)).toEqual([
      { type: "unsub", topic: "conv/1" },
      { type: "sub", topic: "conv/1" },
    ]);
    expect(first.told).toHaveLength(1);
    expect(second.told).toEqual([["snapshot", 6, { seq: 6 }], 7]);
  });

  it("passes over what is no frame, and goes on", async () => {
    const { told } = follow("conv/1");
    socket.start();
    const wire = await welcome();
    wire.hear(snapshot(1));
    for (const data of ["{", "null", "7", '{"type":"fanfare"}']) wire.onmessage?.({ data });
    wire.hear(event(2));
    expect(told).toHaveLength(2);
  });

  it("hands on signals", async () => {
    const { told } = follow("conv/1");
    socket.start();
    const typing = { by: 2, name: "Layla", on: true };
    (await welcome()).hear({ type: "signal", topic: "conv/1", kind: "typing", data: typing });
    expect(told).toEqual([["typing", typing]]);
  });
});

describe("commands", () => {
  const reply = (ref: string, seq: number) => ({ type: "reply", ref, seq, at: "", duplicate: false });

  it("are answered by their id, in any order", async () => {
    socket.start();
    const wire = await welcome();
    const first = socket.command({ type: "send", text: "a" }, "c1");
    const second = socket.command({ type: "send", text: "b" }, "c2");
    wire.hear(reply("c2", 2), reply("c1", 1));
    expect((await first).seq).toBe(1);
    expect((await second).seq).toBe(2);
    expect(wire.of("send")[0]).toEqual({ type: "send", text: "a", command_id: "c1" });
  });

  it("are refused with the server's code and sentence", async () => {
    socket.start();
    const wire = await welcome();
    const refused = expect(socket.command({ type: "accept", offer: 7 }, "c1")).rejects.toMatchObject({
      code: "offer_expired",
      params: { end: "missed" },
      detail: "Too late",
    });
    wire.hear({
      type: "error",
      ref: "c1",
      code: "offer_expired",
      params: { end: "missed" },
      detail: "Too late",
    });
    await refused;
  });

  it("wait for the connection and are sent again over the next, with the same id", async () => {
    const done = socket.command({ type: "accept", offer: 7 }, "c1");
    socket.start();
    const wire = await welcome();
    expect(wire.of("accept")).toHaveLength(1);
    wire.end(1006);
    await after(500);
    const next = await welcome();
    expect(next.of("accept")).toEqual(wire.of("accept"));
    next.hear(reply("c1", 3));
    expect((await done).seq).toBe(3);
  });

  it("are one, however often they are asked for", async () => {
    socket.start();
    const wire = await welcome();
    const first = socket.command({ type: "accept", offer: 7 }, "c1");
    const second = socket.command({ type: "accept", offer: 7 }, "c1");
    wire.hear(reply("c1", 3));
    expect(await first).toBe(await second);
    expect(wire.of("accept")).toHaveLength(1);
  });

  it("are asked about again where only their answer is missing", async () => {
    socket.start();
    const wire = await welcome();
    const done = socket.command({ type: "accept", offer: 7 }, "c1");
    await after(1000);
    wire.hear({ type: "signal", topic: "x", kind: "typing", data: {} });
    await after(answerWithinMs - 1000);
    expect(wire.of("accept")).toHaveLength(2);
    wire.hear(reply("c1", 3));
    expect((await done).seq).toBe(3);
    await after(commandTimeoutMs);
    expect(wire.of("accept")).toHaveLength(2);
  });

  it("show that a silent connection is dead", async () => {
    socket.start();
    const wire = await welcome();
    await after(10);
    wire.dead = true;
    const done = socket.command({ type: "accept", offer: 7 }, "c1");
    await after(answerWithinMs);
    expect(wire.closed).toBe(true);
    expect(socket.state.state).toBe("reconnecting");
    await after(500);
    const next = await welcome();
    next.hear(reply("c1", 3));
    expect((await done).seq).toBe(3);
  });

  it("time out, and a late answer is nobody's", async () => {
    socket.start();
    const refused = expect(socket.command({ type: "accept", offer: 7 }, "c1")).rejects.toMatchObject({
      code: "timeout",
    });
    await after(commandTimeoutMs);
    await refused;
    const wire = await welcome();
    wire.hear(reply("c1", 3), { type: "error", ref: "c1", code: "internal" });
    expect(wire.of("accept")).toEqual([]);
    expect(socket.state.state).toBe("online");
  });

  it("have ids that nobody else has", () => {
    const ids = new Set(Array.from({ length: 1000 }, newId));
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[!-~]{1,64}$/);
  });
});

describe("what has no answer", () => {
  it("is said when there is a connection, else kept by key, the last of each", async () => {
    socket.tell({ type: "typing", on: true });
    socket.tell({ type: "received", seen: 1 }, "received/1");
    socket.tell({ type: "received", seen: 2 }, "received/1");
    socket.start();
    const wire = await welcome();
    socket.tell({ type: "confirm", offer: 7 });
    expect(wire.said.slice(1)).toEqual([
      { type: "received", seen: 2 },
      { type: "confirm", offer: 7 },
    ]);
    wire.end(1006);
    await after(500);
    expect((await welcome()).of("received")).toEqual([]);
  });
});

describe("a proxy that lets no socket through", () => {
  /** Every socket ends before it says welcome. */
  async function blocked(): Promise<FakeWire> {
    socket.start();
    for (let n = 0; n < 2; n++) {
      await soon();
      latest().onclose?.({ code: 1006 });
      await after(1000 * 2 ** n);
    }
    const stream = streams.at(-1);
    if (!stream) throw new Error("no stream was opened");
    stream.onopen?.();
    return stream;
  }
  const welcomed = (wire: FakeWire) =>
    wire.hear({ type: "welcome", now: new Date().toISOString(), beat_ms: 4000, user: "usr_1" });

  it("is gone around after two sockets, and the link says so", async () => {
    const stream = await blocked();
    expect(wires).toHaveLength(2);
    expect(stream.said[0]).toMatchObject({ type: "hello" });
    welcomed(stream);
    expect(links.at(-1)).toMatchObject({ state: "online", roundabout: true });
  });

  it("does not make the stream the last hope: the next try is a socket", async () => {
    const stream = await blocked();
    stream.onclose?.({ code: 1006 });
    await after(10_000);
    expect(streams).toHaveLength(1);
    expect(wires).toHaveLength(3);
    await welcome();
    expect(links.at(-1)?.roundabout).toBeUndefined();
  });

  it("is looked at again, and left behind without a hole once sockets come through", async () => {
    const stream = await blocked();
    welcomed(stream);
    const { told } = follow("conv/1");
    stream.hear({ type: "snapshot", topic: "conv/1", seq: 3, data: {} });
    await after(lookAfterMs);
    latest().onclose?.({ code: 1006 }); // still blocked
    await after(lookAfterMs);
    expect(wires).toHaveLength(3);
    expect(socket.state.state).toBe("online");
    await after(lookAfterMs); // twice as long as before
    expect(wires).toHaveLength(4);
    latest().onopen?.();
    await after(10_000);
    const found = await welcome();
    expect(found.said).toContainEqual({ type: "sub", topic: "conv/1", since: 3 });
    expect(stream.closed).toBe(true);
    expect(told).toEqual([["snapshot", 3, {}]]);
    expect(socket.state.roundabout).toBeUndefined();
  });

  it("is not suspected when the server itself says no or goes away", async () => {
    socket.start();
    for (const code of [4401, 1012, 4408]) {
      await soon();
      latest().onclose?.({ code });
      await after(10_000);
    }
    expect(streams).toHaveLength(0);
  });
});
