import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import { violations } from "./axe";
import type { Staff, Visitor } from "./api";
import { Floors, type Floor } from "./floor";
import { Desk } from "./pages/desk";
import { Customer } from "./pages/widget";
import type { Server } from "./server";
import { speak, type Lang } from "./words";

const root = resolve(__dirname, "../..");

// Names of the sample organization that stories speak of.
const queues = {
  sales: { en: "Sales", ar: "المبيعات" },
  billing: { en: "Billing", ar: "الفواتير" },
  support: { en: "Support", ar: "الدعم" },
};
const assets = { store: { en: "Store site", ar: "موقع المتجر" } };

/** Somebody of the sample who answers customers: Omar and Layla in Sales, the others in Billing and Support. */
export type AgentName = "omar" | "layla" | "karim" | "maya" | "nour";

/** One story's world: a floor on which nothing has happened yet, and a browser for everybody in it. */
export class World {
  private readonly contexts: BrowserContext[] = [];
  private shots = 0;

  constructor(
    private readonly floor: Floor,
    readonly lang: Lang,
    private readonly open: () => Promise<BrowserContext>,
    private readonly story: string,
  ) {}

  get server(): Server {
    return this.floor.server;
  }

  /** Another browser of a new person. */
  async browser(): Promise<BrowserContext> {
    const context = await this.open();
    this.floor.watch(context);
    this.contexts.push(context);
    return context;
  }

  /** An agent's desk, in a browser of its own; before it opens, the browser may be made to misbehave. */
  async agent(name: AgentName, before?: (context: BrowserContext) => Promise<unknown>): Promise<Desk> {
    await this.floor.staff(name); // who is put back to the first day before the next story
    const { url, label } = await this.pane(name);
    const context = await this.browser();
    await before?.(context);
    const page = await context.newPage();
    await page.goto(url);
    await expect(page.locator("html")).toHaveAttribute("lang", this.lang);
    return new Desk(page, label ?? name);
  }

  /** The same person without a page: what a program with their session can do. */
  staff(name: AgentName | "admin"): Promise<Staff> {
    return this.floor.staff(name);
  }

  /** What a page shows of a state at once is so at the server too. */
  async holds(name: AgentName, presence: string): Promise<void> {
    const staff = await this.staff(name);
    await expect.poll(async () => (await staff.desk()).agent.presence).toBe(presence);
  }

  /** A page of the administration, its list of assets unless another is named. */
  async administrator(path = "/admin/assets"): Promise<Page> {
    const { url } = await this.pane("admin");
    const page = await (await this.browser()).newPage();
    await page.goto(url);
    await page.goto(new URL(path, page.url()).href);
    return page;
  }

  async customer(name: string, before?: (context: BrowserContext) => Promise<unknown>): Promise<Customer> {
    const { url } = await this.pane("customer");
    const context = await this.browser();
    await before?.(context);
    const page = await context.newPage();
    await page.goto(url);
    return new Customer(page, name);
  }

  /** A customer without a page, who has begun a chat. */
  visitor(name: string, text: string, asset: "store" | "account" | "help" = "store"): Promise<Visitor> {
    return this.floor.visitor(asset, name, text);
  }

  /** An agent who is Available, and a customer without a page whose request they have. */
  async requested(name: AgentName, customer: string, ...messages: string[]): Promise<[Desk, Visitor]> {
    const desk = await this.agent(name);
    await desk.available();
    const [first = "Hello", ...others] = messages;
    const visitor = await this.visitor(customer, first);
    for (const message of others) await visitor.write(message);
    await expect(desk.request(customer)).toBeVisible();
    return [desk, visitor];
  }

  /** An agent in conversation with a customer without a page. */
  async talking(name: AgentName, customer: string, ...messages: string[]): Promise<[Desk, Visitor]> {
    const [desk, visitor] = await this.requested(name, customer, ...messages);
    await desk.accept(customer);
    return [desk, visitor];
  }

  /** Omar, who is Available, and Layla, who is not yet. */
  async pair(): Promise<{ omar: Desk; layla: Desk }> {
    const [omar, layla] = [await this.agent("omar"), await this.agent("layla")];
    await omar.available();
    return { omar, layla };
  }

  /** Two tabs of one agent in one browser. */
  async tabs(name: AgentName): Promise<{ omar: Desk; second: Desk }> {
    const omar = await this.agent(name);
    const second = new Desk(await omar.page.context().newPage(), omar.name);
    await second.page.goto(omar.page.url());
    await expect(second.tasks).toBeVisible();
    return { omar, second };
  }

  /** A queue's name in the language of the story. */
  queue(key: keyof typeof queues): string {
    return queues[key][this.lang];
  }

  asset(key: keyof typeof assets): string {
    return assets[key][this.lang];
  }

  /** A part of the demo with a fresh way in. */
  pane(name: string) {
    return this.server.pane(name, this.lang);
  }

  /** Keeps what a page looks like, light and dark, and looks for what shuts people out. */
  async look(page: Page, what: string): Promise<void> {
    this.shots++;
    const name = `${String(this.shots).padStart(2, "0")}-${what}`;
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const file = colorScheme === "light" ? `${name}.png` : `${name}-dark.png`;
      // Where nobody looks at the pictures, none is taken.
      if (!process.env.CI)
        await page.screenshot({
          path: resolve(this.folder, file),
          animations: "disabled",
        });
      for (const frame of page.frames()) {
        if (!frame.url().startsWith("http")) continue;
        const found = await violations(frame, colorScheme === "dark" ? ["color-contrast"] : undefined);
        expect.soft(found, `${what}, ${colorScheme}: ${frame.url()}`).toEqual([]);
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
  }

  /** Keeps a text where what pages look like is kept. */
  keep(name: string, text: string): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(resolve(this.folder, name), text);
  }

  private get folder(): string {
    return resolve(root, "artifacts/e2e", this.lang, this.story);
  }

  async close(): Promise<void> {
    await this.floor.noted(); // a page that is closed tells no more of what it began
    for (const context of this.contexts) await context.close();
  }
}

export interface Options {
  lang: Lang;
  /** Durations and switches of the organization that differ from the product's defaults. */
  settings: Record<string, string>;
  /** The story needs a server of its own: it deletes what others use. */
  alone: boolean;
}

export const test = base.extend<Options & { world: World }, { floors: Floors }>({
  lang: ["en", { option: true }],
  settings: [{}, { option: true }],
  alone: [false, { option: true }],
  floors: [
    async ({}, use, info) => {
      const floors = new Floors(`${info.project.name}-${info.workerIndex}`);
      await use(floors);
      await floors.close();
    },
    { scope: "worker" },
  ],
  world: async ({ lang, settings, alone, browser, floors }, use, info) => {
    speak(lang);
    const story = info.title.replace(/[^a-z0-9]+/gi, "-").toLowerCase();
    const floor = await floors.open(lang, settings, alone ? story : undefined);
    const open = () =>
      browser.newContext({
        locale: lang === "ar" ? "ar-SA" : "en-GB",
        timezoneId: "Asia/Riyadh",
        viewport: { width: 1440, height: 900 },
      });
    const world = new World(floor, lang, open, story);
    await use(world);
    await world.close();
    if (alone) await floor.server.close();
  },
});

export { expect };
