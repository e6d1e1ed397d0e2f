// The commands used last, kept on this device. Only commands that are the same
// for everybody are kept: no customer, queue or colleague.
import type { Shelf } from "../model/drafts";

const key = "hiwar.palette";
const most = 3;

const common = /^[a-zA-Z]+(?: (?:dark|light|system|compact|comfortable|out))?$/;

export function readRecent(shelf: Shelf | undefined): string[] {
  try {
    const found: unknown = JSON.parse(shelf?.getItem(key) ?? "[]");
    return Array.isArray(found)
      ? found.filter((id): id is string => typeof id === "string" && common.test(id))
      : [];
  } catch {
    return [];
  }
}

export function keepRecent(shelf: Shelf | undefined, id: string): void {
  if (!common.test(id)) return;
  try {
    const next = [id, ...readRecent(shelf).filter((other) => other !== id)].slice(0, most);
    shelf?.setItem(key, JSON.stringify(next));
  } catch {
    // Without storage nothing is remembered.
  }
}
