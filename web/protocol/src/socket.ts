// The client's end of api/events.md: one connection that comes back by itself,
// topics that never show a hole, and commands that are done once.
//
// - A topic is followed from a snapshot on. Its events are handed over in
//   order, each once: a repeated one is dropped, a hole is filled by asking
//   again from the last one, and a reset begins anew with a snapshot.
// - A command is repeated with the same id until it is answered, also over a
//   new connection; the server sees to it that it has one effect.
// - Where no WebSocket comes through, the frames go over a stream.
// - Nothing here knows what topics and commands mean.
import { openStream } from "./stream";
import type { AnyEvent } from "./types";
import type { Wire } from "./wire";

export type LinkState = "connecting" | "online" | "reconnecting" | "offline";

export interface Link {
  state: LinkState;
  /** By the browser's clock, in milliseconds. */
  since: number;
  /** Online by the way around a proxy that blocks sockets. */
  roundabout?: boolean;
  /** How many tries failed since there was a connection; the one that is being made does not count yet. */
  attempts?: number;
  /** When the next one is made, by the browser's clock; none while one is being made. */
  next?: number;
  /** The server will not have us any more: signed_out or forbidden. We do not come back by ourselves. */
  ended?: string;
}

export type Hello = { ticket: string } | { visitor_token: string; embed_token?: string };

export interface Welcome {
  now: string;
  beat_ms: number;
  user?: string;
  conversation?: string;
}

export interface Reply {
  ref: string;
  at: string;
  seq?: number;
  duplicate: boolean;
  conversation?: string;
  part?: number;
}

/**
 * Why something was not done: a code of the server with its sentence in the
 * reader's language, or one of ours: timeout, closed.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly detail = "",
  ) {
    super(code);
  }
}

/** A frame; none of what is no JSON object, and which no server of ours sends. What is missing then shows as a gap. */
function frameOf(data: unknown): Frame | undefined {
  try {
    const frame: unknown = JSON.parse(String(data));
    return typeof frame === "object" && frame !== null ? (frame as Frame) : undefined;
  } catch {
    return undefined;
  }
}

/** Who wants to know of a topic. What it is given is as the server sent it. */
export interface Follower {
  /** Replace what you have. reset: what was missed can not be told event by event. */
  snapshot(data: unknown, seq: number, reset: boolean): void;
  /** The next event: its number is the last one plus one. */
  event(event: AnyEvent): void;
  signal?(kind: string, data: unknown): void;
  /** The right to follow ended; what came before stays readable. */
  ended?(code: string): void;
}

/** What is used of the page. */
export interface Surroundings {
  /** The network is there, as far as the browser knows. */
  online(): boolean;
  /** Calls back when the network comes or goes, or the page is shown; returns how to stop that. */
  changed(call: () => void): () => void;
}

export interface SocketOptions {
  url: string;
  /**
   * Who is there, asked for each connection: a ticket is valid once. A Refusal
   * with the code signed_out or forbidden ends it; any other error is tried again.
   */
  hello(): Promise<Hello>;
  onLink?(link: Link): void;
  onWelcome?(welcome: Welcome): void;
  open?(url: string): Wire;
  openStream?(url: string): Wire;
  random?(): number;
  surroundings?: Surroundings;
  /**
   * Calls again and again until the returned function is called: the beat,
   * which must not slow down in a hidden tab. Without it, setInterval does.
   */
  every?(ms: number, call: () => void): () => void;
}

export const firstDelayMs = 500;
export const maxDelayMs = 10_000;
/** A connection that has not said welcome by then is given up. */
export const welcomeWithinMs = 10_000;
/** A command that is not answered by then is asked about again; a ping, and the connection is gone. */
export const answerWithinMs = 8_000;
/** The same for a ping after the page was away: then it may be gone. */
export const doubtMs = 3_000;
/** The same after the browser had no network: then it most likely is, and a new one takes less than waiting. */
export const goneMs = 500;
/** A command that is not answered by then is refused with the code timeout. */
export const commandTimeoutMs = 30_000;
/** So many sockets in a row that never got to a welcome are taken to be blocked. */
const blockedAfter = 2;
/** On a stream we look whether a socket would come through: first after this, then twice as long each time. */
export const lookAfterMs = 30_000;
const lookAtMostMs = 30 * 60_000;
/** After so long online, the next loss is a new one. */
const settledAfterMs = 5_000;

interface Topic {
  follower: Follower;
  seq?: number;
  /** We asked for what is missing. */
  asked?: boolean;
}

interface Command {
  text: string;
  promise: Promise<Reply>;
  settle(answer: Reply | Refusal): void;
  sentAt: number;
}

