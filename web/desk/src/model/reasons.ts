// What is remembered of wrap-up reasons on this device: those used lately,
// which a long list begins with, and the one chosen but not submitted yet, so
// that a reload does not lose it.
import type { Shelf } from "./drafts";

const usedKey = (user: string) => `hiwar.reasons.${user}`;
const chosenKey = (user: string, part: number) => `hiwar.reason.${user}.${part}`;
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

/** Those used lately first, the others as they were. */
export function recentFirst<T extends { id: string }>(all: readonly T[], used: readonly string[]): T[] {
  const place = new Map(used.map((id, i) => [id, i]));
  return [...all].sort((a, b) => (place.get(a.id) ?? used.length) - (place.get(b.id) ?? used.length));
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

function attempt(write: () => void): void {
  try {
    write();
  } catch {
    // Without storage it is forgotten with the page.
  }
}
