// What is remembered of wrap-up reasons on this device: those used lately,
// which a long list begins with, the one chosen but not submitted yet, so that
// a reload does not lose it, and the list that each queue had last.
import type { Card, WrapUp } from "../../../protocol/src/types";
import type { Shelf } from "./drafts";

const usedKey = (user: string) => `hiwar.reasons.${user}`;
const chosenKey = (user: string, part: number) => `hiwar.reason.${user}.${part}`;
const listsKey = (user: string) => `hiwar.lists.${user}`;
const remembered = 5;

export function usedReasons(shelf: Shelf | undefined, user: string): string[] {
  try {
    const kept: unknown = JSON.parse(shelf?.getItem(usedKey(user)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/** The reason was used just now. */
export function rememberUse(shelf: Shelf | undefined, user: string, reason: string): void {
  const others = usedReasons(shelf, user).filter((id) => id !== reason);
  attempt(() => shelf?.setItem(usedKey(user), JSON.stringify([reason, ...others].slice(0, remembered))));
}

export function chosenReason(shelf: Shelf | undefined, user: string, part: number): string | null {
  try {
    return shelf?.getItem(chosenKey(user, part)) ?? null;
  } catch {
    return null;
  }
}

export function keepChosen(shelf: Shelf | undefined, user: string, part: number, id: string | null): void {
  attempt(() => {
    if (id === null) shelf?.removeItem(chosenKey(user, part));
    else shelf?.setItem(chosenKey(user, part), id);
  });
}

/** Where the note to a wrap-up is among the drafts; it stays on this device. */
export const wrapUpNote = (conversation: string): string => `${conversation}/wrapup`;

/** What an agent was asked at the end of a part in a queue. */
export type ReasonList = Pick<WrapUp, "reasons" | "required">;

function lists(shelf: Shelf | undefined, user: string): Record<string, ReasonList | undefined> {
  try {
    const kept: unknown = JSON.parse(shelf?.getItem(listsKey(user)) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as Record<string, ReasonList>) : {};
  } catch {
    return {};
  }
}

/** The list that a queue had last, if any part in it has ended on this device. */
export function lastList(shelf: Shelf | undefined, user: string, queue: string): ReasonList | undefined {
  const kept = lists(shelf, user)[queue];
  return Array.isArray(kept?.reasons) ? kept : undefined;
}

/** The queue has this list now. */
export function keepList(shelf: Shelf | undefined, user: string, queue: string, list: ReasonList): void {
  const all = lists(shelf, user);
  const kept = { required: list.required, reasons: list.reasons };
  if (JSON.stringify(all[queue]) === JSON.stringify(kept)) return;
  attempt(() => shelf?.setItem(listsKey(user), JSON.stringify({ ...all, [queue]: kept })));
}

/** The wrap-up that follows the end of an active part, as the server will tell it. */
export function wrapUpOf(card: Card, list: ReasonList, now: number): Card {
  const { required, reasons } = list;
  const started_at = new Date(now).toISOString();
  return {
    ...card,
    kind: "wrapup",
    status: "wrapup",
    wrapup: { started_at, required, reasons, cause: "agent" },
  };
}

function attempt(write: () => void): void {
  try {
    write();
  } catch {
    // Without storage it is forgotten with the page.
  }
}
