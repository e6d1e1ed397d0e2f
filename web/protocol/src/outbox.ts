// Messages on their way: kept on the device until the server has them, sent in
// the order they were written, repeated with the same id until answered. So a
// message typed in a tunnel arrives once, or is shown as not sent.
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

/** Where messages survive a reload. Nothing that it does may throw. */
export interface OutStorage {
  load(): Outgoing[];
  save(message: Outgoing): void;
  remove(id: string): void;
}

export interface OutboxOptions {
  /** Asks the server to store a message; rejects with a Refusal. */
  send(message: Outgoing): Promise<{ seq?: number }>;
  storage: OutStorage;
  /** Messages of the conversation changed. */
  onChange?(conversation: string): void;
}

export const maxMessages = 50;
export const maxAgeMs = 30 * 60_000;
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

  constructor(private readonly options: OutboxOptions) {
    // What was on its way when the page went is asked about again.
    this.messages = options.storage
      .load()
      .map((m): Outgoing => (m.state === "sending" ? { ...m, state: "queued" } : m))
      .sort((a, b) => a.order - b.order);
  }

  /** The messages of a conversation that are not in its thread yet, in order. */
  list(conversation: string): readonly Outgoing[] {
    return this.messages.filter((m) => m.conversation === conversation);
  }

  /** Queues a message, or a note. With 50 not sent it is refused with the code outbox_full. */
  add(conversation: string, text: string, kind: { note?: true } = {}): Outgoing {
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
    const next = this.messages.find((m) => m.conversation === conversation && m.state === "queued");
    if (!next) return;
    if (Date.now() - next.at > maxAgeMs) {
      this.change(next, { ...next, state: "failed", code: "expired" });
      return this.pump(conversation);
    }
    this.busy.add(conversation);
    void this.send(next);
  }

  private async send(message: Outgoing): Promise<void> {
    const { id, conversation } = message;
    const sending = this.change(message, { ...message, state: "sending" });
    let pause = 0;
    try {
      const { seq } = await this.options.send(sending);
      this.delays.delete(conversation);
      this.update(id, (m) => ({ ...m, state: "stored", ...(seq === undefined ? {} : { seq }) }));
      this.options.storage.remove(id);
    } catch (e) {
      const refusal = e instanceof Refusal ? e : new Refusal("internal");
      if (passing.has(refusal.code)) {
        pause = this.pauseAfter(conversation, refusal);
        this.update(id, (m) => ({ ...m, state: "queued" }));
      } else {
        this.update(id, (m) => ({ ...m, state: "failed", code: refusal.code, params: refusal.params }));
      }
    }
    if (pause)
      this.pauses.set(
        conversation,
        setTimeout(() => this.free(conversation), pause),
      );
    else this.free(conversation);
  }

  private free(conversation: string): void {
    clearTimeout(this.pauses.get(conversation));
    this.pauses.delete(conversation);
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
    if (is.state !== "stored") this.options.storage.save(is);
    this.options.onChange?.(is.conversation);
    return is;
  }

  private drop(message: Outgoing): void {
    this.messages = this.messages.filter((m) => m !== message);
    this.options.storage.remove(message.id);
    this.options.onChange?.(message.conversation);
  }
}

/**
 * Keeps messages in localStorage, each under its own key, so that two tabs do
 * not overwrite each other's. Both may send what is left of an earlier page:
 * the id makes it one message. Without storage they live as long as the page.
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
          .map((key) => JSON.parse(s.getItem(key) ?? "") as Outgoing),
      ) ?? [],
    save: (m) => void attempt((s) => s.setItem(prefix + m.id, JSON.stringify(m))),
    remove: (id) => void attempt((s) => s.removeItem(prefix + id)),
  };
}
