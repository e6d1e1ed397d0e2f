import type { BrowserContext } from "@playwright/test";
import { Staff, Visitor } from "./api";
import { Server } from "./server";
import type { Lang } from "./words";

/**
 * Time that no story is about is plentiful: a busy machine takes its pictures
 * while a request waits, and that must not be what misses it. Customers
 * without a page are never thought to have gone.
 */
const unhurried = {
  rona: "150s",
  confirm_within: "60s",
  customer_unseen: "20m",
  customer_gone: "40m",
};

/**
 * A running server, shared by the stories of one worker that want the same
 * settings. Before each story everybody is Idle and nobody waits.
 */
export class Floor {
  readonly server: Server;
  private readonly people = new Map<string, Staff>();
  private readonly visitors: Visitor[] = [];
  private readonly begun = new Set<Promise<void>>();
  private reasons = new Map<string, string>();

  constructor(
    name: string,
    private readonly lang: Lang,
    settings: Record<string, string>,
  ) {
    this.server = new Server(name, { ...unhurried, ...settings });
  }

  /** Somebody of the sample, with a session of their own. */
  async staff(name: string): Promise<Staff> {
    const known = this.people.get(name);
    if (known) return known;
    const { url } = await this.server.pane(name, this.lang);
    const entered = await Staff.enter(this.server.base, this.lang, url);
    this.people.set(name, entered);
    return entered;
  }

  /** A customer without a page, on the site of an asset. */
  async visitor(asset: string, name: string, text: string): Promise<Visitor> {
    const origin = this.server.origin.replace("//", "//shop.");
    const visitor = await Visitor.start(this.server.base, this.lang, origin, `demo-${asset}`, name, text);
    this.visitors.push(visitor);
    return visitor;
  }

  /** Notes the chats that pages of a browser begin, so that none is left waiting. */
  watch(context: BrowserContext): void {
    context.on("response", (response) => {
      if (
        response.request().method() !== "POST" ||
        !/\/widget\/[^/]+\/(conversations|messages)$/.test(response.url())
      )
        return;
      const noted = response
        .json()
        .then(
          ({ visitor_token: token, conversation }) =>
            void this.visitors.push(new Visitor(this.server.base, this.lang, token, conversation, "")),
          () => undefined, // the page has gone
        )
        .finally(() => this.begun.delete(noted));
      this.begun.add(noted);
    });
  }

  /** Every chat that was answered is known. */
  async noted(): Promise<void> {
    await Promise.all(this.begun);
  }

  /** As on the first day. */
  async reset(): Promise<void> {
    for (const visitor of this.visitors.splice(0)) await visitor.leaveIfOpen();
    for (const staff of this.people.values()) await staff.reset(await this.reason(staff, "Resolved"));
  }

  private async reason(staff: Staff, english: string): Promise<string> {
    if (this.reasons.size === 0) {
      const { reasons } = await staff.must<{ reasons: { id: string; name: { en: string } }[] }>(
        "GET",
        "/desk/settings",
      );
      this.reasons = new Map(reasons.map((r) => [r.name.en, r.id]));
    }
    return this.reasons.get(english) ?? "";
  }
}

/** The running servers of a worker, by what is set on them. */
export class Floors {
  private readonly running = new Map<string, Floor>();

  constructor(private readonly worker: string) {}

  /** The floor with these settings, as on the first day; a new one if own is given. */
  async open(lang: Lang, settings: Record<string, string>, own?: string): Promise<Floor> {
    const key = own ?? JSON.stringify(settings);
    const known = this.running.get(key);
    if (known) {
      await known.reset();
      return known;
    }
    const floor = new Floor(`${this.worker}-${own ?? this.running.size}`, lang, settings);
    await floor.server.start();
    if (!own) this.running.set(key, floor);
    return floor;
  }

  async close(): Promise<void> {
    for (const floor of this.running.values()) await floor.server.close();
  }
}
