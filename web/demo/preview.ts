/** A page that stands for the site an asset is for, with its chat on it: what an administrator looks at. */
import "./preview.css";
import { demoPreviewBody, demoPreviewTitle } from "../locales/gen/messages";
import { el, language } from "./dom";

const lang = language();
document.title = demoPreviewTitle();
document.body.append(
  el(
    "main",
    {},
    el("h1", {}, demoPreviewTitle()),
    el("p", {}, demoPreviewBody()),
    // Where a site has its text.
    ...[100, 92, 97, 60].map((width) => line(width)),
  ),
);
// Without its key in the script's address: looking at it here is no visit.
const key = decodeURIComponent(location.pathname.split("/").pop() ?? "");
// One that is tried and not stored.
const color = new URLSearchParams(location.search).get("color") ?? "";
document.head.append(
  el("script", { src: "/hiwar.js", "data-key": key, "data-lang": lang, "data-color": color }),
);

function line(width: number): HTMLElement {
  const made = el("div", { class: "line", "aria-hidden": "true" });
  made.style.inlineSize = `${width}%`;
  return made;
}
