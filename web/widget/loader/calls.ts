import { setLanguage } from "../../locales/runtime";
import type { Prefill } from "../bridge/bridge";
import { frame, type Frame } from "./frame";
import { launcher } from "./launcher";
import { memory } from "./memory";
import { plain, unfilled, type Settings } from "./settings";

/**
 * Draws the button, picks up the chat of the page before if one is running,
 * and gives what a site may call. A map, not an object: no name reaches what
 * the page, or an attacker in it, has put on a prototype.
 */
export function calls(settings: Settings): Map<unknown, (arg: unknown, other: unknown) => void> {
  const kept = memory(settings.key);
  let chat: Frame | undefined;
  let isOpen = false;
  let unread = 0;

  const load = (): Frame => {
    if (!chat) {
      chat = frame(settings, hear, refused, button.came);
      button.put(chat.element);
    }
    return chat;
  };
  const toggle = (open: boolean) => {
    if (open === isOpen) return;
    isOpen = open;
    load();
    button.show(open);
    chat?.show(open);
    kept("shown", open);
    say(open ? "open" : "close");
  };
  const hear: Parameters<typeof frame>[1] = (m) => {
    if (m.hiwar === "close") toggle(false);
    if (m.hiwar === "conversation") kept("running", m.open);
    if (m.hiwar === "event") say(m.name, m.detail);
    if (m.hiwar === "unread") {
      button.count(m.count, m.label);
      if (m.count !== unread) say("unread", m.count); // else it is said in another language
      unread = m.count;
    }
  };
  /** A button that leads nowhere is worse than none; whoever set it up reads why. */
  const refused = (code: string) => {
    toggle(false);
    button.visible(false);
    console.error(`hiwar: ${code}: ${self.origin}`); // eslint-disable-line no-console
  };

  setLanguage(settings.lang);
  const button = launcher(settings, load, () => toggle(!isOpen));
  button.mount();
  say("ready");
  if (kept("running")) {
    load();
    toggle(kept("shown"));
  }

  return new Map<unknown, (arg: unknown, other: unknown) => void>([
    ["open", () => toggle(true)],
    ["close", () => toggle(false)],
    ["toggle", () => toggle(!isOpen)],
    ["show", () => button.visible(true)],
    ["hide", () => button.visible(false)],
    // Opens the chat with what the site knows already in its form.
    [
      "startChat",
      (given) => {
        const { prefill } = settings;
        for (const [name, value] of Object.entries(plain(given))) {
          if (Object.hasOwn(prefill, name)) prefill[name as keyof Prefill] = value;
        }
        load().post({ hiwar: "prefill", prefill });
        toggle(true);
      },
    ],
    // Who the visitor is: a token of the site, or what gives one whenever it is needed.
    [
      "identify",
      (given) => {
        settings.identity = typeof given === "function" ? () => given() as unknown : () => given;
        void chat?.identify();
      },
    ],
    // This browser knows nothing any more of who it was, nor of what the page said of them.
    [
      "logout",
      () => {
        settings.identity = undefined;
        settings.prefill = unfilled();
        settings.attributes = {};
        load().forget();
        toggle(false);
        kept("running", false);
        unread = 0;
        button.count(0, "");
      },
    ],
    // Adds to what the site says of its visitor; for chats that begin from now on.
    [
      "setAttributes",
      (given) => {
        const attributes = Object.assign(settings.attributes, plain(given));
        chat?.post({ hiwar: "attributes", attributes });
      },
    ],
    // The language of the chat; the launcher stays on the host page's side.
    [
      "setLocale",
      (said) => {
        const lang = said === "ar" ? "ar" : "en";
        settings.lang = lang;
        setLanguage(lang);
        button.speak(lang);
        chat?.post({ hiwar: "language", lang, dir: lang === "ar" ? "rtl" : "ltr" });
      },
    ],
    ["on", (name, call) => listen(name, call, true)],
    ["off", (name, call) => listen(name, call, false)],
  ]);
}

function say(name: string, detail?: unknown): void {
  document.dispatchEvent(new CustomEvent(`hiwar:${name}`, { detail }));
}

const listeners = new Map<unknown, EventListener>();

/** Calls back with the detail of an event, until it is taken off again. */
function listen(name: unknown, call: unknown, on: boolean): void {
  if (typeof call !== "function") return;
  const known = listeners.get(call) ?? ((e: Event) => void call((e as CustomEvent).detail));
  listeners.set(call, known);
  if (on && name === "ready") call(); // it is: calls wait until then
  if (on) document.addEventListener(`hiwar:${name}`, known);
  else document.removeEventListener(`hiwar:${name}`, known);
}
