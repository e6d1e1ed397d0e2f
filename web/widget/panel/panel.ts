import type { Detail, Happening, ToPanel } from "../bridge/bridge";
import { readable } from "../bridge/color";
import { setLanguage, type Lang } from "../../locales/runtime";
import { wIdleStay, wNewMessageSr } from "../../locales/gen/messages";
import { newId, type Entry } from "../../protocol/src";
import { inShort } from "../../protocol/src/filename";
import { Refused, type Api } from "./api";
import { Attention } from "./attention";
import type { Chat } from "./chat";
import { Embed } from "./embed";
import { Filling } from "./filling";
import { Identity } from "./identity";
import { happened } from "./happened";
import type { Host } from "./host";
import type { Keep } from "./keep";
import { empty, type Acts, type Model, type Store } from "./model";
import { older } from "./older";
import { Past } from "./past";
import { lineText } from "./rows";
import { Starting } from "./starting";

/** What the panel is made of; given, so that a test can give others. */
export interface Parts {
  store: Store;
  api: Api;
  keep: Keep;
  host: Pick<Host, "exists" | "tell">;
}

/**
 * The panel's will: which view, which chat, and what every press does. It
 * begins with what the loader says, or by itself when opened as a page.
 */
export class Panel {
  private readonly embed: Embed;
  private readonly identity: Identity;
  private readonly form: Filling;
  private readonly starting: Starting;
  private readonly attention: Attention;
  private readonly past: Past;
  private readonly older: () => Promise<void>;
  /** Being proven, or whoever we were already. */
  private proving: Promise<void> = Promise.resolve();
  private chat: Chat | undefined;
  /** What follows a chat is not needed for the form: it comes while that is read. */
  private readonly chatting = import("./chat").catch(() => undefined);
  /** Counts the chats that were followed, also those whose following was given up. */
  private followed = 0;

  constructor(private readonly parts: Parts) {
    const { store, api, keep, host } = parts;
    this.embed = new Embed(() => this.renew());
    this.identity = new Identity(api, keep, this.embed);
    this.form = new Filling(store, keep);
    this.starting = new Starting(store, api, keep, this.embed, this.form, {
      follow: (conversation) => this.follow(conversation),
      join: (token, conversation, text) => this.join(token, conversation, text),
      forget: () => this.forget(),
    });
    this.attention = new Attention(
      store,
      (m) => host.tell(m),
      () => this.chat?.received(),
    );
    this.past = new Past(store, api);
    this.older = older(store, api);
    keep.changed(() => this.otherTab());
    addEventListener("online", () => {
      if (this.model.view === "failed") void this.retry();
    });
  }

  /** Without a host page nobody says start. */
  alone(): void {
    this.attention.shown(true);
    void this.renew();
    void this.load();
  }

  hear(m: ToPanel): void {
    switch (m.hiwar) {
      case "start":
        this.identity.put(m.identity ?? ""); // first: what is kept may be somebody else's
        this.starting.on(m.page, m.title);
        this.starting.from(m.referrer);
        this.starting.about(m.attributes);
        this.embed.put(m.token);
        this.form.prefill(m.prefill);
        this.color(m.color);
        if (!this.parts.keep.language()) this.language(m.lang === "ar" ? "ar" : "en");
        void this.load();
        return;
      case "page":
        return this.starting.on(m.page, m.title);
      case "identity":
        return this.identified(m.token);
      case "token":
        return this.embed.put(m.token);
      case "prefill":
        return this.form.prefill(m.prefill);
      case "forget":
        return this.logout();
      case "attributes":
        return this.starting.about(m.attributes);
      case "shown":
        return this.attention.shown(m.shown);
      case "language":
        return this.language(m.lang === "ar" ? "ar" : "en");
    }
  }

  readonly acts: Acts = {
    start: (said) => this.starting.begin(said),
    filled: (said) => {
      this.parts.keep.setDraft(said);
      this.starting.prepare();
    },
    leave: () => this.form.set({ leaving: true, problem: undefined }),
    retry: () => void this.retry(),
    send: (text) => this.chat?.send(text),
    attach: (files) => void this.chat?.attach(files),
    detach: (key) => this.chat?.detach(key),
    cancel: (id) => this.chat?.cancel(id),
    address: (file) => this.address(file),
    resend: (id) => this.chat?.resend(id),
    discard: (id) => this.chat?.discard(id),
    typed: (text) => this.chat?.typed(text),
    // Saying so is what keeps the chat open: the agent may read it too.
    stay: () => this.chat?.send(wIdleStay()),
    askToEnd: (asksToEnd) => this.set({ asksToEnd }),
    end: () => void this.end(),
    rate: (score) => void this.rate(score),
    again: () => this.again(),
    transcript: () => void this.transcript(),
    older: () => void this.older(),
    earlier: () => this.past.list(),
    moreEarlier: () => void this.past.more(),
    read: (id) => void this.past.read(id),
    back: () => this.past.back(),
    language: (lang) => {
      this.parts.keep.setLanguage(lang);
      this.language(lang);
    },
    hide: () => this.parts.host.tell({ hiwar: "close" }),
  };

