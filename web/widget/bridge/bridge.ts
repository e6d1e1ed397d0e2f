/**
 * What the host page's side (the loader) and the frame (the panel) say to each
 * other. Both send to one exact origin and listen to one exact origin and
 * window; whatever does not have one of these shapes is ignored.
 *
 * It runs on other people's pages too, whose libraries put methods of their
 * own on arrays and texts: as all of the loader, it calls none of them.
 */

/** From the loader to the panel. */
export type ToPanel =
  | {
      hiwar: "start";
      dir: Dir;
      lang: string;
      page: string;
      title?: string;
      referrer?: string;
      token: Token;
      prefill: Prefill;
      attributes: Record<string, string>;
      color: string;
      /** Signed by the site; "" where it does not say who its visitor is. */
      identity?: string;
    }
  | { hiwar: "page"; page: string; title: string } // as it is now: it may change without a reload
  | { hiwar: "identity"; token: string } // who the visitor is, as the site has signed it
  | { hiwar: "prefill"; prefill: Prefill }
  | { hiwar: "forget" } // nothing of this visitor is kept
  | { hiwar: "attributes"; attributes: Record<string, string> }
  | { hiwar: "token"; token: Token }
  | { hiwar: "shown"; shown: boolean }
  | { hiwar: "language"; lang: string; dir: Dir };

/** From the panel to the loader. */
export type ToHost =
  | { hiwar: "ready" } // the panel listens; answered with "start"
  | { hiwar: "renew" } // the embed token is used up; answered with "token"
  | { hiwar: "close" } // hide me
  | { hiwar: "unread"; count: number; label: string } // and what the launcher says then; "" is nothing new
  | { hiwar: "conversation"; open: boolean } // whether one is running, for the next page
  | { hiwar: "prove" } // the identity token is of no use any more; answered with "identity"
  | { hiwar: "event"; name: Happening; detail: Detail }; // for the page to hear

/** What the page is told of: "hiwar:message" and so on. */
export type Happening = "message" | "status" | "queue" | "ended" | "identity";
const happenings = new Set<unknown>([
  "message",
  "status",
  "queue",
  "ended",
  "identity",
] satisfies Happening[]);

/** What it is told: never what somebody wrote. */
export type Detail = Record<string, string | number | boolean>;

export type Dir = "ltr" | "rtl";

/** The right to be embedded here, asked for by the host page; or why not. */
export type Token = { value: string } | { problem: string };

/** What the host page already knows of its visitor, to spare them typing. */
export interface Prefill {
  name: string;
  email: string;
  phone: string;
  question: string;
}

const text = (v: unknown): v is string => typeof v === "string";
const mayBeText = (v: unknown): v is string | undefined => v === undefined || text(v);
const flag = (v: unknown): v is boolean => typeof v === "boolean";
const dir = (v: unknown): v is Dir => v === "ltr" || v === "rtl";
const fields = (v: unknown): Record<string, unknown> | undefined =>
  typeof v === "object" && v !== null ? (v as Record<string, unknown>) : undefined;

function token(v: unknown): v is Token {
  const t = fields(v);
  return t !== undefined && (text(t.value) || text(t.problem));
}

/** An object whose every value is so; a list is none. */
function all(v: unknown, so: (x: unknown) => boolean): boolean {
  for (const x of Object.values(fields(v) ?? {})) if (!so(x)) return false;
  return fields(v) !== undefined && !Array.isArray(v);
}

const detail = (v: unknown) => all(v, (x) => text(x) || flag(x) || Number.isFinite(x));
const attributes = (v: unknown) => all(v, text);

function prefill(v: unknown): v is Prefill {
  const p = fields(v);
  return p !== undefined && text(p.name) && text(p.email) && text(p.phone) && text(p.question);
}

/** The message, if it is one the panel understands. */
export function forPanel(data: unknown): ToPanel | undefined {
  const m = fields(data);
  switch (m?.hiwar) {
    case "start":
      return dir(m.dir) &&
        text(m.lang) &&
        text(m.page) &&
        mayBeText(m.title) &&
        mayBeText(m.referrer) &&
        mayBeText(m.identity) &&
        token(m.token) &&
        prefill(m.prefill) &&
        attributes(m.attributes) &&
        text(m.color)
        ? (m as ToPanel)
        : undefined;
    case "page":
      return text(m.page) && text(m.title) ? (m as ToPanel) : undefined;
    case "identity":
      return text(m.token) ? (m as ToPanel) : undefined;
    case "token":
      return token(m.token) ? (m as ToPanel) : undefined;
    case "prefill":
      return prefill(m.prefill) ? (m as ToPanel) : undefined;
    case "forget":
      return m as ToPanel;
    case "attributes":
      return attributes(m.attributes) ? (m as ToPanel) : undefined;
    case "shown":
      return flag(m.shown) ? (m as ToPanel) : undefined;
    case "language":
      return text(m.lang) && dir(m.dir) ? (m as ToPanel) : undefined;
  }
  return undefined;
}

/** The message, if it is one the loader understands. */
export function forHost(data: unknown): ToHost | undefined {
  const m = fields(data);
  switch (m?.hiwar) {
    case "ready":
    case "renew":
    case "prove":
    case "close":
      return m as ToHost;
    case "unread":
      return Number.isInteger(m.count) && (m.count as number) >= 0 && text(m.label)
        ? (m as ToHost)
        : undefined;
    case "conversation":
      return flag(m.open) ? (m as ToHost) : undefined;
    case "event":
      return happenings.has(m.name) && detail(m.detail) ? (m as ToHost) : undefined;
  }
  return undefined;
}
