import type {
  AttachmentRules,
  Conversation,
  LinkState,
  OutFile,
  OutState,
  Waiting,
} from "../../protocol/src";
import type { Lang } from "../../locales/runtime";
import { nothing, type Both, type Form, type Said } from "./form";

/** What the server says about the asset to whoever opens its chat. */
export interface Config {
  name: Both;
  languages: string[];
  language: string;
  color: string;
  form: Form;
  door: Door;
  /** Only whom the site has signed for may write. */
  identity_required?: boolean;
  /** How hard each part of the work before a chat is; none where it is left out. */
  work?: number;
}

/** Whether anybody could be asked now, and what is possible instead. */
export interface Door {
  open: boolean;
  opens_at?: string;
  leave_message: boolean;
  text?: Both;
}

/** A message of the customer's that is not in the thread yet. */
export interface Pending {
  clientId: string;
  text: string;
  at: string;
  state: OutState;
  /** With how much of each is sent, from 0 to 1. */
  files?: (OutFile & { sent: number })[];
  /** With failed, where there is more to say. */
  why?: string;
}

export interface Reach {
  email?: string;
  phone?: string;
}

/** A chat of the customer's that has ended. */
export interface EarlierChat {
  id: string;
  started_at: string;
  closed_at: string;
  agents: string[];
  /** The beginning of what the customer wrote last. */
  text?: string;
}

export interface EarlierPage {
  conversations: EarlierChat[];
  more: boolean;
}

/** Why something did not work; the sentence is made where it is shown. */
export interface Problem {
  code: string;
  detail: string;
  /** A message can be left instead. */
  leave?: boolean;
}

/** All that the panel shows. Components are functions of it and decide nothing. */
export interface Model {
  view: "loading" | "failed" | "unavailable" | "start" | "chat" | "earlier";
  lang: Lang;
  /** The site has signed who the visitor is. */
  verified: boolean;
  /** The panel is in sight: only then may it take the focus. */
  shown: boolean;
  config: Config | undefined;
  /** The form: what is in it at first (another version is another beginning), whether it leaves a message, and what the last try answered. */
  form: { said: Said; version: number; leaving: boolean; sending: boolean; problem: Problem | undefined };
  chat: Conversation | undefined;
  /** The customer's chats that have ended; undefined where there are none. */
  earlier: EarlierPage | undefined;
  /** The last try to load more of them failed. */
  earlierFailed: boolean;
  /** The chat is one of them: it is only read. */
  reading: boolean;
  /** Where a left message is answered, as far as the customer said. */
  reach: Reach;
  pending: Pending[];
  /** Which files may be sent; undefined: none. */
  rules: AttachmentRules | undefined;
  /** What was attached and not sent, and why the last one was not taken. */
  tray: OutFile[];
  trayProblem: string;
  ahead: number | undefined;
  estimate: Waiting["estimate"] | undefined;
  /** The name of the agent who is typing. */
  typing: string | undefined;
  connection: LinkState;
  asksToEnd: boolean;
  /** How the customer found the chat that has ended: what was pressed, and whether it is kept. */
  rating: { score: number; state: "none" | "sending" | "kept" | "failed" };
  /** A polite sentence for those who listen instead of look. */
  spoken: string;
}

export const empty: Model = {
  view: "loading",
  lang: "en",
  verified: false,
  shown: false,
  config: undefined,
  form: { said: nothing, version: 0, leaving: false, sending: false, problem: undefined },
  chat: undefined,
  earlier: undefined,
  earlierFailed: false,
  reading: false,
  reach: {},
  pending: [],
  rules: undefined,
  tray: [],
  trayProblem: "",
  ahead: undefined,
  estimate: undefined,
  typing: undefined,
  connection: "connecting",
  asksToEnd: false,
  rating: { score: 0, state: "none" },
  spoken: "",
};

/** What a person can do. */
export interface Acts {
  /** Starts a chat, or where the form says so leaves a message. */
  start(said: Said): void;
  /** What is in the form so far. */
  filled(said: Said): void;
  /** The form is to leave a message. */
  leave(): void;
  retry(): void;
  send(text: string): void;
  attach(files: readonly File[]): void;
  detach(key: string): void;
  /** Stops the upload of a message, which is then forgotten. */
  cancel(clientId: string): void;
  /** An address at which a file can be read: of one that was sent, or one that is only here. */
  address(file: { id?: string; key?: string }): Promise<string>;
  resend(clientId: string): void;
  discard(clientId: string): void;
  typed(text: string): void;
  stay(): void;
  askToEnd(ask: boolean): void;
  end(): void;
  rate(score: number): void;
  again(): void;
  transcript(): void;
  older(): void;
  /** The list of earlier chats, more of it, and one of them. */
  earlier(): void;
  moreEarlier(): void;
  read(chat: string): void;
  /** From a chat to the list, from the list to the form. */
  back(): void;
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
