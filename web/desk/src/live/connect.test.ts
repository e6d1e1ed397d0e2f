// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { active, agent, conversation, khalid, me, request, sara, setup } from "../stories/cast";
import type { Card, Desk } from "../../../protocol/src/types";
import { paneCard } from "../parts/InteractionPane";
import { typing, withOlder } from "./changes";
import { preferences } from "../settings";
import { connect, type Connection } from "./connect";

/** The server's end of the socket: what the desk said, and what it is told. */
class Server {
  static last: Server;
  onopen: (() => void) | null = null;
  onmessage: ((e: { data: string }) => void) | null = null;
  onclose: ((e: { code: number }) => void) | null = null;
  heard: Record<string, unknown>[] = [];
  private seq = 1;

  constructor() {
    Server.last = this;
    queueMicrotask(() => this.onopen?.());
  }
  send(text: string): void {
    this.heard.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.onclose = null;
  }
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  welcome(desk: Desk): void {
    this.say({ type: "welcome", now: new Date().toISOString(), beat_ms: 4000, user: me.user });
    this.say({ type: "snapshot", topic: `agent/${me.user}`, seq: this.seq, data: desk });
  }
  desk(kind: string, data: object): void {
    this.say({ type: "event", topic: `agent/${me.user}`, seq: ++this.seq, at: "", kind, data });
  }
  told(type: string): Record<string, unknown>[] {
    return this.heard.filter((frame) => frame.type === type);
  }
}

let connection: Connection;
let server: Server;

const card = request(khalid, { offer: 7 });
const part = active(khalid, 12);
const gone = (how: string, more = {}) => ({ key: card.key, conversation: khalid.id, how, ...more });
const cards = (): Card[] => connection.store.get().desk?.cards ?? [];

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Server);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify({ ticket: "t1" }))));
  localStorage.clear();
  connection = connect(me, setup);
  await vi.advanceTimersByTimeAsync(10);
  server = Server.last;
  server.welcome({ agent: agent(), cards: [card] });
  server.say({ type: "snapshot", topic: `conv/${khalid.id}`, seq: 4, data: conversation(khalid) });
});

afterEach(() => {
  connection.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const accept = () => connection.actions.accept(7);
const reply = (type: string) =>
  server.say({
    type: "reply",
    ref: server.told(type).at(-1)?.command_id,
    at: "",
    duplicate: false,
    part: 12,
  });

describe("another set-up of the organization", () => {
  const settings = {
    time_zone: "Africa/Cairo",
    hour_cycle: 12,
    digits: "arab",
    allow_decline: true,
    grace_ms: 90_000,
    reply_target_ms: 60_000,
    allow_reserved: false,
    picks: false,
    reasons: [{ id: "rsn_sold", kind: "wrapup", name: { en: "Sold", ar: "تم البيع" } }],
    templates: [],
  };
  const answer = (url: string) => (url.endsWith("/desk/settings") ? settings : { ticket: "t1" });
  const kept = () => connection.store.get().setup;
  beforeEach(() =>
    vi.stubGlobal("fetch", (url: string) => Promise.resolve(new Response(JSON.stringify(answer(url))))),
  );

  it("is asked for when the server says that there is one", async () => {
    server.say({ type: "signal", topic: `agent/${me.user}`, kind: "settings", data: {} });
    await vi.advanceTimersByTimeAsync(3000);
    expect(kept()).toEqual({
      timeZone: "Africa/Cairo",
      hourCycle: 12,
      digits: "arab",
      graceMs: 90_000,
      replyTargetMs: 60_000,
      allowDecline: true,
      allowReserved: false,
      picks: false,
      reasons: settings.reasons,
      templates: [],
    });
  });

  it("is asked for after there was no connection, when nobody could say so", async () => {
    await vi.advanceTimersByTimeAsync(3000);
    expect(kept()).toEqual(setup);
    server.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(2000);
    Server.last.welcome({ agent: agent(), cards: [] });
    await vi.advanceTimersByTimeAsync(3000);
    expect(kept().reasons).toEqual(settings.reasons);
  });

  it("that cannot be had leaves what is known", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 500 })));
    server.say({ type: "signal", topic: `agent/${me.user}`, kind: "settings", data: {} });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(kept()).toEqual(setup);
  });
});

