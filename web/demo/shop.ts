/** A shop that is not one: the customer's page of the demo, with the real chat on it. */
import "./shop.css";
import {
  demoBadge,
  demoShopBody,
  demoShopCart,
  demoShopChair,
  demoShopCoffee,
  demoShopHero,
  demoShopLamp,
  demoShopLead,
  demoShopRug,
  demoShopTitle,
  langAr,
  langEn,
} from "../locales/gen/messages";
import { el, language } from "./dom";

const lang = language();
const other = lang === "ar" ? "en" : "ar";

document.title = demoShopTitle();
document.body.append(
  el(
    "header",
    {},
    el("strong", {}, demoShopTitle()),
    el("span", { class: "badge" }, demoBadge()),
    el("a", { href: `?lang=${other}`, lang: other, hreflang: other }, other === "ar" ? langAr() : langEn()),
  ),
  el(
    "main",
    {},
    el("div", { class: "hero" }, el("h1", {}, demoShopHero()), el("p", {}, demoShopLead())),
    el(
      "ul",
      { class: "goods" },
      good("lamp", demoShopLamp(), 129),
      good("rug", demoShopRug(), 480),
      good("coffee", demoShopCoffee(), 215),
      good("chair", demoShopChair(), 360),
    ),
    el("p", { class: "note" }, demoShopBody()),
  ),
);
chat();

function good(kind: string, name: string, price: number): HTMLElement {
  const money = new Intl.NumberFormat(lang === "ar" ? "ar-u-nu-latn" : "en", {
    style: "currency",
    currency: "SAR",
  });
  const cart = el("button", { type: "button", "aria-label": `${demoShopCart()}: ${name}` }, demoShopCart());
  return el(
    "li",
    {},
    el("div", { class: `picture ${kind}` }),
    el("h2", {}, name),
    el("p", {}, el("bdi", {}, money.format(price))),
    cart,
  );
}

/** The snippet, as a site would have it in its page; the key is in the address the server gave. */
function chat(): void {
  const key = new URLSearchParams(location.search).get("key") ?? "demo-store";
  const script = el("script", {
    src: "/hiwar.js",
    "data-key": key,
    "data-lang": lang,
    "data-color": "#0e7c66",
  });
  document.head.append(script);
}
