import { nothing, type Said } from "./form";
import type { Reach } from "./model";

/** What the frame's own storage keeps for the next page. */
export interface Kept {
  /** Opens the conversation; never leaves this origin. */
  token: string;
  conversation: string;
  /** It has ended: it is read, not followed. */
  over: boolean;
  /** How it was found, once it has ended. */
  score?: number;
  /** The site's name of the person who this is, if it has signed for them. */
  person?: string;
  /** Where a message that was left is answered. */
  reach?: Reach;
}

/** Where files wait that are not sent yet. */
export const filesName = "hiwar.customer.files";

/** One visitor's memory for one asset. Where storage is refused it lasts as long as the page. */
export class Keep {
  private kept: Kept | undefined;
  constructor(private readonly key: string) {}

  private get name(): string {
    return `hiwar.visitor.${this.key}`;
  }

  /** Read anew each time: another tab may have begun or ended a chat. */
  get(): Kept | undefined {
    const stored = attempt(() => JSON.parse(localStorage.getItem(this.name) ?? "null") as Kept | null);
    return stored ?? this.kept;
  }

  set(kept: Kept | undefined): void {
    this.kept = kept;
    attempt(() => {
      if (kept) localStorage.setItem(this.name, JSON.stringify(kept));
      else localStorage.removeItem(this.name);
    });
  }

  /** Calls back when another tab changed it. */
  changed(call: () => void): void {
    addEventListener("storage", (e) => e.key === this.name && call());
  }

  /** Runs begin by itself over all tabs, so that what one began the next one finds. Where there are no locks, at once. */
  async alone(begin: () => Promise<void>): Promise<void> {
    let ran = false;
    const once = () => {
      ran = true;
      return begin();
    };
    try {
      await navigator.locks.request(this.name, once);
    } catch (e) {
      if (ran) throw e;
      await once(); // an insecure page, or storage is refused
    }
  }

  /** How often this browser has come with the chat open; this time is counted once. */
  visits(): number {
    const name = "hiwar.visits";
    const before = Number(attempt(() => localStorage.getItem(name))) || 0;
    if (attempt(() => sessionStorage.getItem(name))) return Math.max(before, 1);
    attempt(() => {
      localStorage.setItem(name, String(before + 1));
      sessionStorage.setItem(name, "1");
    });
    return before + 1;
  }

  /** What was filled into the form and not sent, for this tab alone. */
  draft(): Said | undefined {
    const kept = attempt(() => JSON.parse(sessionStorage.getItem(this.draftName) ?? "null") as Said | null);
    return kept ? { ...nothing, ...kept } : undefined;
  }

  setDraft(said: Said | undefined): void {
    attempt(() => {
      if (said) sessionStorage.setItem(this.draftName, JSON.stringify(said));
      else sessionStorage.removeItem(this.draftName);
    });
  }

  private get draftName(): string {
    return `hiwar.form.${this.key}`;
  }

  /** Forgets the visitor: their token, what they typed, and what was not sent yet. */
  clear(): void {
    this.set(undefined);
    this.setDraft(undefined);
    attempt(() => indexedDB.deleteDatabase(filesName));
    attempt(() => {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith("hiwar.out.") || name === "hiwar.visits") localStorage.removeItem(name);
      }
    });
  }

  language(): string {
    return attempt(() => localStorage.getItem("hiwar.lang")) ?? "";
  }

  setLanguage(lang: string): void {
    attempt(() => localStorage.setItem("hiwar.lang", lang));
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined; // blocked or full
  }
}
