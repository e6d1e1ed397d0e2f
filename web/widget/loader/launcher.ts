import { netConnecting, wClose, wLaunch, wNoNetwork, wTitle } from "../../locales/gen/messages";
import { readable } from "../bridge/color";
import style from "./launcher.css?inline";
import type { Settings } from "./settings";

/** The round button and the box the frame comes into. */
export interface Launcher {
  /**
   * Puts it on the page, and back where a page that changes without a reload
   * has replaced everything in it. A page that only moves it is left alone.
   */
  mount(): void;
  /** Shows or hides all of it, the button too. */
  visible(on: boolean): void;
  /** Says what it says in the language that is set. */
  speak(lang: string): void;
  /** Opens or closes the box; closing gives the focus back to the button. */
  show(open: boolean): void;
  /** How much is unread, as a figure and as the sentence that the button says then. */
  count(unread: number, label: string): void;
  /** The frame, with a name for those who cannot see where it stands; until it has come, words are in its place. */
  put(frame: HTMLIFrameElement): void;
  /** What is in the frame has come, or could not. */
  came(ready: boolean): void;
}

/**
 * Makes the launcher, in a shadow root of its own at the bottom inline-end of
 * the host page. It is positioned over the page and has no size in it, so
 * nothing of the page moves.
 *
 * intent is called when the visitor may be about to open the chat (pointer,
 * focus or touch), press when they do.
 */
export function launcher(settings: Settings, intent: () => void, press: () => void): Launcher {
  const make = document.createElement.bind(document);
  const host = make("div");
  const root = make("div");
  const box = make("div");
  const button = make("button");
  const badge = make("span");
  const note = make("output"); // is read out as it changes
  const [picture, line] = icon();
  let isOpen = false;
  let isReady = false;
  let unreadLabel = "";

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];

  const draw = () => {
    root.className = `root${isOpen ? " open" : ""}${isReady ? " ready" : ""}`;
    box.hidden = !isOpen;
    line.setAttribute("d", isOpen ? cross : bubble);
    button.ariaExpanded = String(isOpen);
    button.ariaLabel = isOpen ? wClose() : unreadLabel || wLaunch();
  };
  const speak = (lang: string) => {
    root.lang = lang;
    draw();
  };

  // What is pinned to the other side is laid out in the other direction.
  root.dir = (settings.dir === "rtl") === (settings.side === "start") ? "ltr" : "rtl";
  // Not in the sheet: for browsers without light-dark() the build would say it in four lines.
  root.style.colorScheme = "light dark";
  if (settings.color) {
    root.style.setProperty("--accent", settings.color);
    root.style.setProperty("--on", readable(settings.color));
  }
  box.className = "panel";
  note.dir = "auto"; // the layout may be the other way round
  button.onpointerenter = button.onfocus = intent; // a finger enters too, before it presses
  button.onclick = press;
  button.append(picture, badge);
  root.append(box, button);
  shadow.append(root);
  speak(settings.lang);

  return {
    speak,
    mount() {
      const put = () => {
        if (!document.body) return;
        if (!host.isConnected) document.body.append(host);
        changes.observe(document.body, { childList: true });
      };
      const changes = new MutationObserver(put);
      changes.observe(document.documentElement, { childList: true });
      put();
    },
    visible(on) {
      root.style.display = on ? "" : "none";
    },
    show(open) {
      const inside = box.contains(shadow.activeElement);
      isOpen = open;
      draw();
      if (!open && inside) button.focus();
    },
    count(unread, label) {
      unreadLabel = label;
      badge.textContent = unread > 99 ? "99+" : unread ? String(unread) : "";
      draw();
    },
    put(frame) {
      frame.title = wTitle();
      note.textContent = netConnecting();
      box.append(note, frame);
    },
    came(ready) {
      isReady = ready;
      note.textContent = wNoNetwork();
      if (ready) note.remove();
      draw();
    },
  };
}

const bubble = "M8 19a8.5 8.5 0 1 0-3.5-3.5L3 20.5Z";
const cross = "m5 9 7 7 7-7";

/** Drawn node by node: markup in strings is refused by pages with Trusted Types. */
function icon(): [SVGElement, SVGElement] {
  const make = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  const svg = make("svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const line = make("path");
  svg.append(line);
  return [svg, line];
}
