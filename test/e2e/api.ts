import { randomUUID } from "node:crypto";

/** The server's answer: the body, and the code of a refusal. */
export interface Answer<T> {
  status: number;
  body: T;
  code?: string | undefined;
}

/** A piece of an agent's work, as far as the tests ask. */
export interface Card {
  kind: "request" | "active" | "wrapup";
  offer?: number;
  part?: number;
  conversation: string;
  customer: { name: string };
  received_at: string;
  made_at: string;
  deadline?: string;
  role?: string;
  status?: string;
}

export interface Desk {
  agent: { user: string; presence: string; occupied: number; capacity: number };
  cards: Card[];
}

export interface Entry {
  kind: string;
  by?: number;
  text?: string;
  line?: string;
}

/** Somebody who asks the server without a page: what a program, or a page with a fault in it, could do. */
class Caller {
  constructor(
    protected readonly base: string,
    private readonly lang: string,
    private readonly identity: Record<string, string>,
  ) {}

  async ask<T = unknown>(method: string, path: string, body?: unknown, id?: string): Promise<Answer<T>> {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...this.identity,
        "Accept-Language": this.lang,
        ...(method === "GET" ? {} : { "Idempotency-Key": id ?? randomUUID() }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = (text === "" ? {} : JSON.parse(text)) as T & { code?: string };
    return { status: response.status, body: answer, code: response.ok ? undefined : answer.code };
  }

  /** As ask, for what must succeed. */
  async must<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.ask<T>(method, path, body);
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  entries(conversation: string): Promise<Entry[]> {
    return this.must<{ entries: Entry[] }>("GET", `/conversations/${conversation}/entries?limit=200`).then(
      (page) => page.entries,
    );
  }
}

/** Somebody on the staff, with a session of their own beside that of their page. */
export class Staff extends Caller {
  private factor = 1;

  static async enter(base: string, lang: string, link: string): Promise<Staff> {
    const at = new URL(link);
    const response = await fetch(`${base}${at.pathname}`, { redirect: "manual" });
    const cookie = response.headers.get("set-cookie")?.split(";")[0];
    if (response.status !== 303 || !cookie) throw new Error(`${at.pathname}: ${response.status}`);
    return new Staff(base, lang, { Cookie: cookie });
  }

  desk(): Promise<Desk> {
    return this.must<Desk>("GET", "/desk");
  }

  presence(presence: "available" | "idle"): Promise<unknown> {
    return this.must("PUT", "/me/presence", { presence });
  }

  /**
   * From the next request on they have so many times as long to answer it. A
   * story in which a request runs out has a short time for all, and must not
   * run out of it itself where a request is to be accepted.
   */
  async takesTime(factor: number): Promise<void> {
    await this.must("PATCH", "/me/preferences", { answer_factor: factor });
    this.factor = factor;
  }

  /** The piece of work about a customer. */
  async card(customer: string): Promise<Card | undefined> {
    return (await this.desk()).cards.find((card) => card.customer.name === customer);
  }

  /** As on the first day: Idle, and nothing to do. Who is no agent has nothing to put back. */
  async reset(reason: string): Promise<void> {
    const answer = await this.ask<Desk>("GET", "/desk");
    if (answer.code === "forbidden") return;
    if (this.factor !== 1) await this.takesTime(1);
    const { agent, cards } = answer.body;
    if (agent.presence === "signed_out") await this.must("POST", "/me/sign-in");
    await this.presence("idle");
    for (const { kind, role, conversation } of cards) {
      if (kind !== "active") continue;
      await this.ask("POST", `/conversations/${conversation}/${role === "guest" ? "leave" : "end"}`);
    }
    for (const { kind, part } of (await this.desk()).cards) {
      if (kind === "wrapup") await this.ask("PUT", `/parts/${part}/wrapup`, { reason });
    }
  }
}

/** A customer without a page. */
export class Visitor extends Caller {
  constructor(
    base: string,
    lang: string,
    token: string,
    readonly conversation: string,
    readonly name: string,
  ) {
    super(base, lang, { Authorization: `Bearer ${token}` });
  }

  static async start(
    base: string,
    lang: string,
    origin: string,
    key: string,
    name: string,
    text: string,
  ): Promise<Visitor> {
    const page = new Caller(base, lang, { Origin: origin });
    const embed = await page.must<{ embed_token: string }>("POST", `/widget/${key}/embed`);
    const begun = await new Caller(base, lang, {}).must<{ conversation: string; visitor_token: string }>(
      "POST",
      `/widget/${key}/conversations`,
      { ...embed, name, text, language: lang },
    );
    return new Visitor(base, lang, begun.visitor_token, begun.conversation, name);
  }

  write(text: string): Promise<unknown> {
    return this.must("POST", `/conversations/${this.conversation}/messages`, { text });
  }

  leave(): Promise<unknown> {
    return this.must("POST", `/conversations/${this.conversation}/end`);
  }

  leaveIfOpen(): Promise<unknown> {
    return this.ask("POST", `/conversations/${this.conversation}/end`);
  }

  /** waiting, open, interrupted or closed */
  async status(): Promise<string> {
    return (await this.must<{ status: string }>("GET", `/conversations/${this.conversation}`)).status;
  }

  thread(): Promise<Entry[]> {
    return this.entries(this.conversation);
  }
}
