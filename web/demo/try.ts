/**
 * The demo on one page: a customer, an agent and a second one side by side,
 * each a page of its own on a host of its own, so that one browser can be
 * three people. The server says where they are and lets them in.
 */
import "./try.css";
import {
  demoBadge,
  demoOff,
  demoOpenAlone,
  demoPageTitle,
  demoPaneAdmin,
  demoPaneAgent,
  demoPaneAgent2,
  demoPaneCustomer,
  demoPanes,
  demoStepDone,
  demoSteps,
  demoStepsHide,
  demoStepsShow,
  langAr,
  langEn,
} from "../locales/gen/messages";
import { el, language } from "./dom";
import { steps } from "./steps";

interface Pane {
  name: string;
  /** The person behind it, as colleagues read it. */
  label?: string;
  /** Lets the browser in, once. */
  url: string;
}

const lang = language();
const titles: Record<string, () => string> = {
  customer: demoPaneCustomer,
  omar: demoPaneAgent,
  layla: demoPaneAgent2,
  admin: demoPaneAdmin,
};

document.title = demoPageTitle();
void open();

async function open(): Promise<void> {
  const answer = await fetch(`/api/v1/demo?lang=${lang}`).catch(() => undefined);
  if (!answer?.ok) {
    document.body.append(
      head(),
      el("main", { class: "off" }, el("p", {}, demoOff({ command: "hiwar demo" }))),
    );
    return;
  }
  const { panes } = (await answer.json()) as { panes: Pane[] };
  const shown = panes.filter((p) => titles[p.name]);
  const main = el("main", { class: "panes", "aria-label": demoPanes() }, ...shown.map(pane));
  document.body.append(head(tabs(shown, main)), main, guide());
  select(main, shown[0]?.name ?? "");
}

function head(...choice: HTMLElement[]): HTMLElement {
  const links = (["en", "ar"] as const).map((l) =>
    el(
      "a",
      { href: `?lang=${l}`, lang: l, hreflang: l, "aria-current": l === lang ? "true" : undefined },
      l === "ar" ? langAr() : langEn(),
    ),
  );
  return el(
    "header",
    {},
    el("h1", {}, demoPageTitle()),
    el("span", { class: "badge" }, demoBadge()),
    ...choice,
    el("nav", {}, ...links),
  );
}

function pane(p: Pane): HTMLElement {
  const title = titles[p.name]?.() ?? p.name;
  const caption = el("h2", { id: `caption-${p.name}` }, title);
  if (p.label) caption.append(" ", el("bdi", {}, p.label));
  const alone = el(
    "a",
    { target: "_blank", href: alonePath(p), "aria-label": demoOpenAlone(), title: demoOpenAlone() },
    "↗",
  );
  return el(
    "section",
    { class: `pane ${p.name}`, "data-pane": p.name, "aria-labelledby": `caption-${p.name}` },
    el("div", { class: "caption" }, caption, alone),
    frame(p, title),
  );
}

function frame(p: Pane, title: string): HTMLElement {
  const made = el("iframe", {
    title: p.label ? `${title} ${p.label}` : title,
    allow: "clipboard-read; clipboard-write",
  });
  // The administrator's console stays shut until somebody turns to it.
  if (p.name === "admin") made.dataset.src = p.url;
  else made.src = p.url;
  return made;
}

/** Where the pane's person is once let in: the link works only once. */
function alonePath(p: Pane): string {
  const at = new URL(p.url);
  if (p.name === "customer") return p.url;
  return `${at.origin}${p.name === "admin" ? "/admin/assets" : "/desk"}`;
}

/** Which pane a narrow window shows; and on a wide one, who stands third. */
function tabs(panes: Pane[], main: HTMLElement): HTMLElement {
  const list = el("div", { class: "tabs", role: "group", "aria-label": demoPanes() });
  for (const p of panes) {
    const tab = el("button", { type: "button", "data-pane": p.name }, p.label ?? titles[p.name]?.() ?? "");
    tab.addEventListener("click", () => select(main, p.name));
    list.append(tab);
  }
  return list;
}

const wide = matchMedia("(width >= 1200px)");

function select(main: HTMLElement, name: string): void {
  main.dataset.shown = name;
  if (name === "admin" || name === "layla") main.dataset.third = name;
  const late = main.querySelector<HTMLIFrameElement>(`[data-pane="${name}"] iframe[data-src]`);
  if (late?.dataset.src) {
    late.src = late.dataset.src;
    delete late.dataset.src;
  }
  press(main);
  wide.onchange = () => press(main);
}

/** Marks the choice: on a wide window who stands third, on a narrow one what is shown at all. */
function press(main: HTMLElement): void {
  const chosen = wide.matches ? (main.dataset.third ?? "layla") : main.dataset.shown;
  for (const tab of document.querySelectorAll<HTMLElement>(".tabs button")) {
    tab.ariaPressed = String(tab.dataset.pane === chosen);
  }
}

/** The nine steps, ticked off by hand; the browser remembers which. */
function guide(): HTMLElement {
  const list = el("ol", {});
  for (const [i, step] of steps.entries()) {
    const tick = el("input", { type: "checkbox", "aria-label": `${demoStepDone()}: ${step.title()}` });
    tick.checked = remembered(step.key);
    const card = el(
      "li",
      { class: tick.checked ? "done" : "" },
      el(
        "label",
        {},
        tick,
        el("span", { class: "number", "aria-hidden": "true" }, String(i + 1)),
        el("b", {}, step.title()),
      ),
      el("p", {}, step.how()),
    );
    tick.addEventListener("change", () => {
      card.className = tick.checked ? "done" : "";
      remember(step.key, tick.checked);
    });
    list.append(card);
  }
  const toggle = el("button", { type: "button", "aria-expanded": "true" });
  const made = el(
    "aside",
    { class: "guide", "aria-label": demoSteps() },
    el("div", {}, el("h2", {}, demoSteps()), toggle),
    list,
  );
  const show = (on: boolean) => {
    list.hidden = !on;
    toggle.ariaExpanded = String(on);
    toggle.textContent = on ? demoStepsHide() : demoStepsShow();
    remember("hidden", !on);
  };
  toggle.addEventListener("click", () => show(list.hidden));
  show(!remembered("hidden"));
  return made;
}

function remembered(key: string): boolean {
  try {
    return localStorage.getItem(`hiwar.try.${key}`) === "1";
  } catch {
    return false;
  }
}

function remember(key: string, on: boolean): void {
  try {
    localStorage.setItem(`hiwar.try.${key}`, on ? "1" : "0");
  } catch {
    // A private window: the ticks last as long as the page.
  }
}