describe("a request", () => {
  it("brings its thread with it", () => {
    expect(server.told("sub").map((frame) => frame.topic)).toEqual([
      `agent/${me.user}`,
      `conv/${khalid.id}`,
      `conv/${khalid.id}/staff`,
    ]);
    expect(connection.store.get().threads[khalid.id]?.conversation?.entries).toHaveLength(4);
  });

  it("missed and offered again at once brings its thread anew", () => {
    const ends = () => {
      for (const topic of [`conv/${khalid.id}`, `conv/${khalid.id}/staff`])
        server.say({ type: "unsubscribed", topic, code: "not_participant" });
    };
    const subs = () => server.told("sub").filter((frame) => frame.topic === `conv/${khalid.id}`).length;
    server.desk("card_gone", gone("missed"));
    ends();
    expect(subs()).toBe(1); // nobody asks for what they were just refused
    expect(connection.store.get().departed).toHaveLength(1);
    server.desk("card", request(khalid, { offer: 8 }));
    expect(connection.store.get().departed).toEqual([]); // the new one is not beside the old
    expect(subs()).toBe(2);
    server.say({ type: "snapshot", topic: `conv/${khalid.id}`, seq: 6, data: conversation(khalid) });
    server.desk("card", { ...request(khalid, { offer: 8 }), preview: [] });
    expect(subs()).toBe(2);

    server.desk("card_gone", { ...gone("withdrawn"), key: "offer/8" });
    ends();
    server.desk("card", { ...part, kind: "wrapup" });
    expect(subs()).toBe(2); // what was there stays readable, and nothing is added
  });

  it("is confirmed once, however often it is drawn", () => {
    connection.actions.confirm(7);
    connection.actions.confirm(7);
    expect(server.told("confirm")).toEqual([{ type: "confirm", offer: 7 }]);
  });

  it("accepted here stays until the card that follows is there", async () => {
    const done = accept();
    expect(connection.store.get().accepting[7]).toBeDefined();
    reply("accept");
    await done;
    server.desk("card_gone", gone("accepted", { part: 12 }));
    expect(cards().map((c) => c.key)).toEqual(["offer/7"]);
    server.desk("card", part);
    expect(cards().map((c) => c.key)).toEqual(["part/12"]);
    expect(connection.store.get().accepting).toEqual({});
    expect(connection.store.get().departed).toEqual([]);
  });

  it("accepted in another tab says so for a moment", () => {
    server.desk("card_gone", gone("accepted", { part: 12 }));
    server.desk("card", part);
    expect(cards().map((c) => c.key)).toEqual(["part/12"]);
    expect(connection.store.get().departed.map((d) => d.how)).toEqual(["accepted"]);
    vi.advanceTimersByTime(3000);
    expect(connection.store.get().departed).toEqual([]);
  });

  it("that the customer left stays a little longer, with its thread, and then goes", () => {
    server.desk("card_gone", gone("withdrawn", { cause: "customer" }));
    vi.advanceTimersByTime(3500);
    expect(connection.store.get().departed).toHaveLength(1);
    expect(connection.store.get().threads[khalid.id]).toBeDefined();
    vi.advanceTimersByTime(500);
    expect(connection.store.get().departed).toEqual([]);
    expect(connection.store.get().threads[khalid.id]).toBeUndefined();
    expect(server.told("unsub").map((frame) => frame.topic)).toEqual([
      `conv/${khalid.id}`,
      `conv/${khalid.id}/staff`,
    ]);
  });

  it("that cannot be accepted is given back, and why", async () => {
    const done = accept();
    const ref = server.told("accept")[0]?.command_id;
    server.say({ type: "error", ref, code: "offer_expired", detail: "…" });
    await expect(done).rejects.toMatchObject({ code: "offer_expired" });
    expect(connection.store.get().accepting).toEqual({});
  });
});

describe("what is written before Accept is confirmed", () => {
  it("is on the page at once and sent afterwards", async () => {
    const done = accept();
    connection.actions.send(khalid.id, "Good morning");
    expect(connection.store.get().threads[khalid.id]?.outgoing.map((m) => [m.text, m.mark])).toEqual([
      ["Good morning", "sending"],
    ]);
    await vi.advanceTimersByTimeAsync(100);
    expect(server.told("send")).toEqual([]);
    reply("accept");
    await done;
    await vi.advanceTimersByTimeAsync(100);
    expect(server.told("send").map((frame) => frame.text)).toEqual(["Good morning"]);
  });
});

