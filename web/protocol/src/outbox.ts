// Messages on their way: kept on the device until the server has them, sent in
// the order they were written, repeated with the same id until answered. So a
// message typed in a tunnel arrives once, or is shown as not sent.
//
// The tabs of one person share what is kept: each shows what was written in any
// of them, and whichever is connected sends it. Two that send the same do no
// harm, since the id makes it one message.
import { newId, Refusal } from "./socket";

/** sending: the server has been asked. stored: it has a number and will show up in the thread. */
export type OutState = "queued" | "sending" | "stored" | "failed";

export interface Outgoing {
  /** The client message id. */
  id: string;
  conversation: string;
  text: string;
  /** For colleagues only. */
  note?: true;
  /** What goes along; the bytes are kept elsewhere, see files.ts. */
  attachments?: OutFile[];
  /** When the tab that sends it last said that it does. */
  beat?: number;
  /** When it was written, by the browser's clock. */
  at: number;
  /** Orders the messages of one device. */
  order: number;
  state: OutState;
  /** With stored. */
  seq?: number;
  /** With failed: a code of the server, or expired: nobody could be asked for 30 minutes. */
  code?: string;
  params?: Record<string, unknown>;
}

/** A file on its way. */
export interface OutFile {
  /** Made here: names the bytes on the device, and the upload to the server. */
  key: string;
  name: string;
  type: string;
  size: number;
  width?: number;
  height?: number;
  /** The server's, once it has the bytes. */
  id?: string;
}

/** What a message is beside its text. */
export interface OutKind {
  note?: true;
  attachments?: OutFile[];
}

/** Where messages survive a reload. Nothing that it does may throw. */
export interface OutStorage {
  load(): Outgoing[];
  save(message: Outgoing): void;
  remove(id: string): void;
  /** Calls back when another tab has saved a message, or removed the one with that id. */
  watch(call: (id: string, message: Outgoing | undefined) => void): void;
}

export interface OutboxOptions {
  /** Asks the server to store a message; rejects with a Refusal. */
  send(message: Outgoing): Promise<{ seq?: number }>;
  storage: OutStorage;
  /** Messages of the conversation changed. */
  onChange?(conversation: string): void;
  /** A message left the outbox: the thread has it, or nobody wants it any more. */
  onGone?(message: Outgoing): void;
}

export const maxMessages = 50;
export const maxAgeMs = 30 * 60_000;
/** A message that another tab is sending is left to it for so long. */
export const othersTurnMs = 5_000;
/** After whatever another tab did it may go on at once: so long we wait and see. */
const handOverMs = 300;
const firstDelayMs = 1_000;
const maxDelayMs = 30_000;

/** Codes that say nothing about the message: it stays in the queue. */
const passing = new Set([
  "timeout",
  "closed",
  "unavailable",
  "internal",
  "rate_limited",
  "signed_out",
  "forbidden",
]);

export class Outbox {
  private messages: Outgoing[];
  private online = false;
  /** Conversations in which a message is on its way, or a pause is made. */
  private readonly busy = new Set<string>();
  private readonly delays = new Map<string, number>();
  private readonly pauses = new Map<string, ReturnType<typeof setTimeout>>();
  /** Messages that this tab is sending. */
  private readonly own = new Set<string>();
  /** Until when a conversation is left to another tab. */
  private readonly turns = new Map<string, number>();
  /** Conversations in which we wait for that. */
  private readonly leaving = new Set<string>();
  /** How far each thread is known here, by topic. */
  private readonly heads = new Map<string, number>();

  constructor(private readonly options: OutboxOptions) {
    const { storage } = options;
    const kept = storage.load();
    // What the server has comes with the thread.
    for (const { id } of kept.filter((m) => m.state === "stored")) storage.remove(id);
    // What was on its way when the page went is asked about again.
    this.messages = kept
      .filter((m) => m.state !== "stored")
      .map((m): Outgoing => (m.state === "sending" ? { ...m, state: "queued" } : m))
      .sort(byOrder);
    storage.watch((id, message) => this.elsewhere(id, message));
  }

  /** The messages of a conversation that are not in its thread yet, in order. */
  list(conversation: string): readonly Outgoing[] {
    return this.messages.filter((m) => m.conversation === conversation);
  }