type Frame = Record<string, unknown> & { type?: string; topic?: string };

export class Socket {
  private readonly topics = new Map<string, Topic>();
  private readonly commands = new Map<string, Command>();
  private readonly latest = new Map<string, string>();
  private readonly random: () => number;
  private readonly page: Surroundings;
  private link: Link = { state: "connecting", since: Date.now() };
  private wire: Wire | undefined;
  /** Which connection is the present one: the callbacks of others mean nothing. */
  private turn = 0;
  private welcomed = false;
  private wasOnline = false;
  private onlineAt = 0;
  private heardAt = 0;
  /** Since when a ping waits for an answer. */
  private pingedAt: number | undefined;
  private doubt: ReturnType<typeof setTimeout> | undefined;
  /** The browser had no network since anything was heard. */
  private wasCut = false;
  private tries = 0;
  /** Tries that failed since there was a connection. */
  private attempts = 0;
  private next: number | undefined;
  /** Sockets in a row that were opened and never welcomed. */
  private blocked = 0;
  private streaming = false;
  private looks = 0;
  private look: ReturnType<typeof setTimeout> | undefined;
  private spread = 0;
  private clock = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopBeats: (() => void) | undefined;
  private stopListening: (() => void) | undefined;

  constructor(private readonly options: SocketOptions) {
    this.random = options.random ?? Math.random;
    this.page = options.surroundings ?? browser;
  }

  get state(): Link {
    return this.link;
  }

  /** Now by the server's clock, in milliseconds: what its times are compared with. */
  serverNow(): number {
    return Date.now() + this.clock;
  }

  start(): void {
    if (this.stopListening) return;
    this.stopListening = this.page.changed(() => this.noticed());
    void this.connect();
  }

  stop(): void {
    this.stopListening?.();
    this.stopListening = undefined;
    this.hangUp();
    this.refuseAll("closed");
  }

  /** Tries at once instead of waiting for the next try. */
  reconnect(): void {
    if (!this.stopListening || this.welcomed || this.link.ended) return;
    this.hangUp(); // a try that hangs is no reason to wait
    this.tries = 0;
    void this.connect();
  }

  /** Follows a topic until the returned function is called. A topic has one follower, the last. */
  follow(name: string, follower: Follower): () => void {
    const topic: Topic = { follower };
    this.topics.set(name, topic);
    this.ask(name, topic);
    return () => {
      if (this.topics.get(name) !== topic) return;
      this.topics.delete(name);
      this.put({ type: "unsub", topic: name });
    };
  }

  /** Does a command once. The promise is rejected with a Refusal. */
  command(frame: object, id: string = newId(), timeoutMs: number = commandTimeoutMs): Promise<Reply> {
    const running = this.commands.get(id);
    if (running) return running.promise;
    let settle!: Command["settle"];
    const promise = new Promise<Reply>((resolve, reject) => {
      settle = (answer) => {
        clearInterval(asking);
        clearTimeout(giveUp);
        this.commands.delete(id);
        if (answer instanceof Refusal) reject(answer);
        else resolve(answer);
      };
    });
    const command: Command = {
      text: JSON.stringify({ ...frame, command_id: id }),
      promise,
      settle,
      sentAt: Date.now(),
    };
    const asking = setInterval(() => this.askAgain(command), answerWithinMs);
    const giveUp = setTimeout(() => settle(new Refusal("timeout")), timeoutMs);
    this.commands.set(id, command);
    this.deliver(command);
    return promise;
  }

  /**
   * Says something that has no answer. Without a connection it is lost, or with
   * a key, kept until there is one: the last of each key.
   */
  tell(frame: object, key?: string): void {
    if (!this.put(frame) && key !== undefined) this.latest.set(key, JSON.stringify(frame));
  }

  // ---- coming and going ----

  private async connect(): Promise<void> {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    this.next = undefined;
    this.show(this.wasOnline ? "reconnecting" : "connecting");
    // Also while asking for a ticket: an answer that never comes is no answer.
    this.timer = setTimeout(() => this.lost(0), welcomeWithinMs);
    let hello: Hello;
    try {
      hello = await this.options.hello();
    } catch (e) {
      if (turn !== this.turn) return;
      if (e instanceof Refusal && (e.code === "signed_out" || e.code === "forbidden")) this.end(e.code);
      else this.lost(0);
      return;
    }
    if (turn !== this.turn) return;
    // Neither is given up for good: if the stream fails too, it is the server
    // that cannot be reached, and the next try is a socket.
    this.streaming = this.blocked >= blockedAfter;
    const open = this.streaming
      ? (this.options.openStream ?? openStream)
      : (this.options.open ?? openWebSocket);
    const wire = open(this.options.url);
    this.wire = wire;
    const again = this.wasOnline || undefined;
    wire.onopen = () => turn === this.turn && wire.send(JSON.stringify({ type: "hello", again, ...hello }));
    wire.onmessage = (e) => turn === this.turn && this.heard(e.data);
    wire.onclose = (e) => turn === this.turn && this.lost(e.code);
  }

