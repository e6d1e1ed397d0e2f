// A server and a page for tests: what is said is kept, what is answered is
// written out by the test. Not part of what pages load.
import type { Surroundings } from "./socket";
import type { Wire } from "./wire";

export type Said = Record<string, unknown> & { type: string };

export class FakeWire implements Wire {
  onopen: (() => void) | null = null;
  onmessage: ((e: { data: unknown }) => void) | null = null;
  onclose: ((e: { code: number }) => void) | null = null;
  readonly said: Said[] = [];
  closed = false;
  /** The network has gone without a word: nobody answers. */
  dead = false;

  send(text: string): void {
    if (this.closed) throw new Error("sent on a closed connection");
    const frame = JSON.parse(text) as Said;
    this.said.push(frame);
    if (frame.type === "ping" && !this.dead) queueMicrotask(() => this.hear({ type: "pong" }));
  }

  close(): void {
    this.closed = true;
  }

  /** The frames of one type that were sent. */
  of(type: string): Said[] {
    return this.said.filter((f) => f.type === type);
  }

  hear(...frames: object[]): void {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The server, or the network, ends it. */
  end(code: number): void {
    this.closed = true;
    this.onclose?.({ code });
  }
}

export class FakePage implements Surroundings {
  private call: (() => void) | undefined;
  isOnline = true;
  online = (): boolean => this.isOnline;

  changed(call: () => void): () => void {
    this.call = call;
    return () => (this.call = undefined);
  }

  network(online: boolean): void {
    this.isOnline = online;
    this.call?.();
  }

  shown(): void {
    this.call?.();
  }

  get listened(): boolean {
    return this.call !== undefined;
  }
}
