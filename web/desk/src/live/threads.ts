// The conversations that are followed: those of one's cards, and of requests
// that have just gone and are still shown.
import { reduce, reduceStaff } from "../../../protocol/src/reduce";
import type { Socket } from "../../../protocol/src/socket";
import type {
  Conversation,
  ConversationEvent,
  Entry,
  StaffEvent,
  StaffThread,
  Typing,
} from "../../../protocol/src/types";
import { headOf } from "../model/thread";
import { typing, without, withOlder } from "./changes";
import { read } from "./rest";
import type { Sending } from "./sending";
import { withThread, type DeskState, type ThreadState } from "./state";
import type { Store } from "./store";

const pageSize = 50;

export class Threads {
  private readonly followed = new Map<string, () => void>();
  /** Followed conversations that the server tells us nothing of any more. */
  private readonly cutOff = new Set<string>();

  constructor(
    private readonly store: Store<DeskState>,
    private readonly socket: Socket,
    private readonly sending: Sending,
    private readonly user: string,
  ) {}

  /** Follows the conversations of all cards, requests included, and lets go of the others. */
  followAll(): void {
    const { desk, departed } = this.store.get();
    const wanted = new Set(
      [...(desk?.cards ?? []), ...departed.map((d) => d.card)].map((card) => card.conversation),
    );
    for (const id of wanted) if (!this.followed.has(id)) this.follow(id);
    // Missed, and offered again while the miss is still shown: the right to
    // read ended with the first request and began anew with the second.
    for (const card of desk?.cards ?? []) {
      if (card.kind === "wrapup" || !this.cutOff.delete(card.conversation)) continue;
      this.followed.get(card.conversation)?.();
      this.follow(card.conversation);
    }
    for (const [id, unfollow] of this.followed) {
      if (wanted.has(id)) continue;
      unfollow();
      this.followed.delete(id);
      this.cutOff.delete(id);
      this.store.set((s) => ({ ...s, threads: without(s.threads, id) }));
    }
  }

  private follow(id: string): void {
    const change = (f: (thread: ThreadState) => ThreadState) => this.store.set((s) => withThread(s, id, f));
    const conversation = this.socket.follow(`conv/${id}`, {
      snapshot: (data, seq) => {
        const view = data as Conversation;
        for (const entry of view.entries)
          if (entry.client_id) this.sending.outbox.settle(id, entry.client_id);
        this.sending.outbox.reached(id, seq);
        change(({ failed: _, ...thread }) => ({ ...thread, conversation: view, older: "idle" }));
        this.received(view);
      },
      event: (event) => this.told(id, event as ConversationEvent),
      signal: (kind, data) => {
        if (kind === "typing")
          change((thread) => ({ ...thread, typing: typing(thread.typing, data as Typing) }));
      },
      ended: () => {
        this.cutOff.add(id);
        change((thread) => (thread.conversation ? thread : { ...thread, failed: true }));
      },
    });
    const staff = this.socket.follow(`conv/${id}/staff`, {
      snapshot: (data, seq) => {
        const staff = data as StaffThread;
        for (const entry of staff.entries)
          if (entry.client_id) this.sending.outbox.settle(id, entry.client_id);
        this.sending.outbox.reached(id, seq, { note: true });
        change((thread) => ({ ...thread, staff }));
      },
      event: (event) => {
        const { data } = event as StaffEvent;
        change((thread) =>
          thread.staff ? { ...thread, staff: reduceStaff(thread.staff, event as StaffEvent) } : thread,
        );
        if (data.client_id) this.sending.outbox.settle(id, data.client_id);
        this.sending.outbox.reached(id, event.seq, { note: true });
      },
    });
    this.followed.set(id, () => {
      conversation();
      staff();
    });
    this.sending.show(id);
  }

  private told(id: string, event: ConversationEvent): void {
    this.store.set((s) =>
      withThread(s, id, (thread) => {
        if (!thread.conversation) return thread;
        const next = { ...thread, conversation: reduce(thread.conversation, event) };
        // Who has written is no longer writing.
        if (event.kind === "message") next.typing = thread.typing.filter((t) => t.by !== event.data.by);
        return next;
      }),
    );
    this.sending.outbox.reached(id, event.seq);
    if (event.kind !== "message") return;
    if (event.data.client_id) this.sending.outbox.settle(id, event.data.client_id);
    const view = this.store.get().threads[id]?.conversation;
    if (view) this.received(view);
  }

  /** Tells that everything up to the last entry has arrived here. */
  private received(view: Conversation): void {
    const self = view.participants.find((p) => p.user === this.user && p.present);
    const head = headOf(view);
    if (!self || self.delivered >= head) return;
    this.socket.tell(
      { type: "received", conversation: view.id, delivered: head, seen: self.seen },
      `received ${view.id}`,
    );
  }

  /** Tells that everything up to there was seen, and shows it at once. */
  seen(conversation: string, seq: number): void {
    const view = this.store.get().threads[conversation]?.conversation;
    const self = view?.participants.find((p) => p.user === this.user);
    if (!view || !self || self.seen >= seq) return;
    this.socket.tell(
      { type: "received", conversation, delivered: seq, seen: seq },
      `received ${conversation}`,
    );
    // The server's own word comes within a second.
    const receipt = { by: self.number, delivered: seq, seen: seq };
    this.store.set((s) =>
      withThread(s, conversation, (thread) =>
        thread.conversation
          ? {
              ...thread,
              conversation: reduce(thread.conversation, {
                topic: "",
                seq: 0,
                at: "",
                kind: "receipt",
                data: receipt,
              }),
            }
          : thread,
      ),
    );
  }

  /** Fetches the page before what is known. */
  async older(id: string): Promise<void> {
    const change = (f: (thread: ThreadState) => ThreadState) => this.store.set((s) => withThread(s, id, f));
    const first = this.store.get().threads[id]?.conversation?.entries[0]?.seq ?? 0;
    change((thread) => ({ ...thread, older: "loading" }));
    try {
      const page = await read<{ entries: Entry[]; more: boolean }>(
        `/conversations/${id}/entries?before=${first}&limit=${pageSize}`,
      );
      change((thread) => ({ ...withOlder(thread, page.entries, page.more), older: "idle" }));
    } catch {
      change((thread) => ({ ...thread, older: "failed" }));
    }
  }

  /** Begins anew with a conversation that could not be read. */
  reload(id: string): void {
    this.followed.get(id)?.();
    this.store.set((s) => withThread(s, id, ({ failed: _, ...thread }) => thread));
    this.follow(id);
  }

  /** Shows of each what is on its way. */
  showOutgoing(): void {
    for (const id of this.followed.keys()) this.sending.show(id);
  }
}
