import { newId } from "../../protocol/src";
import { Refused, type Api, type Beginning, type Named, type Started } from "./api";
import type { Embed } from "./embed";
import type { Filling } from "./filling";
import { asked, plainForm, type Said } from "./form";
import type { Keep } from "./keep";
import type { Store } from "./model";
import { problemOf } from "./problem";
import { browser, known, withoutQuery, type Surroundings } from "./surroundings";
import { Work } from "./work";

/** What becomes of a chat that is there. */
export interface Begun {
  follow(conversation: string): Promise<void>;
  /** Goes on with one begun elsewhere, and says this in it. */
  join(token: string, conversation: string, text: string): Promise<void>;
  /** What we kept opens nothing: we are somebody new. */
  forget(): void;
}

/** What a start has to show beside what is said. */
type Permission = Pick<Beginning, "embed_token" | "work">;

/** Begins a chat or leaves a message: one, however often it is tried and in however many tabs. */
export class Starting {
  private page = "";
  /** What the site says of its visitor. */
  private attributes: Named[] = [];
  private readonly surroundings: Surroundings = {};
  /** The last try: repeated as it was, it starts the same chat. */
  private attempt: { id: string; said: string; with_: Permission } | undefined;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly keep: Keep,
    private readonly embed: Embed,
    private readonly form: Filling,
    private readonly chats: Begun,
    private readonly work = new Work(),
  ) {}

  /** The page that shows us. */
  on(page: string, title = ""): void {
    this.page = page;
    this.surroundings.page_title = title;
  }

  /** The page before it. */
  from(referrer: string | undefined): void {
    this.surroundings.referrer = withoutQuery(referrer);
  }

  /** What the site says of its visitor, for chats that begin from now on. */
  about(attributes: Record<string, string>): void {
    this.attributes = Object.entries(attributes).map(([name, value]) => ({ name, value }));
  }

  /** The next chat is another person's. */
  clear(): void {
    this.attempt = undefined;
    this.attributes = [];
  }

  /** Somebody is about to begin: what has to be done before is, meanwhile. */
  prepare(): void {
    const { zeros } = this;
    // Without a token nothing is known; the start will say so.
    if (zeros)
      this.embed.get().then(
        (token) => this.work.on(token, zeros),
        () => undefined,
      );
  }

  /** How hard the work is that this browser has to do; 0 if it has none to do. */
  private get zeros(): number {
    const { config, verified } = this.store.get();
    return verified ? 0 : (config?.work ?? 0);
  }

  begin(said: Said): void {
    this.form.set({ said, sending: true, problem: undefined });
    void this.keep.alone(() => this.start(said));
  }

  private async start(said: Said, renewed = false): Promise<void> {
    const { api, keep } = this;
    const kept = keep.get();
    // Begun in another tab meanwhile.
    if (kept?.conversation && !kept.over) return this.join(kept.token, kept.conversation, said);
    try {
      const given = asked(said, this.store.get().config?.form ?? plainForm);
      const { visitor_token: token, conversation } = await this.send(given);
      this.attempt = undefined;
      api.token = token;
      const { email, phone } = given;
      const reach = { ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
      const person = keep.get()?.person;
      keep.set({ token, conversation, over: false, reach, ...(person === undefined ? {} : { person }) });
      this.form.done(said);
      this.store.set({ reach });
      await this.chats.follow(conversation);
    } catch (e) {
      await this.failed(e, said, renewed);
    }
  }

  /** Whom the server knows needs no permission of the page, and whom the site has signed for does no work. */
  private async permission(): Promise<Permission> {
    const { zeros } = this;
    if (this.api.token && !zeros) return {};
    const embed_token = await this.embed.get();
    return zeros ? { embed_token, work: await this.work.on(embed_token, zeros) } : { embed_token };
  }

  /** The same content after a lost answer is the same try. */
  private async send(given: ReturnType<typeof asked>): Promise<Started> {
    const { form, lang } = this.store.get();
    const body = {
      ...given,
      language: lang,
      ...(this.page ? { page: this.page } : {}),
      ...(this.attributes.length ? { attributes: this.attributes } : {}),
      ...known({ ...this.surroundings, ...browser(), visits: this.keep.visits() }),
    };
    const said = JSON.stringify({ leaving: form.leaving, ...body });
    if (this.attempt?.said !== said) {
      this.attempt = { id: newId(), said, with_: await this.permission() };
    }
    const { id, with_ } = this.attempt;
    return form.leaving
      ? this.api.leave(id, { ...with_, ...body })
      : this.api.start(id, { ...with_, ...body });
  }

  private async failed(e: unknown, said: Said, renewed: boolean): Promise<void> {
    const { api, keep } = this;
    const exists =
      e instanceof Refused && e.problem.code === "chat_exists" ? e.params.conversation : undefined;
    if (typeof exists === "string" && api.token) {
      keep.set({ ...keep.get(), token: api.token, conversation: exists, over: false });
      return this.join(api.token, exists, said);
    }
    const problem = problemOf(e, this.store.get().lang);
    if (problem.code !== "unavailable") this.attempt = undefined; // refused, so not begun
    if (problem.code === "work_needed" && e instanceof Refused && !renewed) {
      // It was asked for since we came, or done for another start, or long ago.
      const { config } = this.store.get();
      if (config) this.store.set({ config: { ...config, work: Number(e.params.zeros) } });
      this.embed.old();
      return this.start(said, true);
    }
    if (problem.code === "token_invalid") {
      if (api.token) {
        this.chats.forget(); // by the server too
        return this.start(said);
      }
      if (!renewed) {
        this.embed.old(); // the browser slept: no clock of ours has counted that
        return this.start(said, true);
      }
    }
    this.form.set({ said, sending: false, problem });
  }

  /** What was asked here is a message of the chat that there is. */
  private join(token: string, conversation: string, said: Said): Promise<void> {
    this.form.done(said);
    return this.chats.join(token, conversation, said.question.trim());
  }
}
