/** Every call of the widget as a button, and a log of what the page hears: for whoever builds the chat into a site. */
import "./playground.css";
import {
  demoBadge,
  demoPlayCalls,
  demoPlayClear,
  demoPlayDark,
  demoPlayIntro,
  demoPlayLog,
  demoPlayTitle,
  langAr,
  langEn,
} from "../locales/gen/messages";
import { load, type Chat, type Events } from "../widget/module/hiwar";
import { el, language } from "./dom";

const lang = language();
const log = el("ol", { role: "log", tabindex: "0", "aria-labelledby": "log" });

/** The calls as a site writes them; each does what its button says. */
const calls: [code: string, call: (chat: Chat) => Promise<void>][] = [
  [`open()`, (chat) => chat.open()],
  [`close()`, (chat) => chat.close()],
  [`toggle()`, (chat) => chat.toggle()],
  [`show()`, (chat) => chat.show()],
  [`hide()`, (chat) => chat.hide()],
  [`startChat({ name: "Sara", question: "?" })`, (chat) => chat.startChat({ name: "Sara", question: "?" })],
  [`setAttributes({ plan: "gold" })`, (chat) => chat.setAttributes({ plan: "gold" })],
  [`setLocale("ar")`, (chat) => chat.setLocale("ar")],
  [`setLocale("en")`, (chat) => chat.setLocale("en")],
  [`identify("token")`, (chat) => chat.identify("token")],
  [`logout()`, (chat) => chat.logout()],
];

const events: (keyof Events)[] = [
  "ready",
  "open",
  "close",
  "message",
  "unread",
  "status",
  "queue",
  "ended",
  "identity",
];

document.title = demoPlayTitle();
const chat = load({
  server: location.origin,
  key: new URLSearchParams(location.search).get("key") ?? "demo-store",
  lang,
});
for (const name of events) void chat.on(name, (detail) => heard(name, detail));
document.body.append(
  el(
    "header",
    {},
    el("h1", {}, demoPlayTitle()),
    el("span", { class: "badge" }, demoBadge()),
    el("nav", {}, link("en"), link("ar")),
  ),
  el(
    "main",
    {},
    el("p", {}, demoPlayIntro()),
    el(
      "section",
      { "aria-labelledby": "calls" },
      el("h2", { id: "calls" }, demoPlayCalls()),
      el("div", { class: "calls", dir: "ltr" }, ...calls.map(button)),
    ),
    el(
      "section",
      { "aria-labelledby": "log" },
      el("h2", { id: "log" }, demoPlayLog()),
      el("div", { class: "tools" }, dark(), clear()),
      log,
    ),
  ),
);

function link(to: "en" | "ar"): HTMLElement {
  const current = to === lang ? "true" : undefined;
  const name = to === "ar" ? langAr() : langEn();
  return el("a", { href: `?lang=${to}`, lang: to, hreflang: to, "aria-current": current }, name);
}

function button([code, call]: (typeof calls)[number]): HTMLElement {
  const made = el("button", { type: "button" }, el("code", {}, code));
  made.addEventListener("click", () => {
    write(`> chat.${code}`);
    call(chat).catch((e: unknown) => write(String(e)));
  });
  return made;
}

function heard(name: string, detail: unknown): void {
  write(detail == null ? `hiwar:${name}` : `hiwar:${name} ${JSON.stringify(detail)}`);
}

/** The newest line is the last one, and in sight. */
function write(line: string): void {
  log.append(el("li", { dir: "ltr" }, el("code", {}, line)));
  log.scrollTop = log.scrollHeight;
}

function dark(): HTMLElement {
  const input = el("input", { type: "checkbox" });
  input.checked = matchMedia("(prefers-color-scheme: dark)").matches;
  input.addEventListener("change", () => {
    document.documentElement.dataset.theme = input.checked ? "dark" : "light";
  });
  return el("label", {}, input, demoPlayDark());
}

function clear(): HTMLElement {
  const made = el("button", { type: "button" }, demoPlayClear());
  made.addEventListener("click", () => log.replaceChildren());
  return made;
}
