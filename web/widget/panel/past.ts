import type { Api } from "./api";
import type { Store } from "./model";

/**
 * What the customer wrote to us before: listed a page at a time, and read one
 * by one. Nothing of it can be answered; who has something to add starts anew.
 */
export class Past {
  private asking = false;
  constructor(
    private readonly store: Store,
    private readonly api: Api,
  ) {}

  /** Learns whether there is anything. Who is not known to the server has nothing. */
  async look(): Promise<void> {
    const { token } = this.api;
    this.store.set({ reading: false, earlier: undefined });
    if (!token) return;
    const page = await this.api.earlier().catch(() => undefined);
    // Whoever was meant may have signed out meanwhile.
    if (page && token === this.api.token && page.conversations.length > 0) this.store.set({ earlier: page });
  }

  list(): void {
    this.store.set({ view: "earlier", chat: undefined, reading: false, earlierFailed: false });
  }

  more(): Promise<void> {
    return this.ask(async () => {
      const known = this.store.get().earlier?.conversations ?? [];
      const page = await this.api.earlier(known.at(-1)?.id);
      if (this.store.get().earlier?.conversations !== known) return;
      this.store.set({ earlier: { conversations: [...known, ...page.conversations], more: page.more } });
    });
  }

  read(id: string): Promise<void> {
    return this.ask(async () => {
      const chat = await this.api.conversation(id);
      // Another tab may have begun a chat meanwhile: that one counts.
      if (this.store.get().view === "earlier") this.store.set({ chat, view: "chat", reading: true });
    });
  }

  back(): void {
    if (this.store.get().reading) this.list();
    else this.store.set({ view: "start" });
  }

  /** One thing at a time; what did not work is said in the list. */
  private async ask(act: () => Promise<void>): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    this.store.set({ earlierFailed: false });
    try {
      await act();
    } catch {
      this.store.set({ earlierFailed: true });
    } finally {
      this.asking = false;
    }
  }
}
