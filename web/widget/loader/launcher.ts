import { nMessages, wClose, wLaunch, wLaunchUnread, wTitle } from "../../locales/gen/messages";
import { readable } from "../bridge/color";
import type { Settings } from "./settings";
import { style } from "./style";

/** What the launcher tells its owner. */
export interface Acts {
  /** The visitor may be about to open the chat: pointer, focus or touch. */
  intent(): void;
  press(): void;
}

/**
 * The round button and the box the frame comes into, in a shadow root of their
 * own at the bottom inline-end of the host page. It is positioned over the page
 * and has no size in it, so nothing of the page moves.
 */
export class Launcher {
  readonly box = document.createElement("div");
  private readonly host = document.createElement("div");
  private readonly root = document.createElement("div");
  private readonly button = document.createElement("button");
  private readonly badge = document.createElement("span");
  private unread = 0;

  constructor(settings: Settings, acts: Acts) {
    const shadow = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];

    this.root.className = `root ${settings.side}`;
    this.color(settings.color);
    this.box.className = "panel";
    this.box.hidden = true;
    this.badge.className = "badge";
    this.badge.hidden = true;
    this.badge.ariaHidden = "true";
    this.button.type = "button";
    this.button.ariaHasPopup = "dialog";
    this.language(settings.lang, settings.dir);
    this.draw(false);

    for (const sign of ["pointerenter", "focus", "touchstart"]) {
      this.button.addEventListener(sign, () => acts.intent(), { passive: true });
    }
    this.button.addEventListener("click", () => acts.press());
    this.root.append(this.box, this.button);
    shadow.append(this.root);
  }

  /**
   * Puts it on the page, and back where a page that changes without a reload
   * has replaced everything in it. A page that only moves it is left alone.
   */
  mount(): void {
    const put = () => {
      if (!document.body) return;
      if (!this.host.isConnected) document.body.append(this.host);
      changes.observe(document.body, { childList: true });
    };
    const changes = new MutationObserver(put);
    changes.observe(document.documentElement, { childList: true });
    put();
  }

  /** Shows or hides all of it, the button too. */
  visible(on: boolean): void {
    this.host.hidden = !on;
    this.root.style.display = on ? "" : "none";
  }

  language(lang: string, dir: string): void {
    this.root.lang = lang;
    this.root.dir = dir;
    this.label();
  }

  color(hex: string): void {
    if (!hex) return;
    this.root.style.setProperty("--accent", hex);
    this.root.style.setProperty("--on", readable(hex));
  }

  /** Opens or closes the box; closing gives the focus back to the button. */
  show(open: boolean): void {
    const inside = this.root.contains((this.root.getRootNode() as ShadowRoot).activeElement);
    this.box.hidden = !open;
    this.root.classList.toggle("open", open);
    this.draw(open);
    if (!open && inside) this.button.focus();
  }

  count(unread: number): void {
    this.unread = unread;
    this.badge.hidden = unread === 0;
    this.badge.textContent = unread > 99 ? "99+" : String(unread);
    this.label();
  }

  /** The frame, with a name for those who cannot see where it stands. */
  put(frame: HTMLIFrameElement): void {
    frame.title = wTitle();
    this.box.append(frame);
  }

  private draw(open: boolean): void {
    this.button.ariaExpanded = String(open);
    this.button.replaceChildren(icon(open ? close : bubble), this.badge);
    this.label();
  }

  private label(): void {
    const open = this.button.ariaExpanded === "true";
    const label = this.unread > 0 ? wLaunchUnread({ unread: nMessages({ n: this.unread }) }) : wLaunch();
    this.button.ariaLabel = open ? wClose() : label;
  }
}

const bubble =
  "M21 11.5a8.4 8.4 0 0 1-8.9 8.3 9.6 9.6 0 0 1-3.8-.8L3 20.5l1.7-4.3A8.2 8.2 0 0 1 3.2 11.5 8.6 8.6 0 0 1 12.1 3.2 8.6 8.6 0 0 1 21 11.5Z";
const close = "m5 9 7 7 7-7";

/** Drawn node by node: markup in strings is refused by pages with Trusted Types. */
function icon(path: string): SVGElement {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  const line = document.createElementNS(ns, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