  private hangUp(): void {
    const wire = this.wire;
    this.turn++;
    this.wire = undefined;
    this.welcomed = false;
    clearTimeout(this.timer);
    this.stopBeats?.();
    this.stopBeats = undefined;
    this.pingedAt = undefined;
    clearTimeout(this.doubt);
    clearTimeout(this.look);
    wire?.close();
  }

  /** The connection is gone, by itself with a close code or because we gave it up. */
  private lost(code: number): void {
    this.weighWays(code);
    if (!this.welcomed) this.attempts++;
    this.hangUp();
    if (code === 4501) return this.end("signed_out");
    if (code >= 4500 && code < 4600) return this.end("forbidden");
    if (code === 4409) for (const topic of this.topics.values()) delete topic.seq;
    for (const topic of this.topics.values()) topic.asked = false;
    if (this.onlineAt && Date.now() - this.onlineAt >= settledAfterMs) this.tries = 0;
    this.onlineAt = 0;
    const longest = this.spread || Math.min(maxDelayMs, firstDelayMs * 2 ** this.tries++);
    this.spread = 0;
    const wait = this.random() * longest;
    this.next = Date.now() + wait;
    this.show(this.wasOnline ? "reconnecting" : "connecting");
    this.timer = setTimeout(() => void this.connect(), wait);
  }

  /** A connection that ended speaks for or against its way. */
  private weighWays(code: number): void {
    if (!this.wire) return; // there was none to lose
    const served = this.welcomed || code >= 1012; // whatever the server says itself came through
    if (!this.streaming) this.blocked = served ? 0 : this.blocked + 1;
    else if (!served) this.blocked = 0;
  }

  /** It may have been the server that was away, and not a proxy that stands in the way. */
  private lookForSocket(): void {
    this.look = setTimeout(
      () => {
        const probe = (this.options.open ?? openWebSocket)(this.options.url);
        const turn = this.turn;
        const settle = (open: boolean) => {
          probe.onopen = probe.onclose = null;
          probe.close();
          if (turn !== this.turn) return;
          if (!open) return this.lookForSocket();
          this.blocked = 0;
          this.tries = 0;
          this.lost(1012);
        };
        probe.onopen = () => settle(true);
        probe.onclose = () => settle(false);
      },
      Math.min(lookAtMostMs, lookAfterMs * 2 ** this.looks++),
    );
  }

  private end(code: string): void {
    this.hangUp();
    this.show("offline", code);
    this.refuseAll(code);
  }

  private refuseAll(code: string): void {
    for (const command of [...this.commands.values()]) command.settle(new Refusal(code));
  }

  /** The network came or went, or somebody looks at the page. */
  private noticed(): void {
    if (this.link.ended) return;
    if (!this.page.online()) {
      this.wasCut = true;
      if (!this.welcomed) this.show(this.link.state);
    } else if (this.welcomed) this.askWhetherAlive();
    else if (!this.wire) this.reconnect();
  }

  /** A connection may look alive long after the network under it has gone. */
  private askWhetherAlive(): void {
    this.ping();
    clearTimeout(this.doubt);
    const { wasCut } = this;
    const giveUp = () => {
      if (this.pingedAt === undefined) return;
      this.lost(0);
      // The network was the reason, and it is back.
      if (wasCut) this.reconnect();
    };
    this.doubt = setTimeout(giveUp, wasCut ? goneMs : doubtMs);
  }

  /** Every beat_ms while there is a connection. */
  private beat(every: number): void {
    this.put({ type: "beat" });
    const now = Date.now();
    if (this.pingedAt !== undefined) {
      if (now - this.pingedAt >= answerWithinMs) this.lost(0);
    } else if (now - this.heardAt >= every / 2) this.ping();
  }

  private ping(): void {
    this.pingedAt ??= Date.now();
    this.put({ type: "ping" });
  }

  private show(state: LinkState, ended?: string): void {
    if (state !== "online" && !this.page.online()) state = "offline";
    const attempts = this.wasOnline ? this.attempts : 0;
    const next = this.wasOnline ? this.next : undefined;
    const was = this.link;
    const same = state === was.state && ended === was.ended;
    if (same && (was.attempts ?? 0) === attempts && was.next === next) return;
    this.link = {
      state,
      since: same ? was.since : Date.now(),
      ...(attempts > 0 ? { attempts } : {}),
      ...(next === undefined ? {} : { next }),
      ...(state === "online" && this.streaming ? { roundabout: true } : {}),
      ...(ended === undefined ? {} : { ended }),
    };
    this.options.onLink?.(this.link);
  }

