/**
 * What a site includes: one script, asynchronous, at a stable address. It
 * draws a button when the page has nothing better to do and does nothing else
 * until somebody reaches for it.
 *
 *     <script async src="https://chat.example/hiwar.js" data-key="…"></script>
 *
 * Calls made before it has loaded wait in a stub:
 *
 *     window.hiwar ??= (...a) => (window.hiwar.q ??= []).push(a);
 *     hiwar("open");
 */
import { setLanguage } from "../../locales/runtime";
import type { ToHost } from "../bridge/bridge";
import { memory } from "./memory";
import { Frame } from "./frame";
import { Launcher } from "./launcher";
import { plain, settings, type Given, type Settings } from "./settings";

type Call = [name: string, ...args: unknown[]];
type Hiwar = ((...call: Call) => Promise<void>) & { q?: Call[]; version?: string };

declare global {
  interface Window {
    hiwar?: Hiwar;
    hiwarSettings?: Given;
  }
}

class Chat {
  private readonly launcher: Launcher;
  private readonly memory: ReturnType<typeof memory>;
  private frame: Frame | undefined;
  private open = false;

  constructor(private readonly settings: Settings) {
    setLanguage(settings.lang);
    this.memory = memory(settings.key);
    this.launcher = new Launcher(settings, {
      intent: () => this.load(),
      press: () => this.toggle(!this.open),
    });
  }

  /** Draws the button; picks up the chat of the page before, if one is running. */
  mount(): void {
    this.launcher.mount();
    say("ready");
    if (this.memory.get("running")) {
      this.load();
      if (this.memory.get("shown")) this.toggle(true);
    }
  }

  readonly calls = new Map<string, (arg: unknown, other: unknown) => void>([
    ["open", () => this.toggle(true)],
    ["close", () => this.toggle(false)],
    ["toggle", () => this.toggle(!this.open)],
    ["show", () => this.launcher.visible(true)],
    ["hide", () => this.launcher.visible(false)],
    ["startChat", (given) => this.ask(given)],
    ["identify", (given) => this.identify(given)],
    ["logout", () => this.logout()],
    ["on", (name, call) => this.listen(name, call, true)],
    ["off", (name, call) => this.listen(name, call, false)],
    ["setAttributes", (given) => this.tell(given)],
    ["setLocale", (lang) => this.speak(lang === "ar" ? "ar" : "en")],
  ]);

  /** Adds to what the site says of its visitor; for chats that begin from now on. */
  private tell(given: unknown): void {
    Object.assign(this.settings.attributes, plain(given));
    this.frame?.attributes(this.settings.attributes);
  }

  /** Opens the chat with what the site knows already in its form. */
  private ask(given: unknown): void {
    Object.assign(this.settings.prefill, pick(plain(given)));
    this.load().prefill(this.settings.prefill);
    this.toggle(true);
  }

  /** Who the visitor is: a token of the site, or what gives one whenever it is needed. */
  private identify(given: unknown): void {
    this.settings.identity = typeof given === "function" ? () => given() as unknown : () => given;
    void this.frame?.identify();
  }

  /** This browser knows nothing any more of who it was. */
  private logout(): void {
    this.settings.identity = undefined;
    this.load().forget();
    this.toggle(false);
    this.memory.set("running", false);
    this.launcher.count(0);
  }

  private readonly listeners = new Map<unknown, EventListener>();

  /** Calls back with the detail of an event, until it is taken off again. */
  private listen(name: unknown, call: unknown, on: boolean): void {
    if (typeof call !== "function") return;
    const known = this.listeners.get(call) ?? ((e: Event) => void call((e as CustomEvent).detail));
    this.listeners.set(call, known);
    if (on && name === "ready") call(); // it is: calls wait until then
    if (on) document.addEventListener(`hiwar:${String(name)}`, known);
    else document.removeEventListener(`hiwar:${String(name)}`, known);
  }

  private load(): Frame {
    if (!this.frame) {
      this.frame = new Frame(
        this.settings,
        (m) => this.hear(m),
        (code) => this.refused(code),
      );
      this.launcher.put(this.frame.element);
    }
    return this.frame;
  }

  private hear(m: ToHost): void {
    if (m.hiwar === "close") this.toggle(false);
    if (m.hiwar === "conversation") this.memory.set("running", m.open);
    if (m.hiwar === "event") say(m.name, m.detail);
    if (m.hiwar === "unread") {
      this.launcher.count(m.count);
      say("unread", m.count);
    }
  }

  /** A button that leads nowhere is worse than none; whoever set it up reads why. */
  private refused(code: string): void {
    this.toggle(false);
    this.launcher.visible(false);
    console.error(`hiwar: ${code}: ${location.origin}`); // eslint-disable-line no-console
  }

  private toggle(open: boolean): void {
    if (open === this.open) return;
    this.open = open;
    const frame = this.load();
    this.launcher.show(open);
    frame.show(open);
    this.memory.set("shown", open);
    say(open ? "open" : "close");
  }

  /** The language of the chat; the launcher stays on the host page's side. */
  private speak(lang: "ar" | "en"): void {
    this.settings.lang = lang;
    setLanguage(lang);
    this.launcher.language(lang, this.settings.dir);
    this.frame?.language(lang, lang === "ar" ? "rtl" : "ltr");
  }
}

/** Of what a site gives, that which the form has a place for. */
function pick({ name, email, phone, question }: Record<string, string>) {
  const given = { name, email, phone, question };
  return Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined));
}

function say(name: string, detail?: unknown): void {
  document.dispatchEvent(new CustomEvent(`hiwar:${name}`, { detail }));
}

/** Runs then when the page is loaded and idle, three seconds after that at the latest. */
function later(then: () => void): void {
  const idle = () => {
    if ("requestIdleCallback" in window) requestIdleCallback(then, { timeout: 3000 });
    else setTimeout(then, 200);
  };
  if (document.readyState === "complete") idle();
  else addEventListener("load", idle, { once: true });
}

function begin(script: HTMLScriptElement | null): void {
  const stub = window.hiwar;
  if (!script || stub?.version) return; // loaded twice: the first one stays
  const found = settings(script, window.hiwarSettings ?? {}, document);
  if (!found) return;

  const chat = new Chat(found);
  const mounted = new Promise<void>((ready) =>
    later(() => {
      chat.mount();
      ready();
    }),
  );
  const api: Hiwar = async (name, ...args) => {
    const call = chat.calls.get(name);
    if (!call) throw new TypeError(`hiwar: ${name}`);
    await mounted;
    call(args[0], args[1]);
  };
  api.version = "1";
  Object.defineProperty(window, "hiwar", { value: Object.freeze(api), enumerable: true });
  for (const call of stub?.q ?? []) void api(...call);
}

begin(
  (document.currentScript as HTMLScriptElement | null) ??
    document.querySelector<HTMLScriptElement>('script[src*="/hiwar.js"][data-key]'),
);
