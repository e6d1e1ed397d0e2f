// The desk on a server: what the socket tells is written into the store, what
// a person does is sent. The only place that knows both.
import type { Files } from "../../../protocol/src/files";
import { localOutbox, Outbox, type OutFile, type Outgoing as Sent } from "../../../protocol/src/outbox";
import { reduce, reduceDesk, reduceStaff } from "../../../protocol/src/reduce";
import { Refusal, Socket, type Reply } from "../../../protocol/src/socket";
import type {
  Agent,
  AttachmentRules,
  Conversation,
  ConversationEvent,
  Desk,
  DeskEvent,
  Draft,
  Entry,
  Explanation,
  Gone,
  History,
  StaffEvent,
  StaffThread,
  Standing,
  Targets,
  Today,
  Typing,
  WaitingList,
} from "../../../protocol/src/types";
import { serverNow, setClockOffset } from "../../../ui/src/now";
import { Drafts, watchPage } from "../model/drafts";
import { persistently } from "../../../ui/src/later";
import { every } from "../../../ui/src/ticker";
import { keepList, lastList, wrapUpOf } from "../model/reasons";
import { cardOf } from "../model/tasks";
import { headOf, type Outgoing } from "../model/thread";
import { DraftKeeper, takeKept } from "./keepDrafts";
import { command, read } from "./rest";
import { deviceShelf } from "../parts/device";
import { logout } from "./session";
import {
  withThread,
  type Actions,
  type Departed,
  type DeskState,
  type Link,
  type Live,
  type Me,
  type Setup,
  type ThreadState,
} from "./state";
import { createStore, type Store } from "./store";

/** How long a request that ended shows how: expired and taken, and those whose customer left. */
const departedMs = { missed: 3000, accepted: 3000, other: 4000 };
/** A typing signal is believed for so long. */
const typingMs = 8000;
const pageSize = 50;

export interface Connection extends Live {
  stop(): void;
}

/** Opens the desk of a signed-in agent. */
export function connect(me: Me, setup: Setup): Connection {
  return new DeskConnection(me, setup);
}

class DeskConnection implements Connection {
  readonly store: Store<DeskState>;
  readonly actions: Actions;
  readonly drafts: Drafts;
  private readonly unwatch: () => void;
  private readonly socket: Socket;
  private readonly outbox: Outbox;
  private readonly followed = new Map<string, () => void>();
  /** Followed conversations that the server tells us nothing of any more. */
  private readonly cutOff = new Set<string>();
  /** Offers whose Accept was pressed in this tab: nobody else "already accepted" those. */
  private readonly accepts = new Map<string, Promise<void>>();
  private readonly acceptedHere = new Set<string>();
  /** Requests accepted here that are gone, by the part that follows. */
  private readonly giveWay = new Map<number, DeskEvent & { kind: "card_gone" }>();
  private readonly confirmed = new Set<number>();
  /** Parts that are being ended: their wrap-up is submitted after that. */
  private readonly ends = new Map<number, Promise<void>>();
  private filesFetched: Promise<Files> | undefined;
  /** How much of a file is sent. */
  private sent = (file: OutFile): number => (file.id ? 1 : 0);

  constructor(
    private readonly me: Me,
    setup: Setup,
  ) {
    this.store = createStore<DeskState>({
      me,
      setup,
      link: { state: "connecting", since: Date.now() },
      threads: {},
      accepting: {},
      ending: {},
      departed: [],
      targetsChanged: 0,
    });
    this.outbox = new Outbox({
      // What is written before the server has confirmed Accept waits for it.
      send: async (m) => {
        await this.accepts.get(m.conversation);
        const attachments = m.attachments && { attachments: await (await this.files()).send(m) };
        return this.socket.command(
          { type: m.note ? "note" : "send", conversation: m.conversation, text: m.text, ...attachments },
          m.id,
        );
      },
      storage: localOutbox(`hiwar.out.${me.user}.`),
      onChange: (conversation) => this.showOutgoing(conversation),
      onGone: (m) => m.attachments && void this.files().then((files) => files.forget(m.attachments)),
    });
    const keeper = new DraftKeeper();
    this.drafts = new Drafts({ user: me.user, shelf: deviceShelf(), now: serverNow, keep: keeper.keep });
    this.unwatch = watchPage(this.drafts);
    this.socket = new Socket({
      url: `${window.location.origin.replace(/^http/, "ws")}/api/v1/socket`,
      hello: async () => ({ ticket: await ticket() }),
      every,
      onLink: () => this.showLink(),
      onWelcome: () => {
        setClockOffset(this.socket.serverNow() - Date.now());
        void keeper.meet(this.drafts);
      },
    });
    this.actions = this.makeActions();
    addEventListener("online", this.showLink);
    addEventListener("offline", this.showLink);
    this.followDesk();
    this.socket.start();
  }

