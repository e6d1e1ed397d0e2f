// Drafts on the server: kept there when they change, fetched when the desk
// opens or comes back. What cannot be kept now is kept when the connection is
// back; this device has it in any case.
import type { Draft as Kept } from "../../../protocol/src/types";
import type { Draft, Drafts } from "../model/drafts";
import { command, read } from "./rest";

/** The server keeps no more of one than this, in bytes. */
export const mostBytes = 16 * 1024;

export class DraftKeeper {
  private readonly waiting = new Map<string, Draft>();
  private busy = false;

  /** Keeps the draft; of several of one conversation only the last. */
  keep = (conversation: string, draft: Draft): void => {
    // A note has its own draft beside the reply's, on this device only.
    if (conversation.includes("/")) return;
    if (new TextEncoder().encode(draft.text).length > mostBytes) return;
    this.waiting.set(conversation, draft);
    void this.work();
  };

  /** Takes what the server has, and gives it what waits. */
  async meet(drafts: Drafts): Promise<void> {
    void this.work();
    try {
      const { drafts: all } = await read<{ drafts?: Kept[] }>("/me/drafts");
      for (const kept of all ?? []) takeKept(drafts, kept);
    } catch {
      // The drafts of this device are there, and the server's come next time.
    }
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (const [conversation, draft] of this.waiting) {
        await command("PUT", `/conversations/${conversation}/draft`, {
          text: draft.text,
          revision: Math.round(draft.at),
        }).catch((error: unknown) => {
          // Whatever else the server says, it will say again.
          if ((error as { code?: string }).code === "unavailable") throw error;
        });
        if (this.waiting.get(conversation) === draft) this.waiting.delete(conversation);
      }
    } catch {
      // Without a connection: the next time we meet.
    } finally {
      this.busy = false;
    }
  }
}

/** A draft as the server tells it: its revision is when it was written. */
export const takeKept = (drafts: Drafts, kept: Kept): void =>
  drafts.take(kept.conversation, { text: kept.text, at: kept.revision });
