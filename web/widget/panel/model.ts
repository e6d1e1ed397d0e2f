import type { Conversation, LinkState, OutState, Waiting } from "../../protocol/src";
import type { Lang } from "../../locales/runtime";

/** What the server says about the asset to whoever opens its chat. */
export interface Config {
  name: { en: string; ar: string };
  languages: string[];
  language: string;
  color: string;
}

/** A message of the customer's that is not in the thread yet. */
export interface Pending {
  clientId: string;
  text: string;
  at: string;
  state: OutState;
}

/** Why something did not work; the sentence is made where it is shown. */
export interface Problem {
  code: string;
  detail: string;
}

/** All that the panel shows. Components are functions of it and decide nothing. */
export interface Model {
  view: "loading" | "failed" | "unavailable" | "start" | "chat";
  lang: Lang;
  /** The panel is in sight: only then may it take the focus. */
  shown: boolean;
  config: Config | undefined;
  /** The form: what is prefilled, and what the last try answered. */
  form: { name: string; email: string; question: string; sending: boolean; problem: Problem | undefined };
  chat: Conversation | undefined;
  pending: Pending[];
  ahead: number | undefined;
  estimate: Waiting["estimate"] | undefined;
  /** The name of the agent who is typing. */
  typing: string | undefined;
  connection: LinkState;
  asksToEnd: boolean;
  /** A polite sentence for those who listen instead of look. */
  spoken: string;
}

export const empty: Model = {
  view: "loading",
  lang: "en",
  shown: false,
  config: undefined,
  form: { name: "", email: "", question: "", sending: false, problem: undefined },
  chat: undefined,
  pending: [],
  ahead: undefined,
  estimate: undefined,
  typing: undefined,
  connection: "connecting",
  asksToEnd: false,
  spoken: "",
};

/** What a person can do. */
export interface Acts {
  start(name: string, email: string, question: string): void;
  retry(): void;
  send(text: string): void;
  resend(clientId: string): void;
  discard(clientId: string): void;
  typed(text: string): void;
  stay(): void;
  askToEnd(ask: boolean): void;
  end(): void;
  again(): void;
  transcript(): void;
  older(): void;
  language(lang: Lang): void;
  hide(): void;
}

/** Holds the model and tells whoever draws it. */
export class Store {
  private readonly listeners = new Set<() => void>();
  constructor(private state: Model) {}

  get(): Model {
    return this.state;
  }

  set(change: Partial<Model>): void {
    this.state = { ...this.state, ...change };
    for (const tell of this.listeners) tell();
  }

  subscribe(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  }
}