  stop(): void {
    removeEventListener("online", this.showLink);
    removeEventListener("offline", this.showLink);
    this.unwatch();
    this.socket.stop();
  }

  /**
   * Shows how we are connected. A socket may look alive for a while after the
   * network has gone; what the browser knows at once is shown at once.
   */
  private readonly showLink = (): void => {
    const link = this.socket.state;
    const cut = link.state === "online" && !navigator.onLine;
    this.outbox.setOnline(link.state === "online" && !cut);
    const shown: Link = cut
      ? { state: "offline", since: Date.now() }
      : { ...link, ...(link.next === undefined ? {} : { next: link.next - Date.now() + serverNow() }) };
    this.store.set((s) => ({ ...s, link: shown, ...(link.ended === undefined ? {} : { signedOut: true }) }));
    for (const conversation of this.followed.keys()) this.showOutgoing(conversation);
  };

  // ---- what the server tells ----

  private followDesk(): void {
    this.socket.follow(`agent/${this.me.user}`, {
      snapshot: (data) => this.setDesk(data as Desk),
      event: (event) => this.deskEvent(event as DeskEvent),
      signal: (kind, data) => {
        if (kind === "draft") takeKept(this.drafts, data as Draft);
        if (kind === "targets") this.store.set((s) => ({ ...s, targetsChanged: s.targetsChanged + 1 }));
      },
    });
  }

  private setDesk(desk: Desk): void {
    this.store.set((s) => ({ ...s, desk, ending: stillEnding(s.ending, desk) }));
    for (const { wrapup, queue } of desk.cards)
      if (wrapup) keepList(deviceShelf(), this.me.user, queue.id, wrapup);
    this.followThreads();
  }

  private deskEvent(event: DeskEvent): void {
    const desk = this.store.get().desk;
    if (!desk) return;
    if (event.kind === "card_gone") {
      const gone = event.data;
      // A request accepted here gives way to the card that follows it, without
      // a moment in which the conversation is not on the page.
      if (gone.how === "accepted" && gone.part !== undefined && this.acceptedHere.has(gone.key)) {
        this.giveWay.set(gone.part, event);
        return;
      }
      this.depart(gone);
    }
    if (event.kind === "card" && event.data.kind === "request") this.arriveAgain(event.data.conversation);
    const next = reduceDesk(desk, event);
    const before = event.kind === "card" && this.giveWay.get(event.data.part ?? 0);
    if (before) this.replaceRequest(next, before);
    else this.setDesk(next);
  }

  /** What is still shown of an earlier request gives way to the next one of the same conversation. */
  private arriveAgain(conversation: string): void {
    const { departed } = this.store.get();
    const others = departed.filter((d) => d.card.conversation !== conversation);
    if (others.length < departed.length) this.store.set((s) => ({ ...s, departed: others }));
  }

  /** The request goes when its card is there, and only then is it no longer being accepted. */
  private replaceRequest(desk: Desk, gone: DeskEvent & { kind: "card_gone" }): void {
    this.giveWay.delete(gone.data.part ?? 0);
    this.acceptedHere.delete(gone.data.key);
    const offer = desk.cards.find((card) => card.key === gone.data.key)?.offer;
    this.setDesk(reduceDesk(desk, gone));
    if (offer !== undefined) this.store.set((s) => ({ ...s, accepting: without(s.accepting, offer) }));
  }

  /** A request that ended otherwise than by this tab stays for a moment and says how. */
  private depart(gone: Gone): void {
    const card = this.store.get().desk?.cards.find((c) => c.key === gone.key);
    if (card?.kind !== "request" || card.offer === undefined) return;
    const offer = card.offer;
    this.store.set((s) => ({ ...s, accepting: without(s.accepting, offer) }));
    if (gone.how === "accepted" && this.acceptedHere.delete(gone.key)) return;
    const departed: Departed = { card, how: gone.how, cause: gone.cause };
    this.store.set((s) => ({ ...s, departed: [...s.departed, departed] }));
    const stays = gone.how === "missed" || gone.how === "accepted" ? departedMs[gone.how] : departedMs.other;
    setTimeout(() => {
      this.store.set((s) => ({ ...s, departed: s.departed.filter((d) => d !== departed) }));
      this.followThreads();
    }, stays);
  }