  /** Queues a message, or a note. With 50 not sent it is refused with the code outbox_full. */
  add(conversation: string, text: string, kind: OutKind = {}): Outgoing {
    if (this.messages.filter((m) => m.state !== "stored").length >= maxMessages) {
      throw new Refusal("outbox_full", { max: maxMessages });
    }
    const at = Date.now();
    const last = this.messages[this.messages.length - 1];
    const order = Math.max(at, (last?.order ?? 0) + 1);
    const message: Outgoing = { id: newId(), conversation, text, ...kind, at, order, state: "queued" };
    this.messages = [...this.messages, message];
    this.options.storage.save(message);
    this.options.onChange?.(conversation);
    this.pump(conversation);
    return message;
  }

  /** Sends a failed message again, behind what was written since. Its id is the same. */
  retry(id: string): void {
    const message = this.find(id);
    if (message?.state !== "failed") return;
    const { code: _code, params: _params, ...rest } = message;
    const order = Math.max(...this.messages.map((m) => m.order)) + 1;
    this.messages = [...this.messages.filter((m) => m !== message), message];
    this.change(message, { ...rest, state: "queued", at: Date.now(), order });
    this.pump(message.conversation);
  }

  /** Forgets a message that is not sent: it failed, or waits. One that may have been stored stays. */
  discard(id: string): void {
    const message = this.find(id);
    if (message?.state === "failed" || message?.state === "queued") this.drop(message);
  }

  /** The thread shows the message with this id: it is no longer ours. */
  settle(conversation: string, id: string): void {
    const message = this.find(id);
    if (message?.conversation === conversation) this.drop(message);
  }

  /** The server has a file of a message: it need not be sent again, also after a reload. */
  uploaded(id: string, key: string, file: string): void {
    const named = (f: OutFile): OutFile => (f.key === key ? { ...f, id: file } : f);
    this.update(id, (m) => ({ ...m, ...(m.attachments ? { attachments: m.attachments.map(named) } : {}) }));
  }

  /** Says to other tabs that a message that takes long is still being sent here. */
  stillSending(id: string): void {
    const message = this.find(id);
    if (message?.state === "sending") this.options.storage.save({ ...message, beat: Date.now() });
  }

  /**
   * The thread (or with note, what colleagues write beside it) is known up to
   * this number: what the server has stored by then is in it, or was long ago.
   */
  reached(conversation: string, seq: number, kind: { note?: true } = {}): void {
    this.heads.set(topicOf({ conversation, ...kind }), seq);
    for (const message of this.messages) if (this.isShown(message)) this.drop(message);
  }

  /** Says whether there is a connection; with one, what waits is sent. */
  setOnline(online: boolean): void {
    this.online = online;
    if (!online) return;
    this.delays.clear();
    for (const conversation of [...this.pauses.keys()]) this.free(conversation);
    for (const conversation of new Set(this.messages.map((m) => m.conversation))) this.pump(conversation);
  }

  /** Sends the conversation's next message, if none is on its way. */
  private pump(conversation: string): void {
    if (!this.online || this.busy.has(conversation)) return;
    const next = this.messages.find((m) => m.conversation === conversation && waits(m));
    if (!next) return;
    const wait = (this.turns.get(conversation) ?? 0) - Date.now();
    if (wait > 0) {
      this.leaving.add(conversation);
      return this.pause(conversation, wait);
    }
    if (Date.now() - next.at > maxAgeMs) {
      this.change(next, { ...next, state: "failed", code: "expired" });
      return this.pump(conversation);
    }
    this.busy.add(conversation);
    void this.send(next);
  }

  private pause(conversation: string, ms: number): void {
    this.busy.add(conversation);
    this.pauses.set(
      conversation,
      setTimeout(() => this.free(conversation), ms),
    );
  }

  /** Another tab has a message that it did not have, or no longer has one. */
  private elsewhere(id: string, is: Outgoing | undefined): void {
    if (this.own.has(id)) return; // our own answer tells
    const was = this.find(id);
    const conversation = (is ?? was)?.conversation;
    // One that is stored stays until the thread shows it here, too.
    if (conversation === undefined || (!is && was?.state === "stored")) return;
    const before = this.messages.filter((m) => m !== was);
    this.messages = is && !this.isShown(is) ? [...before, is].sort(byOrder) : before;
    this.options.onChange?.(conversation);
    this.turns.set(conversation, Date.now() + (is?.state === "sending" ? othersTurnMs : handOverMs));
    if (this.leaving.has(conversation)) this.free(conversation);
    else this.pump(conversation);
  }

