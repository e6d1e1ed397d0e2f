// Drafts: one per conversation and agent, kept on this device so that a
// reload, a refused transfer or a deleted asset loses nothing.

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const key = (user: string, conversation: string) => `hiwar.draft.${user}.${conversation}`;

export function readDraft(shelf: Shelf | undefined, user: string, conversation: string): string {
  try {
    return shelf?.getItem(key(user, conversation)) ?? "";
  } catch {
    return "";
  }
}

/** Keeps the draft; an empty one is forgotten. A full or forbidden storage is no reason to stop writing. */
export function writeDraft(shelf: Shelf | undefined, user: string, conversation: string, text: string): void {
  try {
    if (text === "") shelf?.removeItem(key(user, conversation));
    else shelf?.setItem(key(user, conversation), text);
  } catch {
    // The draft still stands in the box.
  }
}