describe("ending one's part", () => {
  const fetched = vi.fn((..._: unknown[]) => Promise.resolve(new Response("{}")));
  const asked = () => fetched.mock.calls.map(([path]) => String(path).split("/").at(-1));
  const stored = () => {
    const client = server.told("send").at(-1)?.command_id;
    const at = new Date().toISOString();
    server.say({ type: "reply", ref: client, at, seq: 5, duplicate: false });
    const data = { seq: 5, at, kind: "message", by: 2, client_id: client, text: "Goodbye" };
    server.say({ type: "event", topic: `conv/${khalid.id}`, seq: 5, at, kind: "message", data });
  };

  beforeEach(async () => {
    const done = accept();
    reply("accept");
    await done;
    server.desk("card_gone", gone("accepted", { part: 12 }));
    server.desk("card", part);
    fetched.mockClear();
    vi.stubGlobal("fetch", fetched);
    connection.actions.send(khalid.id, "Goodbye");
  });

  it.each([
    ["end", () => connection.actions.end(khalid.id)],
    ["leave", () => connection.actions.leave(khalid.id)],
    ["transfer", () => connection.actions.transfer(khalid.id, { queue: "que_1" }, "")],
  ])("comes after what was written before: %s", async (name, act) => {
    const done = act();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked()).toEqual([]);
    stored();
    await done;
    expect(asked()).toEqual([name]);
  });

  describe("with its wrap-up", () => {
    const list = { started_at: "", required: false, reasons: ["rsn_resolved"], cause: "customer" };
    const shown = () => paneCard(connection.store.get(), khalid.id);

    // A part in the same queue has ended before.
    beforeEach(() => {
      server.desk("card", { ...active(sara, 11), queue: part.queue, kind: "wrapup", wrapup: list });
    });

    it("shows it at once, and gives way to the server's own", async () => {
      const done = connection.actions.end(khalid.id);
      expect(shown()).toMatchObject({
        kind: "wrapup",
        part: 12,
        wrapup: { required: false, cause: "agent" },
      });
      expect(asked()).toEqual([]);
      stored();
      await done;
      expect(shown()?.kind).toBe("wrapup");
      server.desk("card", { ...part, kind: "wrapup", wrapup: { ...list, reasons: ["rsn_spam"] } });
      expect(shown()?.wrapup?.reasons).toEqual(["rsn_spam"]);
      expect(connection.store.get().ending).toEqual({});
    });

    it("takes it back when the server refuses", async () => {
      fetched.mockResolvedValueOnce(new Response('{"code":"not_participant"}', { status: 403 }));
      const done = connection.actions.leave(khalid.id);
      expect(shown()?.kind).toBe("wrapup");
      stored();
      await expect(done).rejects.toMatchObject({ code: "not_participant" });
      expect(shown()?.kind).toBe("active");
    });

    it("submits it after the end, however early the reason is chosen", async () => {
      const ended = connection.actions.end(khalid.id);
      const submitted = connection.actions.submitWrapUp(12, "rsn_resolved", "sent a new one");
      await vi.advanceTimersByTimeAsync(100);
      expect(asked()).toEqual([]);
      stored();
      await Promise.all([ended, submitted]);
      expect(asked()).toEqual(["end", "wrapup"]);
    });

    it("sends the note that the timer was faster than, and nothing where there is none", async () => {
      const wrapped = { ...part, kind: "wrapup" as const, wrapup: list };
      const timer = (key: string) => ({
        key,
        conversation: khalid.id,
        how: "wrapped_up",
        cause: "automatic",
      });
      server.desk("card", wrapped);
      connection.drafts.write(`${khalid.id}/wrapup`, " sent a new one ");
      server.desk("card_gone", timer(part.key));
      await vi.advanceTimersByTimeAsync(10);
      expect(asked()).toEqual(["wrapup"]);
      const [, sent] = fetched.mock.calls.at(-1) as unknown as [string, { body: string }];
      expect(JSON.parse(sent.body)).toEqual({ note: "sent a new one" });
      server.desk("card", wrapped);
      server.desk("card_gone", timer(part.key));
      await vi.advanceTimersByTimeAsync(10);
      expect(asked()).toEqual(["wrapup"]);
    });

    it("says nothing of a queue whose list is not known, nor without a connection", async () => {
      server.desk("card", { ...part, queue: { id: "que_new", name: { en: "New", ar: "جديدة" } } });
      void connection.actions.end(khalid.id);
      expect(shown()?.kind).toBe("active");
      server.desk("card", part);
      vi.stubGlobal("navigator", { ...navigator, onLine: false, platform: "" });
      window.dispatchEvent(new Event("offline"));
      await connection.actions.end(khalid.id);
      expect(shown()?.kind).toBe("active");
    });
  });

  it("waits neither for what was refused nor for a connection", async () => {
    const done = connection.actions.end(khalid.id);
    await vi.advanceTimersByTimeAsync(100);
    server.say({ type: "error", ref: server.told("send").at(-1)?.command_id, code: "too_long" });
    await done;
    expect(asked()).toEqual(["end"]);
    connection.actions.send(khalid.id, "anybody?");
    vi.stubGlobal("navigator", { ...navigator, onLine: false, platform: "" });
    window.dispatchEvent(new Event("offline"));
    await connection.actions.end(khalid.id);
    expect(asked()).toEqual(["end", "end"]);
  });
});

