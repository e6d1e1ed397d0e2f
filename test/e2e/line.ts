import type { BrowserContext, WebSocketRoute } from "@playwright/test";

/** A frame of the socket, as far as the line looks into it. */
export interface Frame {
  type: string;
  topic?: string;
  kind?: string;
  seq?: number;
  data?: unknown;
  [other: string]: unknown;
}

/**
 * The line between a browser and the server, which can be made as bad as lines
 * and servers are. What it is told holds for frames that come after.
 */
export class Line {
  private latest: WebSocketRoute | undefined;
  private waiting: (() => void)[] = [];
  private dead = false;
  /** How many frames were lost in silence. */
  lost = 0;

  /** What becomes of a frame of the server: what is returned arrives in its place. */
  fromServer: (frame: Frame) => (Frame | string)[] = (frame) => [frame];
  /** Frames to the server that are kept back until released. */
  keep: (frame: Frame) => boolean = () => false;
  /** Frames of the server that are kept back until released. */
  late: (frame: Frame) => boolean = () => false;

  private constructor() {}

  static async of(context: BrowserContext): Promise<Line> {
    const line = new Line();
    await context.routeWebSocket(/\/api\/v1\/socket$/, (route) => line.open(route));
    return line;
  }

  /** Brings what was kept back, in order. */
  release(): void {
    this.keep = this.late = () => false;
    for (const deliver of this.waiting.splice(0)) deliver();
  }

  get held(): number {
    return this.waiting.length;
  }

  /** From now on nothing arrives on either side, and nobody is told; or all is well for who connects anew. */
  silence(dead: boolean): void {
    this.dead = dead;
  }

  /** Ends the connection, as a lost network does. */
  async drop(): Promise<void> {
    await this.latest?.close({ code: 4408 });
  }

  /** As if the server had said it. */
  say(frame: Frame | string): void {
    this.latest?.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  private open(route: WebSocketRoute): void {
    const server = route.connectToServer();
    this.latest = route;
    // A line that once was silent stays so: the other end has given it up.
    let cut = this.dead;
    const silent = () => {
      cut ||= this.dead;
      if (cut) this.lost++;
      return cut;
    };
    route.onMessage((text) => {
      if (silent()) return;
      if (this.keep(JSON.parse(String(text)) as Frame)) this.waiting.push(() => server.send(text));
      else server.send(text);
    });
    server.onMessage((text) => {
      if (silent()) return;
      const frame = JSON.parse(String(text)) as Frame;
      const deliver = () => {
        for (const out of this.fromServer(frame)) {
          route.send(typeof out === "string" ? out : JSON.stringify(out));
        }
      };
      if (this.late(frame)) this.waiting.push(deliver);
      else deliver();
    });
  }
}