  // ---- what the server says ----

  private heard(data: unknown): void {
    this.heardAt = Date.now();
    this.pingedAt = undefined;
    this.wasCut = false;
    const frame = frameOf(data);
    if (!frame) return;
    const topic = frame.topic === undefined ? undefined : this.topics.get(frame.topic);
    switch (frame.type) {
      case "welcome":
        return this.welcome(frame as unknown as Welcome);
      case "snapshot":
        if (!topic) return;
        topic.seq = frame.seq as number;
        topic.asked = false;
        return topic.follower.snapshot(frame.data, topic.seq, frame.reset === true);
      case "event":
        if (topic) this.event(frame as unknown as AnyEvent, topic);
        return;
      case "signal":
        return topic?.follower.signal?.(frame.kind as string, frame.data);
      case "unsubscribed":
        return this.ended(frame, topic);
      case "reply":
        this.commands.get(frame.ref as string)?.settle(frame as unknown as Reply);
        return;
      case "error":
        return this.error(frame, topic);
      case "restarting":
        this.spread = frame.spread_ms as number;
    }
  }

  private welcome(w: Welcome): void {
    clearTimeout(this.timer);
    this.welcomed = this.wasOnline = true;
    this.attempts = 0;
    this.onlineAt = Date.now();
    this.clock = Date.parse(w.now) - Date.now();
    this.stopBeats?.();
    this.stopBeats = (this.options.every ?? interval)(w.beat_ms, () => this.beat(w.beat_ms));
    if (this.streaming) this.lookForSocket();
    else this.looks = 0;
    this.options.onWelcome?.(w);
    for (const [name, topic] of this.topics) this.ask(name, topic);
    for (const command of this.commands.values()) this.deliver(command);
    for (const text of this.latest.values()) this.wire?.send(text);
    this.latest.clear();
    this.show("online");
  }

  private event(event: AnyEvent, topic: Topic): void {
    // Before the snapshot, or told already.
    if (topic.seq === undefined || event.seq <= topic.seq) return;
    if (event.seq > topic.seq + 1) {
      if (!topic.asked) this.ask(event.topic, topic);
      return;
    }
    topic.seq = event.seq;
    topic.asked = false;
    topic.follower.event(event);
  }

  private ended(frame: Frame, topic: Topic | undefined): void {
    if (!topic) return;
    this.topics.delete(frame.topic as string);
    topic.follower.ended?.(frame.code as string);
  }

  private error(frame: Frame, topic: Topic | undefined): void {
    const refusal = new Refusal(
      frame.code as string,
      frame.params as Record<string, unknown> | undefined,
      frame.detail as string | undefined,
    );
    this.commands.get(frame.ref as string)?.settle(refusal);
    if (!topic || refusal.code === "internal" || refusal.code === "unavailable") return; // a close follows
    if (refusal.code === "seq_ahead") delete topic.seq;
    else this.ended(frame, topic);
  }

  // ---- what we say ----

  /** Sends it if we are online. */
  private put(frame: object): boolean {
    if (this.welcomed) this.wire?.send(JSON.stringify(frame));
    return this.welcomed;
  }

  private ask(name: string, topic: Topic): void {
    const since = topic.seq === undefined ? {} : { since: topic.seq };
    topic.asked = this.put({ type: "sub", topic: name, ...since });
  }

  private deliver(command: Command): void {
    if (!this.welcomed) return;
    command.sentAt = Date.now();
    this.wire?.send(command.text);
  }

  /** A command is not answered: where nothing at all is heard, the connection only looks alive. */
  private askAgain(command: Command): void {
    if (!this.welcomed) return;
    if (this.heardAt < command.sentAt) this.lost(0);
    else this.deliver(command);
  }
}

/** An identifier for a command or message: nobody else has it. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join(
    "",
  );
}

function interval(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms);
  return () => clearInterval(timer);
}

const openWebSocket = (url: string): Wire => new WebSocket(url) as unknown as Wire;

const browser: Surroundings = {
  online: () => navigator.onLine,
  changed(call) {
    const shown = () => document.visibilityState === "visible" && call();
    addEventListener("online", call);
    addEventListener("offline", call);
    document.addEventListener("visibilitychange", shown);
    return () => {
      removeEventListener("online", call);
      removeEventListener("offline", call);
      document.removeEventListener("visibilitychange", shown);
    };
  },
};
