// System lines: what a numbered entry that is no message says. The sentence
// itself is made where it is shown, in the language in force.
import type { Messages } from "../../../locales";
import type { Entry, Participant, StaffEntry } from "../../../protocol/src/types";

/** A system line before it is put into words. */
export interface Line {
  what: string;
  params: Record<string, string>;
}

const line = (what: string, params: Record<string, string> = {}): Line => ({ what, params });

/** The line of a public entry; none for those that only carry data. */
export function linesOfEntry(entry: Entry, people: Map<number, Participant>): Line[] {
  const agent = entry.params?.agent ?? people.get(entry.by ?? 0)?.name ?? "";
  switch (entry.kind) {
    case "joined":
      return [line("joined", { agent })];
    case "left":
      if (people.get(entry.by ?? 0)?.role === "customer") return [line("customer_left")];
      return [line(entry.cause === "removed" ? "removed" : "left", { agent })];
    case "owner":
      return [line("owner", { agent })];
    case "proven":
      return [line("proven")];
    case "line":
      return [line(entry.line ?? "", entry.params ?? {})];
    case "status":
      if (entry.status === "closed") return [line(entry.cause === "customer" ? "customer_left" : "ended")];
      // Of an interruption the staff topic tells more: which asset is gone.
      return [];
    default:
      return [];
  }
}

/** The line of a staff entry. */
export function lineOfStaffEntry(entry: StaffEntry): Line | undefined {
  if (entry.kind !== "staff_line" || !entry.line) return undefined;
  return line(entry.line, entry.params ?? {});
}

/** The sentence of a line. Unknown lines, from a newer server, say nothing. */
export function sentenceOf({ what, params }: Line, t: Messages, lang: "ar" | "en"): string | undefined {
  const named = (key: string) =>
    params[`${key}_${lang}`] || params[`${key}_en`] || params[`${key}_ar`] || params[key] || "";
  const target = params.to_agent ?? params.agent ?? (named("to_queue") || named("queue"));
  switch (what) {
    case "joined":
      return t.threadJoined({ agent: named("agent") });
    case "left":
      return t.threadLeft({ agent: named("agent") });
    case "removed":
      return t.threadRemoved({ agent: named("agent") });
    case "owner":
      return t.threadOwner({ agent: named("agent") });
    case "proven":
      return t.threadProven();
    case "customer_left":
      return t.threadCustomerLeft();
    case "ended":
      return t.threadEnded();
    case "asset_deleted":
      return named("asset") ? t.threadAssetDeleted({ asset: named("asset") }) : t.statusInterruptedWhy();
    case "transferring":
      return t.threadTransferring();
    case "transferred":
      return t.threadTransferred({ target });
    case "reconnecting":
      return t.threadReconnecting();
    case "reconnected":
      return t.threadReconnected();
    case "requeued":
      return t.threadRequeued();
    case "message_left":
      return t.threadMessageLeft();
    case "message_asked":
      return t.threadMessageAsked();
    case "closing":
      return named("closing") || t.threadEnded();
    case "still_there":
      return t.threadStillThere();
    case "still_there_off":
      return t.threadStillThereOff();
    case "transfer_requested":
      return t.threadTransferRequested({ from: named("from"), target });
    case "transfer_dropped":
      return t.transferDropped({ agent: named("target") });
    case "conference_requested":
      return t.threadConferenceRequested({ from: named("from"), guest: named("guest") });
    case "conference_not_accepted":
      return params.cause === "cancelled"
        ? t.threadConferenceCancelled()
        : t.conferenceNotAccepted({ agent: named("guest") });
    case "rated":
      return t.threadRated({ score: Number(params.score) });
    case "missed":
      return t.threadMissed({ agent: named("agent") });
    case "wrapup":
      return (params.automatic === "true" ? t.threadWrapupAuto : t.threadWrapup)({
        agent: named("agent"),
        reason: named("reason") || t.wrapupNotRecorded(),
      });
    default:
      return undefined;
  }
}
