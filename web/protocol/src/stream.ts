// The way around a proxy that lets no WebSocket through: what the server says
// comes as server-sent events, what we say goes as one request a frame, each
// after the one before was taken. To Socket it is a wire like any other.
import type { Wire } from "./wire";

/** What is used of an EventSource. */
export interface Events {
  addEventListener(kind: string, call: (e: { data?: unknown }) => void): void;
  close(): void;
}

export interface StreamSurroundings {
  events(url: string): Events;
  /** Whether the server took it: 2xx. */
  post(url: string, body: string): Promise<boolean>;
}

/** Opens a stream; the address is that of the socket. */
export function openStream(socket: string, at: StreamSurroundings = browser): Wire {
  const url = socket.replace(/^ws/, "http").replace(/\/socket(?=$|\?)/, "/streams");
  return new Stream(url, at);
}

class Stream implements Wire {
  onopen: Wire["onopen"] = null;
  onmessage: Wire["onmessage"] = null;
  onclose: Wire["onclose"] = null;
  private readonly events: Events;
  private readonly waiting: string[] = [];
  private name: string | undefined;
  private saying = false;
  private over = false;

  constructor(
    private readonly url: string,
    private readonly at: StreamSurroundings,
  ) {
    this.events = at.events(url);
    this.events.addEventListener("stream", (e) => {
      this.name = parsed<{ stream: string }>(e).stream;
      this.onopen?.();
    });
    this.events.addEventListener("message", (e) => this.over || this.onmessage?.({ data: e.data }));
    this.events.addEventListener("ping", () => void this.answer());
    this.events.addEventListener("close", (e) => this.end(parsed<{ code: number }>(e).code));
    // An EventSource would open another stream by itself; Socket decides that.
    this.events.addEventListener("error", () => this.end(1006));
  }

  send(text: string): void {
    this.waiting.push(text);
    if (!this.saying) void this.say();
  }

  close(): void {
    this.over = true;
    this.waiting.length = 0;
    this.events.close();
  }

  /** One after the other: frames keep their order. */
  private async say(): Promise<void> {
    this.saying = true;
    for (let text = this.waiting.shift(); text !== undefined; text = this.waiting.shift())
      if (!(await this.post(text))) break;
    this.saying = false;
  }

  /** Beside the others: that we are there must not wait for the disk. */
  private answer(): Promise<boolean> {
    return this.post("");
  }

  private async post(body: string): Promise<boolean> {
    const at = new URL(this.url, globalThis.location?.href);
    at.pathname += `/${this.name ?? ""}`;
    const taken = await this.at.post(at.href, body).catch(() => false);
    // Whether a frame arrived cannot be known: commands are repeated over the
    // next connection, where they have one effect.
    if (!taken) this.end(1006);
    return taken;
  }

  private end(code: number): void {
    if (this.over) return;
    this.close();
    this.onclose?.({ code });
  }
}

const parsed = <T>(e: { data?: unknown }): T => JSON.parse(String(e.data)) as T;

const browser: StreamSurroundings = {
  events: (url) => new EventSource(url),
  post: async (url, body) =>
    (
      await fetch(url, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json" },
        credentials: "omit",
      })
    ).ok,
};