  now(): number {
    return this.chat?.now() ?? Date.now();
  }

  language(lang: Lang): void {
    setLanguage(lang);
    document.documentElement.lang = lang;
    document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
    this.parts.api.language = lang;
    this.set({ lang });
    this.attention.again();
  }

  // ---- which view ----

  private async load(): Promise<void> {
    this.set({ view: "loading" });
    const proving = this.prove();
    try {
      const config = await this.parts.api.config();
      this.set({ config });
      this.form.open(config);
      this.color(config.color);
    } catch (e) {
      // Of an asset that is gone, what was said can still be read.
      if (!this.parts.keep.get())
        return this.set({ view: e instanceof Refused && e.status === 404 ? "unavailable" : "failed" });
    }
    await proving;
    const kept = this.parts.keep.get();
    if (kept?.conversation) await this.resume(kept.token, kept.conversation, kept.over);
    else this.begin();
  }

  /** The form, and whether there is anything to be read of before. */
  private begin(): void {
    this.set({ view: "start", chat: undefined, pending: [] });
    void this.past.look();
  }

  /** A part of us that did not come is asked for again only with the whole page. */
  private async retry(): Promise<void> {
    if (await this.chatting) await this.load();
    else location.reload();
  }

  private identified(token: string): void {
    const { fresh, other } = this.identity.put(token);
    if (other) this.form.clear();
    if (fresh) void this.prove().then(() => this.goOn());
  }

  /** Proves who the visitor is, if the site says so, and tells the page what came of it. */
  private prove(): Promise<void> {
    this.proving = this.identity.prove().then((outcome) => {
      if ("nobody" in outcome) return;
      const verified = !("problem" in outcome);
      this.set({ verified });
      this.event("identity", "problem" in outcome ? { verified, ...outcome } : { verified });
      if (!("person" in outcome)) return;
      const { name = "", email = "", phone = "" } = outcome.person;
      this.form.prefill({ name, email, phone, question: "" });
    });
    return this.proving;
  }

  /** After somebody proved who they are while the panel was open: to what is theirs. */
  private async goOn(): Promise<void> {
    const kept = this.parts.keep.get();
    if (!kept || this.model.view === "loading" || kept.token === this.chat?.token) return;
    this.stop();
    if (kept.conversation && !kept.over) return this.resume(kept.token, kept.conversation, false);
    this.begin();
  }

  /** The form, as things are now: it may be closed since the panel was opened. */
  private async ask(): Promise<void> {
    this.begin();
    try {
      const config = await this.parts.api.config();
      this.form.open(config);
      this.set({ config });
    } catch {
      // As it was; the start itself will tell.
    }
  }

  private async resume(token: string, conversation: string, over: boolean): Promise<void> {
    this.parts.api.token = token;
    const { reach = {}, score = 0 } = this.parts.keep.get() ?? {};
    this.set({ reach, reading: false, rating: { score, state: score ? "kept" : "none" } });
    if (!over) return this.follow(conversation);
    this.stop();
    const turn = this.followed;
    const chat = await this.parts.api.conversation(conversation).catch(() => undefined);
    if (turn !== this.followed) return; // another tab has begun one meanwhile
    if (chat) this.set({ chat, view: "chat" });
    else this.begin();
  }

  /** Goes on with a chat begun elsewhere, and says this in it. */
  private async join(token: string, conversation: string, text: string): Promise<void> {
    await this.resume(token, conversation, false);
    if (text && this.chat?.id === conversation) this.chat.send(text);
  }

  private stop(): void {
    this.followed++;
    this.chat?.stop();
    this.chat = undefined;
  }

  private async follow(conversation: string): Promise<void> {
    this.stop();
    const turn = this.followed;
    this.parts.host.tell({ hiwar: "conversation", open: true });
    const loaded = await this.chatting;
    if (turn !== this.followed) return;
    if (!loaded) return this.set({ view: "failed" });
    const { store, api, keep } = this.parts;
    this.chat = new loaded.Chat(conversation, store, api, this.embed, keep, {
      arrived: (entry) => this.arrived(entry),
      waits: (ahead) => this.event("queue", { ahead }),
      closed: () => this.closed(),
      refused: () => void this.refused(conversation),
    });
  }

