import type { Shelf } from "../model/drafts";

/** This device's storage, or none where the browser forbids it. */
export function deviceShelf(): Shelf | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
