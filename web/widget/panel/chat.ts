import { allowed, Files, indexedShelf } from "../../protocol/src/files";
import {
  localOutbox,
  Outbox,
  reduce,
  Socket,
  type AnyEvent,
  type Conversation,
  type ConversationEvent,
  type Entry,
  type Hello,
  type Typing,
  type Waiting,
} from "../../protocol/src";
import type { Api } from "./api";
import type { Embed } from "./embed";
import { filesName, type Keep } from "./keep";
import type { Pending, Store } from "./model";
import { refusalText } from "./refusal";
import { me } from "./rows";
import { TypingIn, TypingOut } from "./typing";

/** What a running chat tells the panel around it. */
export interface ChatEvents {
  /** Somebody else wrote, or something happened to who takes part. */
  arrived(entry: Entry): void;
  /** So many are before us. */
  waits(ahead: number): void;
  closed(): void;
  /** The server does not know our token: there is no chat to come back to. */
  refused(): void;
}

/** One conversation followed over a socket: what is shown of it goes to the store. */
export class Chat {
  private readonly socket: Socket;
  private readonly outbox: Outbox;
  private readonly files: Files;
  private readonly typingIn: TypingIn;
  private readonly typingOut: TypingOut;
  /** What it was opened with. */
  readonly token: string;

  constructor(
    readonly id: string,
    private readonly store: Store,
    private readonly api: Api,
    embed: Embed,
    keep: Keep,
    private readonly events: ChatEvents,
  ) {
    this.token = keep.get()?.token ?? "";
    this.socket = new Socket({
      url: `${location.origin.replace(/^http/, "ws")}/api/v1/socket`,
      hello: async () => hello(keep.get()?.token ?? "", embed.last),
      onLink: (link) => {
        store.set({ connection: link.state });
        this.outbox.setOnline(link.state === "online");
        if (link.ended) events.refused();
      },
    });
    this.outbox = new Outbox({
      send: async (m) => {
        const attachments = m.attachments ? { attachments: await this.files.send(m) } : {};
        return this.socket.command(
          { type: "send", conversation: m.conversation, text: m.text, ...attachments },
          m.id,
        );
      },
      storage: localOutbox(`hiwar.out.${id}.`),
      onChange: () => this.showPending(),
      onGone: (m) => this.files.forget(m.attachments),
    });
    this.files = new Files({
      url: (conversation) => `/api/v1/conversations/${conversation}/attachments`,
      headers: () => ({ Authorization: `Bearer ${api.token}`, "Accept-Language": api.language }),
      onProgress: () => this.showPending(),
      onUploaded: (message, key, file) => this.outbox.uploaded(message, key, file),
      onBusy: (message) => this.outbox.stillSending(message),
      shelf: indexedShelf(filesName),
    });
    this.typingIn = new TypingIn((typing) => store.set({ typing }));
    this.typingOut = new TypingOut((on) => this.socket.tell({ type: "typing", conversation: id, on }));
    this.socket.follow(`conv/${id}`, {
      snapshot: (data, seq) => {
        this.replace(data as Conversation);
        this.outbox.reached(id, seq);
      },
      event: (e) => this.take(e),
      signal: (kind, data) => this.signal(kind, data),
      ended: () => events.refused(),
    });
    this.showPending();
    this.askRules();
    this.socket.start();
  }

  stop(): void {
    this.socket.stop();
  }

  now(): number {
    return this.socket.serverNow();
  }

  /** Sends a text and what was attached, which is attached no more. */
  send(text: string): void {
    this.typingOut.sent();
    const { tray } = this.store.get();
    this.outbox.add(this.id, text, tray.length ? { attachments: tray } : {});
    this.store.set({ tray: [], trayProblem: "" });
  }