describe("without a connection", () => {
  it("messages wait, and say so", async () => {
    vi.stubGlobal("navigator", { ...navigator, onLine: false, platform: "" });
    window.dispatchEvent(new Event("offline"));
    expect(connection.store.get().link.state).toBe("offline");
    connection.actions.send(khalid.id, "anybody?");
    await vi.advanceTimersByTimeAsync(100);
    expect(connection.store.get().threads[khalid.id]?.outgoing[0]?.mark).toBe("waiting");
    expect(server.told("send")).toEqual([]);
  });

  it("for good when the session is over", () => {
    server.onclose?.({ code: 4501 });
    expect(connection.store.get().signedOut).toBe(true);
    expect(connection.store.get().left).toBeUndefined();
  });
});

describe("reading", () => {
  it("tells how far, once, and shows it at once", async () => {
    const done = accept();
    reply("accept");
    await done;
    server.desk("card_gone", gone("accepted", { part: 12 }));
    server.desk("card", active(sara, 12));
    server.say({ type: "snapshot", topic: `conv/${sara.id}`, seq: 9, data: conversation(sara, {}, 3) });
    connection.actions.seen(sara.id, 9);
    connection.actions.seen(sara.id, 9);
    expect(server.told("received").filter((frame) => frame.seen === 9)).toHaveLength(1);
    const own = connection.store
      .get()
      .threads[sara.id]?.conversation?.participants.find((p) => p.user === me.user);
    expect(own?.seen).toBe(9);
  });
});

describe("a thread", () => {
  it("takes older pages before what it has, without doubles", () => {
    const view = conversation(sara);
    const thread = {
      typing: [],
      outgoing: [],
      older: "loading" as const,
      conversation: { ...view, entries: view.entries.slice(4) },
    };
    const grown = withOlder(thread, view.entries.slice(0, 6), false);
    expect(grown.conversation?.entries.map((e) => e.seq)).toEqual(view.entries.map((e) => e.seq));
    expect(grown.conversation?.more).toBe(false);
  });

  it("knows who is writing, each once", () => {
    let now = typing([], { by: 1, name: "Sara", on: true });
    now = typing(now, { by: 3, name: "Layla", on: true });
    now = typing(now, { by: 1, name: "Sara", on: true });
    expect(now.map((t) => t.by)).toEqual([3, 1]);
    expect(typing(now, { by: 3, name: "Layla", on: false }).map((t) => t.by)).toEqual([1]);
  });
});

