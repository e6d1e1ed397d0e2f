import type { Api } from "./api";
import type { Store } from "./model";

/** Puts what was said before in front of the chat; while it is on its way nothing more is asked for. */
export function older(store: Store, api: Api): () => Promise<void> {
  let asking = false;
  return async () => {
    const shown = store.get().chat;
    const first = shown?.entries[0]?.seq;
    if (asking || !shown || first === undefined) return;
    asking = true;
    try {
      const page = await api.older(shown.id, first);
      const { chat } = store.get();
      if (chat?.id !== shown.id || chat.entries[0]?.seq !== first) return;
      store.set({ chat: { ...chat, entries: [...page.entries, ...chat.entries], more: page.more } });
    } catch {
      // The next scroll asks again.
    } finally {
      asking = false;
    }
  };
}