  /** The server has it, and so has the thread here. */
  private isShown(m: Outgoing): boolean {
    return m.state === "stored" && m.seq !== undefined && m.seq <= (this.heads.get(topicOf(m)) ?? 0);
  }

  private async send(message: Outgoing): Promise<void> {
    const { id, conversation } = message;
    this.own.add(id);
    const sending = this.change(message, { ...message, state: "sending" });
    let pause = 0;
    try {
      const { seq } = await this.options.send(sending);
      this.delays.delete(conversation);
      this.update(id, (m) => ({ ...m, state: "stored", ...(seq === undefined ? {} : { seq }) }));
      const stored = this.find(id);
      if (stored && this.isShown(stored)) this.drop(stored);
    } catch (e) {
      const refusal = e instanceof Refusal ? e : new Refusal("internal");
      const now = this.find(id);
      if (refusal.code === "canceled" && now) this.drop(now);
      else if (passing.has(refusal.code)) {
        pause = this.pauseAfter(conversation, refusal);
        this.update(id, (m) => ({ ...m, state: "queued" }));
      } else {
        this.update(id, (m) => ({ ...m, state: "failed", code: refusal.code, params: refusal.params }));
      }
    }
    this.own.delete(id);
    if (pause) this.pause(conversation, pause);
    else this.free(conversation);
  }

  private free(conversation: string): void {
    clearTimeout(this.pauses.get(conversation));
    this.pauses.delete(conversation);
    this.leaving.delete(conversation);
    this.busy.delete(conversation);
    this.pump(conversation);
  }

  /** Doubles with every failure in a row, unless the server says how long. */
  private pauseAfter(conversation: string, refusal: Refusal): number {
    const said = Number(refusal.params["retry_after_ms"]);
    if (said > 0) return said;
    const delay = this.delays.get(conversation) ?? firstDelayMs;
    this.delays.set(conversation, Math.min(maxDelayMs, delay * 2));
    return delay;
  }

  private find(id: string): Outgoing | undefined {
    return this.messages.find((m) => m.id === id);
  }

  private update(id: string, change: (m: Outgoing) => Outgoing): void {
    const message = this.find(id);
    if (message) this.change(message, change(message));
  }

  private change(was: Outgoing, is: Outgoing): Outgoing {
    this.messages = this.messages.map((m) => (m === was ? is : m));
    this.options.storage.save(is);
    this.options.onChange?.(is.conversation);
    return is;
  }

  private drop(message: Outgoing): void {
    this.messages = this.messages.filter((m) => m !== message);
    this.options.storage.remove(message.id);
    this.options.onGone?.(message);
    this.options.onChange?.(message.conversation);
  }
}

const byOrder = (a: Outgoing, b: Outgoing): number => a.order - b.order;

/** Has to be sent, here or elsewhere. */
const waits = ({ state }: Outgoing): boolean => state === "queued" || state === "sending";

const topicOf = (m: Pick<Outgoing, "conversation" | "note">): string =>
  m.conversation + (m.note ? "/note" : "");

/**
 * Keeps messages in localStorage, each under its own key, so that two tabs do
 * not overwrite each other's. Without storage they live as long as the page.
 */
export function localOutbox(prefix: string, store: () => Storage = () => localStorage): OutStorage {
  const attempt = <T>(act: (s: Storage) => T): T | undefined => {
    try {
      return act(store());
    } catch {
      return undefined; // blocked or full
    }
  };
  return {
    load: () =>
      attempt((s) =>
        Object.keys(s)
          .filter((key) => key.startsWith(prefix))
          .flatMap((key) => parsed(s.getItem(key) ?? "") ?? []),
      ) ?? [],
    save: (m) => void attempt((s) => s.setItem(prefix + m.id, JSON.stringify(m))),
    remove: (id) => void attempt((s) => s.removeItem(prefix + id)),
    watch: (call) =>
      globalThis.addEventListener?.("storage", ({ key, newValue }) => {
        if (!key?.startsWith(prefix)) return;
        const message = newValue === null ? undefined : parsed(newValue);
        if (newValue === null || message) call(key.slice(prefix.length), message);
      }),
  };
}

/** What cannot be read is left where it is and hides no other. */
function parsed(text: string): Outgoing | undefined {
  try {
    return JSON.parse(text) as Outgoing;
  } catch {
    return undefined;
  }
}
