/**
 * Every state of the panel without a server: stories.html?state=open&lang=ar.
 * Without a state it lists them. Looked at by people and by the tests of looks.
 */
import { render } from "preact";
import { App } from "../panel/app";
import { Store, type Acts } from "../panel/model";
import { setLanguage } from "../../locales/runtime";
import { picture, states } from "./states";
import "../panel/style.css";

const query = new URLSearchParams(location.search);
const lang = query.get("lang") === "ar" ? "ar" : "en";
const name = query.get("state") ?? "";
const made = states(lang)[name];
const root = document.getElementById("panel") as HTMLElement;

setLanguage(lang);
document.documentElement.lang = lang;
document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
document.documentElement.dataset.theme = query.get("theme") ?? "light";

if (made) {
  const store = new Store(made);
  const nothing = () => {};
  const acts: Acts = {
    start: nothing,
    filled: nothing,
    leave: nothing,
    retry: nothing,
    send: nothing,
    attach: nothing,
    detach: nothing,
    cancel: nothing,
    address: () => Promise.resolve(picture),
    resend: nothing,
    discard: nothing,
    typed: nothing,
    stay: nothing,
    askToEnd: (asksToEnd) => store.set({ asksToEnd }),
    end: nothing,
    rate: (score) => store.set({ rating: { score, state: "kept" } }),
    again: nothing,
    transcript: nothing,
    older: nothing,
    earlier: () => store.set({ view: "earlier" }),
    moreEarlier: nothing,
    read: nothing,
    back: () => store.set({ view: "start" }),
    language: nothing,
    hide: nothing,
  };
  render(<App store={store} acts={acts} now={() => Date.parse("2026-11-22T09:12:00Z")} />, root);
} else {
  render(
    <ul>
      {Object.keys(states(lang)).map((state) => (
        <li key={state}>
          <a href={`?state=${state}&lang=en`}>{state}</a> <a href={`?state=${state}&lang=ar`}>{state} ar</a>
        </li>
      ))}
    </ul>,
    root,
  );
}
