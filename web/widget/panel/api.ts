import type { AttachmentRules, Conversation, Entry } from "../../protocol/src/types";
import type { Config, EarlierPage, Problem } from "./model";

/** A refusal, with the sentence the server made of it in the reader's language. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    readonly params: Record<string, unknown> = {},
  ) {
    super(problem.code);
  }
}

export interface Started {
  conversation: string;
  visitor_token: string;
}

/** A person whom the site has signed for. */
export interface Proven {
  visitor_token: string;
  conversation?: string;
  /** It can be gone on with. */
  open: boolean;
  name?: string;
  email?: string;
  phone?: string;
}

export interface Named {
  name: string;
  value: string;
}

/** What a new chat begins with. */
export interface Beginning {
  /** Not needed by a customer whom the server knows. */
  embed_token?: string;
  /** Where the widget asks for some of whoever is not signed for. */
  work?: number[];
  name: string;
  email?: string;
  phone?: string;
  answers?: Named[];
  attributes?: Named[];
  text: string;
  language: string;
  page?: string;
  page_title?: string;
  referrer?: string;
  browser_language?: string;
  time_zone?: string;
  visits?: number;
}

/** The REST calls a customer makes; everything in real time goes over the socket. */
export class Api {
  token = "";
  language = "en";
  constructor(private readonly key: string) {}

  embed(): Promise<{ embed_token: string }> {
    return this.call("POST", `widget/${this.key}/embed`);
  }

  config(): Promise<Config> {
    return this.call("GET", `widget/${this.key}`);
  }

  /** Starting twice with one id starts one chat. */
  start(id: string, with_: Beginning): Promise<Started> {
    return this.call("POST", `widget/${this.key}/conversations`, with_, id);
  }

  /** Leaves a message; sending it twice with one id leaves it once. */
  leave(id: string, with_: Beginning): Promise<Started> {
    return this.call("POST", `widget/${this.key}/messages`, with_, id);
  }

  /** Makes us the person the site says we are. */
  prove(id: string, identity_token: string, embed_token: string): Promise<Proven> {
    return this.call("POST", `widget/${this.key}/identity`, { identity_token, embed_token }, id);
  }

  /** Makes our token worth nothing; also while the page is being left. */
  forget(): Promise<unknown> {
    return this.call("DELETE", "widget/visitor");
  }

  /** The conversation our token opens. */
  resume(): Promise<{ conversation: string; status: string }> {
    return this.call("GET", "widget/conversation");
  }

  /** The customer's chats that have ended, newest first; those begun before one, if it is named. */
  earlier(before = ""): Promise<EarlierPage> {
    return this.call("GET", `widget/conversations?limit=10${before && `&before=${before}`}`);
  }

  older(conversation: string, before: number): Promise<{ entries: Entry[]; more: boolean }> {
    return this.call("GET", `conversations/${conversation}/entries?before=${before}&limit=50`);
  }

  conversation(conversation: string): Promise<Conversation> {
    return this.call("GET", `conversations/${conversation}`);
  }

  end(id: string, conversation: string): Promise<unknown> {
    return this.call("POST", `conversations/${conversation}/end`, {}, id);
  }

  rate(id: string, conversation: string, score: number): Promise<unknown> {
    return this.call("PUT", `conversations/${conversation}/rating`, { score }, id);
  }

  /** Which files may be sent; refused where none may. */
  attachmentRules(conversation: string): Promise<AttachmentRules> {
    return this.call("GET", `conversations/${conversation}/attachments`);
  }

  /** An address of a file for a few minutes: images and downloads cannot show our token. */
  link(conversation: string, file: string): Promise<{ url: string }> {
    return this.call(
      "POST",
      `conversations/${conversation}/attachments/${file}/link`,
      {},
      crypto.randomUUID(),
    );
  }

  private async call<T>(method: string, path: string, body?: unknown, id?: string): Promise<T> {
    const headers: Record<string, string> = { "Accept-Language": this.language };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (id) headers["Idempotency-Key"] = id;
    const answer = await fetch(`/api/v1/${path}`, {
      method,
      headers,
      credentials: "omit",
      keepalive: method === "DELETE",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said: unknown = await answer.json().catch(() => ({}));
    if (answer.ok) return said as T;
    const {
      code = "unavailable",
      detail = "",
      params,
    } = said as Partial<Problem> & { params?: Record<string, unknown> };
    throw new Refused(answer.status, { code, detail }, params);
  }
}
