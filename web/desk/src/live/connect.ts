// The desk on a server: what the socket tells is written into the store, what
// a person does is sent. The only place that knows both.
import { reduceDesk } from "../../../protocol/src/reduce";
import { Refusal, Socket, type Reply } from "../../../protocol/src/socket";
import type {
  Agent,
  AttachmentRules,
  Conversation,
  Desk,
  DeskEvent,
  Draft,
  Explanation,
  OfferExplanation,
  Gone,
  History,
  Standing,
  Targets,
  Today,
  WaitingList,
} from "../../../protocol/src/types";
import { serverNow, setClockOffset } from "../../../ui/src/now";
import { every } from "../../../ui/src/ticker";
import { Drafts, watchPage } from "../model/drafts";
import { keepList, lastList, wrapUpNote, wrapUpOf } from "../model/reasons";
import { cardOf } from "../model/tasks";
import { deviceShelf } from "../parts/device";
import { preferences } from "../settings";
import { fromServer } from "../settings/server";
import { stillEnding, without } from "./changes";
import { DraftKeeper, takeKept } from "./keepDrafts";
import { command, read } from "./rest";
import { Sending } from "./sending";
import { logout, readSetup } from "./session";
import type { Actions, Departed, DeskState, Link, Live, Me, Setup } from "./state";
import { createStore, type Store } from "./store";
import { Threads } from "./threads";

/** Desks that are told at once of another set-up ask for it over this time. */
const setupWithinMs = 3000;

/** How long a request that ended shows how: expired and taken, and those whose customer left. */
const departedMs = { missed: 3000, accepted: 3000, other: 4000 };

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
  private readonly sending: Sending;
  private readonly threads: Threads;
  /** Accepts under way, by conversation. */
  private readonly accepts = new Map<string, Promise<void>>();
  /** Offers whose Accept was pressed in this tab: nobody else "already accepted" those. */
  private readonly acceptedHere = new Set<string>();
  /** Requests accepted here that are gone, by the part that follows. */
  private readonly giveWay = new Map<number, DeskEvent & { kind: "card_gone" }>();
  private readonly confirmed = new Set<number>();
  /** Parts that are being ended: their wrap-up is submitted after that. */
  private readonly ends = new Map<number, Promise<void>>();
  private welcomed = false;
  private askSetup: ReturnType<typeof setTimeout> | undefined;

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
        // What was told while there was no connection is not told again.
        if (this.welcomed) {
          this.followSetup();
          preferences.askAgain();
        }
        this.welcomed = true;
      },
    });
    this.sending = new Sending(this.store, this.socket, me.user, (conversation) =>
      this.accepts.get(conversation),
    );
    this.threads = new Threads(this.store, this.socket, this.sending, me.user);
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
    clearTimeout(this.askSetup);
    this.socket.stop();
  }

  /**
   * Shows how we are connected. A socket may look alive for a while after the
   * network has gone; what the browser knows at once is shown at once.
   */
  private readonly showLink = (): void => {
    const link = this.socket.state;
    const cut = link.state === "online" && !navigator.onLine;
    this.sending.outbox.setOnline(link.state === "online" && !cut);
    const shown: Link = cut
      ? { state: "offline", since: Date.now() }
      : { ...link, ...(link.next === undefined ? {} : { next: link.next - Date.now() + serverNow() }) };
    this.store.set((s) => ({ ...s, link: shown, ...(link.ended === undefined ? {} : { signedOut: true }) }));
    this.threads.showOutgoing();
  };

  // ---- what the server tells ----

  private followDesk(): void {
    this.socket.follow(`agent/${this.me.user}`, {
      snapshot: (data) => this.setDesk(data as Desk),
      event: (event) => this.deskEvent(event as DeskEvent),
      signal: (kind, data) => {
        if (kind === "draft") takeKept(this.drafts, data as Draft);
        if (kind === "settings") this.followSetup();
        if (kind === "preferences") preferences.told(fromServer(data as object));
        if (kind === "targets") this.store.set((s) => ({ ...s, targetsChanged: s.targetsChanged + 1 }));
      },
    });
  }

  /** The organization has set up something else: an open desk goes on with it. */
  private followSetup(): void {
    clearTimeout(this.askSetup);
    this.askSetup = setTimeout(() => {
      readSetup().then(
        (setup) => this.store.set((s) => ({ ...s, setup })),
        () => undefined, // what is known holds until it is told again
      );
    }, Math.random() * setupWithinMs);
  }

  private setDesk(desk: Desk): void {
    this.store.set((s) => ({ ...s, desk, ending: stillEnding(s.ending, desk) }));
    for (const { wrapup, queue } of desk.cards)
      if (wrapup) keepList(deviceShelf(), this.me.user, queue.id, wrapup);
    this.threads.followAll();
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
      if (gone.cause === "automatic") this.sendNote(gone);
      this.depart(gone);
    }
    if (event.kind === "card" && event.data.kind === "request") this.arriveAgain(event.data.conversation);
    const next = reduceDesk(desk, event);
    const before = event.kind === "card" && this.giveWay.get(event.data.part ?? 0);
    if (before) this.replaceRequest(next, before);
    else this.setDesk(next);
  }

  /** The timer submitted before the agent did: what they had written by then is not lost, nor there twice from two tabs. */
  private sendNote(gone: Gone): void {
    const part = this.store.get().desk?.cards.find((card) => card.key === gone.key)?.part ?? 0;
    const note = this.drafts.read(wrapUpNote(gone.conversation)).trim();
    this.drafts.write(wrapUpNote(gone.conversation), "");
    if (note !== "")
      void command("PUT", `/parts/${part}/wrapup`, { note }, `late-note-${part}`).catch(() => undefined);
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
      this.threads.followAll();
    }, stays);
  }

  // ---- what a person does ----

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
    const done = this.sending.said(id).then(() => command("POST", `/conversations/${id}/${path}`));
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
      decline: (offer, reason) => command("POST", `/offers/${offer}/decline`, reason ? { reason } : {}),
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
        void this.sending.outbox.add(id, text, files?.length ? { attachments: [...files] } : {}),
      files: () => this.sending.files(),
      attachmentRules: (id) => read<AttachmentRules>(conversation(id, "attachments")),
      fileAddress: (id, file) => `/api/v1${conversation(id, `attachments/${file}`)}`,
      note: (id, text) => void this.sending.outbox.add(id, text, { note: true }),
      retry: (_, id) => this.sending.outbox.retry(id),
      discard: (_, id) => this.sending.outbox.discard(id),
      typing: (id, on) => this.socket.tell({ type: "typing", conversation: id, on }),
      seen: (id, seq) => this.threads.seen(id, seq),
      older: (id) => this.threads.older(id),
      reload: (id) => this.threads.reload(id),
      targets: (id) => read<Targets>(conversation(id, "targets")),
      transfer: async (id, to, note) => {
        await this.sending.said(id);
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
      submitWrapUp: async (part, reason, note) => {
        await this.ends.get(part);
        await command("PUT", `/parts/${part}/wrapup`, {
          ...(reason === "" ? {} : { reason }),
          ...(note === "" ? {} : { note }),
        });
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
      explainOffer: (id, offer) =>
        read<OfferExplanation>(conversation(id, `offers/${String(offer)}/explain`)),
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