  private closed(): void {
    const { keep, host } = this.parts;
    const kept = keep.get();
    if (kept) keep.set({ ...kept, over: true });
    host.tell({ hiwar: "conversation", open: false });
    this.set({ asksToEnd: false, typing: undefined });
    this.chat?.stop();
  }

  /** Our token opens nothing any more; unless we are somebody known by now, with another one. */
  private async refused(conversation: string): Promise<void> {
    const was = this.chat;
    await this.proving;
    if (this.chat !== was || was?.id !== conversation) return;
    const kept = this.parts.keep.get();
    if (kept?.conversation && kept.token !== was.token)
      return this.resume(kept.token, kept.conversation, kept.over);
    this.forget();
  }

  /** What we kept opens nothing: begin anew. */
  private forget(): void {
    this.parts.keep.set(undefined);
    this.parts.api.token = "";
    this.parts.host.tell({ hiwar: "conversation", open: false });
    this.stop();
    this.begin();
    this.set({ tray: [], trayProblem: "" });
  }

  /** Also what was typed and not sent: the next person here is somebody else. */
  private logout(): void {
    const { api, keep } = this.parts;
    api.token = keep.get()?.token ?? api.token;
    if (api.token) void api.forget().catch(() => undefined); // offline it ends by itself
    keep.clear();
    this.identity.put("");
    this.starting.clear();
    this.forget();
    this.form.clear();
    this.set({ reach: {}, verified: false });
  }

  /** Tells the page. */
  private event(name: Happening, detail: Detail): void {
    this.parts.host.tell({ hiwar: "event", name, detail });
  }

  private otherTab(): void {
    const kept = this.parts.keep.get();
    if (
      kept?.conversation &&
      !kept.over &&
      (kept.conversation !== this.chat?.id || kept.token !== this.chat.token)
    )
      void this.resume(kept.token, kept.conversation, false);
  }

  // ---- what a press does ----

  private async end(): Promise<void> {
    if (!this.chat) return;
    try {
      await this.parts.api.end(newId(), this.chat.id);
      this.set({ asksToEnd: false });
    } catch {
      // The question stays: one more press tries again.
    }
  }

  private async address({ id, key }: { id?: string; key?: string }): Promise<string> {
    const conversation = this.model.chat?.id ?? "";
    if (id) return (await this.parts.api.link(conversation, id)).url;
    const bytes = key ? await this.chat?.bytes(key) : undefined;
    return bytes ? URL.createObjectURL(bytes) : "";
  }

  private async rate(score: number): Promise<void> {
    const { chat } = this.model;
    if (!chat) return;
    this.set({ rating: { score, state: "sending" } });
    try {
      await this.parts.api.rate(newId(), chat.id, score);
      const kept = this.parts.keep.get();
      if (kept?.conversation === chat.id) this.parts.keep.set({ ...kept, score });
      this.set({ rating: { score, state: "kept" } });
    } catch {
      this.set({ rating: { score, state: "failed" } });
    }
  }

  private again(): void {
    this.stop();
    const kept = this.parts.keep.get();
    if (kept) this.parts.api.token = kept.token; // the same customer, a new chat
    this.set({
      tray: [],
      trayProblem: "",
      ahead: undefined,
      estimate: undefined,
      rating: empty.rating,
    });
    void this.ask();
  }

  private async transcript(): Promise<void> {
    const { offer } = await import("./transcript"); // few ask for it
    await offer(this.parts.api, this.model);
  }

  // ---- what comes in ----

  private arrived(entry: Entry): void {
    const { chat, lang } = this.model;
    for (const [name, detail] of happened(entry)) this.event(name, detail);
    const name = (by: number) => chat?.participants.find((p) => p.number === by)?.name ?? "";
    if (entry.kind !== "message") return this.set({ spoken: lineText(entry, name, lang) });
    this.set({ spoken: wNewMessageSr({ name: name(entry.by ?? 0), text: inShort(entry) }) });
    this.attention.came();
  }

  /** Asks for a new embed token: the host page, or where there is none the server. */
  private async renew(): Promise<void> {
    if (this.parts.host.exists) return this.parts.host.tell({ hiwar: "renew" });
    try {
      this.embed.put({ value: (await this.parts.api.embed()).embed_token });
    } catch (e) {
      this.embed.put({ problem: e instanceof Refused ? e.problem.code : "unavailable" });
    }
  }

  private color(hex: string): void {
    if (!/^#[0-9a-f]{6}$/i.test(hex)) return;
    document.documentElement.style.setProperty("--brand", hex);
    document.documentElement.style.setProperty("--on-brand", readable(hex));
  }

  private get model(): Model {
    return this.parts.store.get();
  }

  private set(change: Partial<Model>): void {
    this.parts.store.set(change);
  }
}