  /** Follows the conversations of all cards, requests included, and lets go of the others. */
  private followThreads(): void {
    const { desk, departed } = this.store.get();
    const wanted = new Set(
      [...(desk?.cards ?? []), ...departed.map((d) => d.card)].map((card) => card.conversation),
    );
    for (const id of wanted) if (!this.followed.has(id)) this.followThread(id);
    // Missed, and offered again while the miss is still shown: the right to
    // read ended with the first request and began anew with the second.
    for (const card of desk?.cards ?? []) {
      if (card.kind === "wrapup" || !this.cutOff.delete(card.conversation)) continue;
      this.followed.get(card.conversation)?.();
      this.followThread(card.conversation);
    }
    for (const [id, unfollow] of this.followed) {
      if (wanted.has(id)) continue;
      unfollow();
      this.followed.delete(id);
      this.cutOff.delete(id);
      this.store.set((s) => ({ ...s, threads: without(s.threads, id) }));
    }
  }

  private followThread(id: string): void {
    const change = (f: (thread: ThreadState) => ThreadState) => this.store.set((s) => withThread(s, id, f));
    const conversation = this.socket.follow(`conv/${id}`, {
      snapshot: (data, seq) => {
        const view = data as Conversation;
        for (const entry of view.entries) if (entry.client_id) this.outbox.settle(id, entry.client_id);
        this.outbox.reached(id, seq);
        change(({ failed: _, ...thread }) => ({ ...thread, conversation: view, older: "idle" }));
        this.received(view);
      },
      event: (event) => this.conversationEvent(id, event as ConversationEvent),
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
        for (const entry of staff.entries) if (entry.client_id) this.outbox.settle(id, entry.client_id);
        this.outbox.reached(id, seq, { note: true });
        change((thread) => ({ ...thread, staff }));
      },
      event: (event) => {
        const { data } = event as StaffEvent;
        change((thread) =>
          thread.staff ? { ...thread, staff: reduceStaff(thread.staff, event as StaffEvent) } : thread,
        );
        if (data.client_id) this.outbox.settle(id, data.client_id);
        this.outbox.reached(id, event.seq, { note: true });
      },
    });
    this.followed.set(id, () => {
      conversation();
      staff();
    });
    this.showOutgoing(id);
  }

  private conversationEvent(id: string, event: ConversationEvent): void {
    this.store.set((s) =>
      withThread(s, id, (thread) => {
        if (!thread.conversation) return thread;
        const next = { ...thread, conversation: reduce(thread.conversation, event) };
        // Who has written is no longer writing.
        if (event.kind === "message") next.typing = thread.typing.filter((t) => t.by !== event.data.by);
        return next;
      }),
    );
    this.outbox.reached(id, event.seq);
    if (event.kind !== "message") return;
    if (event.data.client_id) this.outbox.settle(id, event.data.client_id);
    const view = this.store.get().threads[id]?.conversation;
    if (view) this.received(view);
  }

  /** Tells that everything up to the last entry has arrived here. */
  private received(view: Conversation): void {
    const self = view.participants.find((p) => p.user === this.me.user && p.present);
    const head = headOf(view);
    if (!self || self.delivered >= head) return;
    this.socket.tell(
      { type: "received", conversation: view.id, delivered: head, seen: self.seen },
      `received ${view.id}`,
    );
  }

  /** Few messages carry files: what sends them is fetched with the first. */
  private files(): Promise<Files> {
    this.filesFetched ??= persistently(() => import("./files")).then(({ makeFiles }) =>
      makeFiles(this.outbox, (conversation) => {
        this.showOutgoing(conversation);
      }),
    );
    void this.filesFetched.then((files) => (this.sent = (file) => files.sent(file)));
    return this.filesFetched;
  }

  private showOutgoing(conversation: string): void {
    const online = this.store.get().link.state === "online";
    const outgoing = this.outbox.list(conversation).map((m) => shown(m, online, this.sent));
    this.store.set((s) => withThread(s, conversation, (thread) => ({ ...thread, outgoing })));
  }

  // ---- what a person does ----

  /**
   * Resolves once nothing of the conversation is on its way: what was written
   * before one's part ends would be refused after it. Without a connection there
   * is nothing to wait for.
   */
  private said(conversation: string): Promise<void> {
    const done = () => {
      const { link, threads } = this.store.get();
      const under = threads[conversation]?.outgoing.some((message) => message.mark !== "failed");
      return link.state !== "online" || !under;
    };
    if (done()) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.store.subscribe(() => {
        if (!done()) return;
        stop();
        resolve();
      });
    });
  }

  private async accept(offer: number): Promise<void> {
    const card = this.store.get().desk?.cards.find((c) => c.offer === offer);
    if (!card) throw new Refusal("offer_not_found");
    this.acceptedHere.add(card.key);
    this.store.set((s) => ({ ...s, accepting: { ...s.accepting, [offer]: Date.now() } }));
    const done = this.socket.command({ type: "accept", offer }).then(() => undefined);
    this.accepts.set(card.conversation, done);
    try {
      await done;
    } catch (error) {
      this.acceptedHere.delete(card.key);
      this.store.set((s) => ({ ...s, accepting: without(s.accepting, offer) }));
      throw error;
    } finally {
      this.accepts.delete(card.conversation);
    }
  }

  /**
   * Ends one's part. Its wrap-up is there at once where the list of its queue is
   * known; the server's own follows it, or takes it back by refusing.
   */
  private async end(id: string, path: "end" | "leave"): Promise<void> {
    const { desk, link } = this.store.get();
    const card = cardOf(desk, id);
    const list = card && lastList(deviceShelf(), this.me.user, card.queue.id);
    if (list && card.kind === "active" && link.state === "online") {
      const shown = wrapUpOf(card, list, this.socket.serverNow());
      this.store.set((s) => ({ ...s, ending: { ...s.ending, [id]: shown } }));
    }
    const done = this.said(id).then(() => command("POST", `/conversations/${id}/${path}`));
    const part = card?.part ?? 0;
    this.ends.set(part, done);
    try {
      await done;
    } catch (error) {
      this.store.set((s) => ({ ...s, ending: without(s.ending, id) }));
      throw error;
    } finally {
      this.ends.delete(part);
    }
  }

  /** Shows a state before the server has it; undo takes that back, unless the server has said something since. */
  private showPresence(
    presence: "available" | "idle",
    reason: string | undefined,
  ): { was: Agent["presence"]; undo(): void } | undefined {
    const setAgent = (agent: Agent) =>
      this.store.set((s) => (s.desk ? { ...s, desk: { ...s.desk, agent } } : s));
    const before = this.store.get().desk?.agent;
    if (!before) return undefined;
    const { user, name, engaged, occupied, capacity, available_at } = before;
    const since = new Date(this.socket.serverNow()).toISOString();
    const agent: Agent = {
      ...{ user, name, engaged, occupied, capacity, presence, since },
      ...(presence === "available" ? { available_at: since } : available_at ? { available_at } : {}),
      ...(reason ? { idle_reason: reason } : {}),
    };
    setAgent(agent);
    return {
      was: before.presence,
      undo: () => {
        if (this.store.get().desk?.agent === agent) setAgent(before);
      },
    };
  }

  private seen(conversation: string, seq: number): void {
    const view = this.store.get().threads[conversation]?.conversation;
    const self = view?.participants.find((p) => p.user === this.me.user);
    if (!view || !self || self.seen >= seq) return;
    this.socket.tell(
      { type: "received", conversation, delivered: seq, seen: seq },
      `received ${conversation}`,
    );
    // Shown at once; the server's own word comes within a second.
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

  private async older(id: string): Promise<void> {
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

  private makeActions(): Actions {
    const conversation = (id: string, rest: string) => `/conversations/${id}/${rest}`;
    const whole = (done: Promise<Reply>) => done.then(() => undefined);
    return {
      confirm: (offer) => {
        if (this.confirmed.has(offer)) return;
        this.confirmed.add(offer);
        this.socket.tell({ type: "confirm", offer }, `confirm ${offer}`);
      },
      accept: (offer) => this.accept(offer),
      setPresence: async (presence, reason) => {
        const shown = this.showPresence(presence, reason);
        try {
          if (shown?.was === "signed_out") await command("POST", "/me/sign-in");
          await whole(this.socket.command({ type: "presence", presence, idle_reason: reason ?? "" }));
        } catch (error) {
          shown?.undo();
          throw error;
        }
      },
      signOut: async () => {
        await logout();
        this.socket.stop();
        this.store.set((s) => ({ ...s, signedOut: true, left: true }));
      },
      send: (id, text, files) =>
        void this.outbox.add(id, text, files?.length ? { attachments: [...files] } : {}),
      files: () => this.files(),
      attachmentRules: (id) => read<AttachmentRules>(conversation(id, "attachments")),
      fileAddress: (id, file) => `/api/v1${conversation(id, `attachments/${file}`)}`,
      note: (id, text) => void this.outbox.add(id, text, { note: true }),
      retry: (_, id) => this.outbox.retry(id),
      discard: (_, id) => this.outbox.discard(id),
      typing: (id, on) => this.socket.tell({ type: "typing", conversation: id, on }),
      seen: (id, seq) => this.seen(id, seq),
      older: (id) => this.older(id),
      reload: (id) => {
        this.followed.get(id)?.();
        this.store.set((s) => withThread(s, id, ({ failed: _, ...thread }) => thread));
        this.followThread(id);
      },
      targets: (id) => read<Targets>(conversation(id, "targets")),
      transfer: async (id, to, note) => {
        await this.said(id);
        await command("POST", conversation(id, "transfer"), {
          ...(to.queue === undefined ? {} : { queue: to.queue }),
          ...(to.agent === undefined ? {} : { agent: to.agent }),
          ...(note === "" ? {} : { note }),
        });
      },
      invite: (id, agent) => command("POST", conversation(id, "invitation"), { agent }),
      cancelRequest: (id) => command("DELETE", conversation(id, "invitation")),
      handOver: (id, agent) => command("POST", conversation(id, "handover"), { agent }),
      leave: (id) => this.end(id, "leave"),
      removeGuest: (id, guest) => command("DELETE", conversation(id, `guests/${guest}`)),
      end: (id) => this.end(id, "end"),
      submitWrapUp: async (part, reason) => {
        await this.ends.get(part);
        await command("PUT", `/parts/${part}/wrapup`, reason === "" ? {} : { reason });
      },
      stopWrapUpTimer: (part) => command("DELETE", `/parts/${part}/wrapup-timer`),
      extendWrapUp: (part) => command("POST", `/parts/${part}/wrapup-extension`),
      history: (id, before) =>
        read<History>(conversation(id, `history${before ? `?before=${encodeURIComponent(before)}` : ""}`)),
      past: (id, past) => read<Conversation>(conversation(id, `history/${past}?limit=200`)),
      today: () => read<Today>("/me/today"),
      waiting: () => read<WaitingList>("/waiting"),
      pick: (id) => command("POST", conversation(id, "pick")),
      explain: (id) => read<Explanation>(conversation(id, "explain")),
      standing: () => read<Standing>(`/agents/${this.me.user}/explain`),
      reconnect: () => this.socket.reconnect(),
    };
  }
}

/** A ticket for one connection. A session that is over ends the socket for good. */
async function ticket(): Promise<string> {
  try {
    return (await command<{ ticket: string }>("POST", "/socket-tickets")).ticket;
  } catch (error) {
    const over =
      error instanceof Refusal && (error.code === "token_required" || error.code === "token_invalid");
    throw over ? new Refusal("signed_out") : error;
  }
}

function shown(message: Sent, online: boolean, sent: (file: OutFile) => number): Outgoing {
  const { id, text, state } = message;
  // Shown among what the server has dated, whatever this computer takes the time to be.
  const at = message.at - Date.now() + serverNow();
  const mark = state === "failed" ? "failed" : state === "queued" && !online ? "waiting" : "sending";
  const problem = message.code
    ? { code: message.code, ...(message.params ? { params: message.params } : {}) }
    : undefined;
  return {
    clientId: id,
    text,
    at,
    mark,
    ...(message.note ? { note: true } : {}),
    ...(message.attachments
      ? { attachments: message.attachments.map((f) => ({ ...f, sent: sent(f) })) }
      : {}),
    ...(problem ? { problem } : {}),
  };
}

/** Who is writing, after one more signal. */
export function typing(now: ThreadState["typing"], { by, name, on }: Typing): ThreadState["typing"] {
  const others = now.filter((typist) => typist.by !== by);
  return on ? [...others, { by, name, until: Date.now() + typingMs }] : others;
}

/** The thread with a page of older entries before those it has. */
export function withOlder(thread: ThreadState, entries: Entry[], more: boolean): ThreadState {
  const { conversation } = thread;
  if (!conversation) return thread;
  const first = conversation.entries[0]?.seq ?? Infinity;
  const before = entries.filter((entry) => entry.seq < first);
  return {
    ...thread,
    conversation: { ...conversation, entries: [...before, ...conversation.entries], more },
  };
}

/** What is being ended and has not become a wrap-up, or gone. */
function stillEnding(ending: DeskState["ending"], desk: Desk): DeskState["ending"] {
  const active = new Set(desk.cards.filter((card) => card.kind === "active").map((card) => card.key));
  return Object.entries(ending).reduce(
    (left, [id, card]) => (card && active.has(card.key) ? left : without(left, id)),
    ending,
  );
}

function without<T extends Readonly<Record<string | number, unknown>>>(record: T, key: keyof T): T {
  if (!(key in record)) return record;
  const { [key]: _, ...rest } = record;
  return rest as T;
}
