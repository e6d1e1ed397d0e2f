/**
 * The chat for sites that are built: an ES module with types that puts the
 * script tag into the page, once, and gives the calls as functions.
 *
 *     import { load } from "./hiwar.mjs";
 *
 *     const chat = load({ server: "https://chat.example", key: "…" });
 *     chat.on("unread", (count) => …);
 *     await chat.open();
 *
 * Importing it does nothing, so a page may also be rendered where there is no
 * browser.
 */

/** How the site wants the chat. Only server and key are required. */
export interface Options {
  /** The origin of the server, as in `https://chat.example`. */
  server: string;
  /** The asset's public key. */
  key: string;
  /** The chat's language; else the page's, else the browser's. */
  lang?: "ar" | "en";
  /** The page's direction, if the page does not say it itself. */
  dir?: "ltr" | "rtl";
  /** The side of the page on which the button stands; "end" if it is not given. */
  side?: "start" | "end";
  /** As `#rrggbb`; else the asset's. */
  color?: string;
  /** What the form before the chat is filled with. */
  name?: string;
  email?: string;
  phone?: string;
  question?: string;
  /** What the site knows of its visitor, for the agent to read. */
  attributes?: Attributes;
  /** For the script tag, where the page's policy asks for one. */
  nonce?: string;
}

/** By name: texts, numbers, yes or no. */
export type Attributes = Record<string, string | number | boolean>;

/** What the form of a chat is filled with. */
export type Prefill = Pick<Options, "name" | "email" | "phone" | "question">;

/** The events and what each says. None carries what somebody wrote. */
export interface Events {
  /** The button is on the page. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** Somebody wrote; the number of the line in the conversation. */
  message: { seq: number };
  /** So many messages were not looked at yet. */
  unread: number;
  status: { status: "waiting" | "open" | "interrupted" | "closed" };
  /** So many customers are before this one. */
  queue: { ahead: number };
  /** The chat is over, and why. */
  ended: { cause?: string };
  /** What came of an identity token. */
  identity: { verified: boolean; problem?: string; reason?: string };
}

/** What a site can do with the chat. Each call waits until the script is there, and rejects if it does not come. */
export interface Chat {
  open(): Promise<void>;
  close(): Promise<void>;
  toggle(): Promise<void>;
  /** Shows the button again after hide. */
  show(): Promise<void>;
  hide(): Promise<void>;
  setLocale(lang: "ar" | "en"): Promise<void>;
  setAttributes(attributes: Attributes): Promise<void>;
  /** Opens the chat with its form filled in. */
  startChat(prefill?: Prefill): Promise<void>;
  /** Who the visitor is: a token that the site has signed, or a function that gives one whenever it is asked for. */
  identify(token: string | (() => string | Promise<string>)): Promise<void>;
  /** This browser knows nothing any more of its visitor. */
  logout(): Promise<void>;
  on<Name extends keyof Events>(event: Name, call: (detail: Events[Name]) => void): Promise<void>;
  off<Name extends keyof Events>(event: Name, call: (detail: Events[Name]) => void): Promise<void>;
}

/** Says what is done as the script's own function does. */
type Say = (name: keyof Chat, ...args: unknown[]) => Promise<void>;

let key: string | undefined;
let loaded: Promise<void> | undefined;

/**
 * Puts the chat on the page. Done again it gives the same chat; a page has one
 * only, so another key is an error. If the script cannot be loaded, the calls
 * made meanwhile reject, and the next load tries again.
 */
export function load(options: Options): Chat {
  if (loaded && key !== options.key) throw new TypeError(`hiwar: ${key} is on this page already`);
  key = options.key;
  loaded ??= insert(options).catch((e: unknown) => {
    loaded = undefined;
    throw e;
  });
  const ready = loaded;
  ready.catch(() => undefined); // who makes no call need not handle it
  const say: Say = async (name, ...args) => {
    await ready;
    await (window as unknown as { hiwar: Say }).hiwar(name, ...args);
  };
  if (options.attributes) void say("setAttributes", options.attributes).catch(() => undefined);
  return {
    open: () => say("open"),
    close: () => say("close"),
    toggle: () => say("toggle"),
    show: () => say("show"),
    hide: () => say("hide"),
    setLocale: (lang) => say("setLocale", lang),
    setAttributes: (attributes) => say("setAttributes", attributes),
    startChat: (prefill) => say("startChat", prefill),
    identify: (token) => say("identify", token),
    logout: () => say("logout"),
    on: (event, call) => say("on", event, call),
    off: (event, call) => say("off", event, call),
  };
}

/** The tag as a site would have it in its page; resolves when the script has run. */
function insert({ server, nonce, attributes: _, ...said }: Options): Promise<void> {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.async = true;
    if (nonce) script.nonce = nonce;
    for (const [name, value] of Object.entries(said)) if (value !== undefined) script.dataset[name] = value;
    script.onload = () => done();
    script.onerror = () => {
      script.remove();
      failed(new Error(`hiwar: ${server} does not answer`));
    };
    script.src = trusted(new URL("/hiwar.js", server).href);
    document.head.append(script);
  });
}

interface Policy {
  createScriptURL(url: string): string;
}

let policy: Policy | undefined;

/** Where a page requires Trusted Types, the address comes from a policy that it can allow by name: "hiwar". */
function trusted(address: string): string {
  const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };
  policy ??= trustedTypes?.createPolicy("hiwar", { createScriptURL: (url) => url });
  return policy?.createScriptURL(address) ?? address;
}
