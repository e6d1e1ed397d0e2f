// Drafts: one per conversation and agent, kept on this device and on the
// server, so that a reload, a refused transfer or a deleted asset loses
// nothing. Of two the newer is the draft: whoever wrote last is right, in
// whichever tab that was.

/** What stands in a compose box, and when it was last changed, by the server's clock. */
export interface Draft {
  text: string;
  at: number;
}

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A shelf that can be looked through. */
export interface OpenShelf extends Shelf {
  readonly length: number;
  key(index: number): string | null;
}

export interface DraftOptions {
  user: string;
  /** This device's storage; none where the browser forbids it. */
  shelf: OpenShelf | undefined;
  /** Keeps a draft on the server; an empty one is forgotten there. It does not throw. */
  keep?(conversation: string, draft: Draft): void;
  now(): number;
}

/** Written down this long after the last key. */
export const draftQuietMs = 500;
/** A draft that nobody touched for so long is forgotten on this device. */
export const draftAgeMs = 24 * 3_600_000;

type Listener = (text: string) => void;

const none: Draft = { text: "", at: 0 };

export class Drafts {
  private readonly known = new Map<string, Draft>();
  private readonly dirty = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly listeners = new Map<string, Set<Listener>>();
  /** The part of the conversation in which this page last wrote or showed the draft. */
  private readonly shownIn = new Map<string, string>();

  constructor(private readonly options: DraftOptions) {
    this.prune();
  }

  /** The draft of the conversation; empty if there is none. */
  read(conversation: string): string {
    return this.find(conversation).text;
  }

  /** What the agent has written now. It is on the device and the server half a second after the last change. */
  write(conversation: string, text: string): void {
    if (text === this.read(conversation)) return;
    this.known.set(conversation, { text, at: this.options.now() });
    clearTimeout(this.dirty.get(conversation));
    this.dirty.set(
      conversation,
      setTimeout(() => this.save(conversation), draftQuietMs),
    );
    // What was sent is no draft any more, in no tab.
    if (text === "") this.save(conversation);
  }

  /** Writes down at once what is not written down yet: the page may be gone in a moment. */
  flush(): void {
    for (const conversation of [...this.dirty.keys()]) this.save(conversation);
  }

  /** A draft that came from elsewhere: taken if it is newer, and told. */
  take(conversation: string, draft: Draft): void {
    const own = this.find(conversation);
    if (draft.at <= own.at) return;
    clearTimeout(this.dirty.get(conversation));
    this.dirty.delete(conversation);
    this.known.set(conversation, draft);
    this.put(conversation, draft);
    if (draft.text !== own.text)
      for (const listener of this.listeners.get(conversation) ?? []) listener(draft.text);
  }

  /** Says when another tab or device has changed the draft. */
  follow(conversation: string, listener: Listener): () => void {
    const all = this.listeners.get(conversation) ?? new Set();
    this.listeners.set(conversation, all.add(listener));
    return () => all.delete(listener);
  }

  /** Whether there is a draft that was not written in this part on this page: a surprise, to be told once. */
  surprises(conversation: string, part: string): boolean {
    return this.read(conversation) !== "" && this.shownIn.get(conversation) !== part;
  }

  /** From now on the draft is no surprise in this part. */
  shown(conversation: string, part: string): void {
    this.shownIn.set(conversation, part);
  }

  /** Another tab of this browser has changed the storage. */
  stored(key: string | null, value: string | null): void {
    const conversation = key?.startsWith(this.prefix) ? key.slice(this.prefix.length) : undefined;
    if (conversation === undefined) return;
    // What another tab has sent is gone, unless something newer is being written here.
    if (value !== null) this.take(conversation, parse(value) ?? none);
    else if (!this.dirty.has(conversation)) this.take(conversation, { text: "", at: this.options.now() });
  }

  private get prefix(): string {
    return `hiwar.draft.${this.options.user}.`;
  }

  private find(conversation: string): Draft {
    const known = this.known.get(conversation);
    if (known) return known;
    const draft = this.attempt((shelf) => parse(shelf.getItem(this.prefix + conversation))) ?? none;
    this.known.set(conversation, draft);
    return draft;
  }

  private save(conversation: string): void {
    clearTimeout(this.dirty.get(conversation));
    this.dirty.delete(conversation);
    const draft = this.find(conversation);
    this.put(conversation, draft);
    this.options.keep?.(conversation, draft);
  }

  private put(conversation: string, draft: Draft): void {
    this.attempt((shelf) =>
      draft.text === ""
        ? shelf.removeItem(this.prefix + conversation)
        : shelf.setItem(this.prefix + conversation, JSON.stringify(draft)),
    );
  }

  private prune(): void {
    this.attempt((shelf) => {
      const keys = Array.from({ length: shelf.length }, (_, i) => shelf.key(i) ?? "");
      for (const key of keys.filter((k) => k.startsWith(this.prefix))) {
        const draft = parse(shelf.getItem(key));
        if (!draft || this.options.now() - draft.at > draftAgeMs) shelf.removeItem(key);
      }
    });
  }

  /** A full or forbidden storage is no reason to stop writing. */
  private attempt<T>(act: (shelf: OpenShelf) => T): T | undefined {
    try {
      return this.options.shelf && act(this.options.shelf);
    } catch {
      return undefined;
    }
  }
}

/** Flushes when the page is hidden or left, and hears of other tabs. The result stops that. */
export function watchPage(drafts: Drafts): () => void {
  const hide = () => {
    if (document.visibilityState === "hidden") drafts.flush();
  };
  const leave = () => drafts.flush();
  const store = (event: StorageEvent) => drafts.stored(event.key, event.newValue);
  document.addEventListener("visibilitychange", hide);
  addEventListener("pagehide", leave);
  addEventListener("storage", store);
  return () => {
    drafts.flush();
    document.removeEventListener("visibilitychange", hide);
    removeEventListener("pagehide", leave);
    removeEventListener("storage", store);
  };
}

function parse(value: string | null): Draft | undefined {
  try {
    const draft = JSON.parse(value ?? "") as Partial<Draft> | null;
    return typeof draft?.text === "string" && typeof draft.at === "number"
      ? { text: draft.text, at: draft.at }
      : undefined;
  } catch {
    return undefined;
  }
}
