// What a notification of the system says, and what the notification centre
// keeps. Both are plain text in the direction of the interface: whatever comes
// from a person stands apart in it (B30).
import type { Messages } from "../../../locales";
import { isolate } from "../../../protocol/src/text/isolate";
import { inLanguage, type Lang } from "../../../ui/src/language";
import { customerName } from "../parts/customerName";
import type { Event } from "./decide";
import type { Happening } from "./happened";
import type { Entry } from "./log";

/** What a notification says; the customer's words only where others may see them. */
export function noticeOf(
  event: Event,
  what: Happening | undefined,
  hideText: boolean,
  t: Messages,
  lang: Lang,
): { title: string; body: string } {
  if (!what) return { title: t.appName(), body: event === "lost" ? t.netLost() : t.netBack() };
  const name = customerName(what.customer, t);
  switch (what.kind) {
    case "request": {
      const queue = inLanguage(what.queue, lang);
      const preview = beginning(what.text, 120);
      return {
        title: t.notifyRequestTitle({ name }),
        body: hideText || preview === "" ? isolate(queue) : t.notifyRequestBody({ queue, preview }),
      };
    }
    case "message":
      return {
        title: t.notifyMessageTitle({ name }),
        body: hideText ? t.nMessages({ n: 1 }) : isolate(beginning(what.text, 200)),
      };
    default:
      return { title: t.appName(), body: entryOf(what, t)?.text ?? "" };
  }
}

/** What the notification centre keeps of it; what is on the page anyway is not kept. */
export function entryOf(what: Happening, t: Messages): Pick<Entry, "text" | "tone"> | undefined {
  const name = customerName(what.customer, t);
  switch (what.kind) {
    case "missed":
      return { text: t.noticeMissed({ name }), tone: "bad" };
    case "request_over":
      return what.how === "withdrawn" ? { text: t.noticeWithdrawn({ name }), tone: "plain" } : undefined;
    case "accepted":
      return { text: t.noticeAccepted({ agent: what.agent, name }), tone: "good" };
    case "interrupted":
      return { text: t.noticeInterrupted({ name }), tone: "bad" };
    default:
      return undefined;
  }
}

/** So much of a text, and never half a letter of it. What it leaves open, isolating closes. */
function beginning(text: string, most: number): string {
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return letters.length > most ? `${letters.slice(0, most).join("")}…` : text;
}