  /** Puts files beside the box; what may not be sent is told at once. */
  async attach(chosen: readonly File[]): Promise<void> {
    const { rules, tray } = this.store.get();
    if (!rules) return;
    const { taken, refused } = allowed(chosen, rules, tray.length);
    const kept = await Promise.all(taken.map((file) => this.files.keep(file)));
    const now = this.store.get().tray;
    this.store.set({ tray: [...now, ...kept], trayProblem: refused ? refusalText(refused) : "" });
  }

  detach(key: string): void {
    const { tray } = this.store.get();
    this.files.forget(tray.filter((f) => f.key === key));
    this.store.set({ tray: tray.filter((f) => f.key !== key), trayProblem: "" });
  }

  cancel(clientId: string): void {
    this.files.cancel(clientId);
  }

  /** The bytes of a file that is not sent yet. */
  bytes(key: string): Promise<Blob | undefined> {
    return this.files.bytes(key);
  }

  private askRules(): void {
    this.api.attachmentRules(this.id).then(
      (rules) => this.store.set({ rules }),
      () => this.store.set({ rules: undefined }),
    );
  }

  resend(clientId: string): void {
    this.outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.outbox.discard(clientId);
  }

  typed(text: string): void {
    this.typingOut.typed(text);
  }

  /** Says how far the thread has come to this page, and to somebody's eyes. */
  received(): void {
    const { chat, shown } = this.store.get();
    const last = chat?.entries.findLast((e) => e.kind === "message" && e.by !== me)?.seq;
    if (last === undefined) return;
    const seen = shown && document.visibilityState === "visible" ? last : 0;
    this.socket.tell({ type: "received", conversation: this.id, delivered: last, seen }, "received");
  }

  private replace(chat: Conversation): void {
    this.show(chat);
    for (const e of chat.entries) if (e.client_id && e.by === me) this.outbox.settle(this.id, e.client_id);
    this.received();
    if (chat.status === "closed") this.events.closed();
  }

  private take(event: AnyEvent): void {
    const { chat } = this.store.get();
    if (!chat) return;
    const e = event as ConversationEvent;
    this.show(reduce(chat, e));
    this.outbox.reached(this.id, event.seq);
    const entry = e.kind === "joined" || e.kind === "left" || e.kind === "owner" ? e.data.entry : e.data;
    if (!("kind" in entry)) return; // a receipt
    if (entry.by === me && entry.client_id) this.outbox.settle(this.id, entry.client_id);
    if (entry.kind === "message" && entry.by !== undefined) this.typingIn.over(entry.by);
    if (entry.by !== me) this.events.arrived(entry);
    this.received();
    if (entry.status === "closed") this.events.closed();
  }

  private show(chat: Conversation): void {
    this.store.set({
      chat,
      view: "chat",
      ...(chat.status === "waiting" ? {} : { ahead: undefined, estimate: undefined }),
    });
  }

  private signal(kind: string, data: unknown): void {
    if (kind === "typing") {
      const typing = data as Typing;
      if (typing.by !== me) this.typingIn.heard(typing);
    } else if (kind === "waiting") {
      const { position, ahead, estimate } = data as Waiting;
      this.store.set({ ahead: position === 0 ? -1 : ahead, estimate });
      if (position > 0) this.events.waits(ahead);
    }
  }

  private showPending(): void {
    const pending = this.outbox.list(this.id).map((m): Pending => ({
      clientId: m.id,
      text: m.text,
      at: new Date(m.at).toISOString(),
      state: m.state,
      ...(m.attachments ? { files: m.attachments.map((f) => ({ ...f, sent: this.files.sent(f) })) } : {}),
      ...(m.code ? { why: refusalText({ code: m.code, params: m.params ?? {} }) } : {}),
    }));
    this.store.set({ pending });
  }
}

/** Who we are. The token alone opens what was said; the page's permission goes along, also an old one. */
function hello(visitor_token: string, embed_token: string): Hello {
  return embed_token ? { visitor_token, embed_token } : { visitor_token };
}
