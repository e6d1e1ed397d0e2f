import { wClose, wLaunch, wTitle } from "../../locales/gen/messages";
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
  /** The frame, with a name for those who cannot see where it stands. */
  put(frame: HTMLIFrameElement): void;
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
  const [picture, line] = icon();
  let isOpen = false;
  let unreadLabel = "";

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];

  const draw = () => {
    root.className = `root ${settings.side}${isOpen ? " open" : ""}`;
    box.hidden = !isOpen;
    line.setAttribute("d", isOpen ? cross : bubble);
    button.ariaExpanded = String(isOpen);
    button.ariaLabel = isOpen ? wClose() : unreadLabel || wLaunch();
  };
  const speak = (lang: string) => {
    root.lang = lang;
    draw();
  };

  root.dir = settings.dir;
  if (settings.color) {
    root.style.setProperty("--accent", settings.color);
    root.style.setProperty("--on", readable(settings.color));
  }
  box.className = "panel";
  badge.ariaHidden = "true";
  button.type = "button";
  button.ariaHasPopup = "dialog";
  for (const sign of ["pointerenter", "focus", "touchstart"]) {
    button.addEventListener(sign, intent, { passive: true });
  }
  button.addEventListener("click", press);
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
      // Not in the sheet: for browsers without light-dark() the build would say it in four lines.
      frame.style.colorScheme = "light dark";
      box.append(frame);
    },
  };
}

const bubble =
  "M21 11.5a8.4 8.4 0 0 1-8.9 8.3 9.6 9.6 0 0 1-3.8-.8L3 20.5l1.7-4.3A8.2 8.2 0 0 1 3.2 11.5 8.6 8.6 0 0 1 12.1 3.2 8.6 8.6 0 0 1 21 11.5Z";
const cross = "m5 9 7 7 7-7";

/** Drawn node by node: markup in strings is refused by pages with Trusted Types. */
function icon(): [SVGElement, SVGElement] {
  const make = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  const svg = make("svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  const line = make("path");
  svg.append(line);
  return [svg, line];
}