describe("a server that misbehaves", () => {
  const topic = `conv/${khalid.id}`;
  const message = (seq: number, text: string) => ({
    type: "event",
    topic,
    seq,
    at: "",
    kind: "message",
    data: { seq, at: new Date().toISOString(), kind: "message", by: 1, client_id: `c${seq}`, text },
  });
  const texts = () =>
    (connection.store.get().threads[khalid.id]?.conversation?.entries ?? []).slice(4).map((e) => e.text);

  it("and tells everything twice is heard once", () => {
    for (const text of ["a", "a"]) server.say(message(5, text));
    expect(texts()).toEqual(["a"]);
  });

  it("and tells out of order is asked again, and nothing is shown in the wrong place", () => {
    const asked = () => server.told("sub").filter((frame) => frame.topic === topic).length;
    const before = asked();
    server.say(message(6, "b"));
    expect(texts()).toEqual([]);
    expect(asked()).toBe(before + 1);
    server.say(message(5, "a"));
    server.say(message(6, "b"));
    expect(texts()).toEqual(["a", "b"]);
  });

  it("and tells what nobody knows leaves the desk as it is", () => {
    const { desk, threads } = connection.store.get();
    server.say({ type: "event", topic, seq: 5, at: "", kind: "confetti", data: { seq: 5 } });
    server.say({ type: "signal", topic, kind: "mood", data: {} });
    server.say({ type: "weather", wind: 3 });
    server.desk("trophy", {});
    expect(connection.store.get().desk).toEqual(desk);
    expect(connection.store.get().threads[khalid.id]?.conversation).toEqual(threads[khalid.id]?.conversation);
    server.say(message(6, "still here"));
    expect(texts()).toEqual(["still here"]);
  });

  it("and refuses a thread leaves a way to ask again", () => {
    connection.stop();
    connection = connect(me, setup);
    return vi.advanceTimersByTimeAsync(10).then(() => {
      server = Server.last;
      server.welcome({ agent: agent(), cards: [card] });
      const ref = server.told("sub").find((frame) => frame.topic === topic);
      expect(ref).toBeDefined();
      server.say({ type: "error", topic, code: "not_found", detail: "…" });
      expect(connection.store.get().threads[khalid.id]?.failed).toBe(true);
      connection.actions.reload(khalid.id);
      expect(connection.store.get().threads[khalid.id]?.failed).toBeUndefined();
      server.say({ type: "snapshot", topic, seq: 4, data: conversation(khalid) });
      expect(connection.store.get().threads[khalid.id]?.conversation?.entries).toHaveLength(4);
    });
  });
});

describe("drafts", () => {
  it("of another device are taken when they are newer", async () => {
    const { drafts } = connection;
    drafts.write(khalid.id, "here");
    const told = (text: string, revision: number) =>
      server.say({
        type: "signal",
        topic: `agent/${me.user}`,
        kind: "draft",
        data: { conversation: khalid.id, text, revision, at: "" },
      });
    told("older", Date.now() - 10_000);
    expect(drafts.read(khalid.id)).toBe("here");
    told("from my phone", Date.now() + 10_000);
    expect(drafts.read(khalid.id)).toBe("from my phone");
  });

  it("are put to the server with their time, and notes and books stay here", async () => {
    const put = vi.fn((..._: unknown[]) => Promise.resolve(new Response("{}")));
    vi.stubGlobal("fetch", put);
    connection.drafts.write(khalid.id, "half a sen");
    connection.drafts.write(`${khalid.id}/note`, "for us");
    connection.drafts.write(sara.id, "س".repeat(9000));
    connection.drafts.flush();
    await vi.advanceTimersByTimeAsync(10);
    expect(put.mock.calls.map(([path]) => path)).toEqual([`/api/v1/conversations/${khalid.id}/draft`]);
    const body = JSON.parse((put.mock.calls[0]?.[1] as { body: string }).body) as object;
    expect(body).toMatchObject({ text: "half a sen" });
  });
});

describe("preferences", () => {
  it("follow what the same person changes in another browser", () => {
    const data = { density: "compact", favorite_reasons: ["rsn_spam"] };
    server.say({ type: "signal", topic: `agent/${me.user}`, kind: "preferences", data });
    expect(preferences.get()).toMatchObject({ density: "compact", favoriteReasons: ["rsn_spam"] });
    server.say({ type: "signal", topic: `agent/${me.user}`, kind: "preferences", data: {} });
    expect(preferences.get()).toMatchObject({ density: "comfortable", favoriteReasons: [] });
  });
});

describe("the agent's state", () => {
  const presence = () => connection.store.get().desk?.agent.presence;

  it("is shown before the server has it, and stays when it agrees", async () => {
    const done = connection.actions.setPresence("idle", "rsn_lunch");
    expect(connection.store.get().desk?.agent).toMatchObject({ presence: "idle", idle_reason: "rsn_lunch" });
    await vi.advanceTimersByTimeAsync(0);
    reply("presence");
    await done;
    expect(presence()).toBe("idle");
  });

  it("goes back when the server refuses, unless it has said something since", async () => {
    const refuse = () =>
      server.say({ type: "error", ref: server.told("presence").at(-1)?.command_id, code: "unavailable" });
    const refused = connection.actions.setPresence("idle");
    await vi.advanceTimersByTimeAsync(0);
    refuse();
    await expect(refused).rejects.toMatchObject({ code: "unavailable" });
    expect(presence()).toBe("available");
    const again = connection.actions.setPresence("idle");
    await vi.advanceTimersByTimeAsync(0);
    server.desk("agent", agent({ presence: "rona" }));
    refuse();
    await expect(again).rejects.toMatchObject({ code: "unavailable" });
    expect(presence()).toBe("rona");
  });
});
