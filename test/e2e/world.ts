import { resolve } from "node:path";
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import { violations } from "./axe";
import { Desk } from "./pages/desk";
import { Customer } from "./pages/widget";
import { Server } from "./server";
import { speak, type Lang } from "./words";

const root = resolve(__dirname, "../..");

// Names of the sample organization that stories speak of.
const queues = {
  sales: { en: "Sales", ar: "المبيعات" },
  billing: { en: "Billing", ar: "الفواتير" },
};
const assets = { store: { en: "Store site", ar: "موقع المتجر" } };

/**
 * Time that no story is about is plentiful: a busy machine takes its pictures
 * while a request waits, and that must not be what misses it.
 */
const unhurried = { rona: "150s", confirm_within: "60s" };

/** One story's world: a server of its own, and a browser for everybody in it. */
export class World {
  private readonly contexts: BrowserContext[] = [];
  private shots = 0;

  constructor(
    readonly server: Server,
    readonly lang: Lang,
    private readonly open: () => Promise<BrowserContext>,
    private readonly story: string,
  ) {}

  /** Another browser of a new person. */
  async browser(): Promise<BrowserContext> {
    const context = await this.open();
    this.contexts.push(context);
    return context;
  }

  /** An agent's desk, in a browser of its own. */
  async agent(name: "omar" | "layla"): Promise<Desk> {
    const { url, label } = await this.pane(name);
    const page = await (await this.browser()).newPage();
    await page.goto(url);
    await expect(page.locator("html")).toHaveAttribute("lang", this.lang);
    return new Desk(page, label ?? name);
  }

  /** The administrator's list of assets. */
  async administrator(): Promise<Page> {
    const { url } = await this.pane("admin");
    const page = await (await this.browser()).newPage();
    await page.goto(url);
    await page.goto(new URL("/admin/assets", page.url()).href);
    return page;
  }

  async customer(name: string): Promise<Customer> {
    const { url } = await this.pane("customer");
    const page = await (await this.browser()).newPage();
    await page.goto(url);
    return new Customer(page, name);
  }

  /** A queue's name in the language of the story. */
  queue(key: keyof typeof queues): string {
    return queues[key][this.lang];
  }

  asset(key: keyof typeof assets): string {
    return assets[key][this.lang];
  }

  /** A part of the demo with a fresh way in. */
  async pane(name: string) {
    const found = (await this.server.panes(this.lang)).find((p) => p.name === name);
    if (!found) throw new Error(`the demo has no part ${name}`);
    return found;
  }

  /** Keeps what a page looks like, light and dark, and looks for what shuts people out. */
  async look(page: Page, what: string): Promise<void> {
    this.shots++;
    const name = `${String(this.shots).padStart(2, "0")}-${what}`;
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const file = colorScheme === "light" ? `${name}.png` : `${name}-dark.png`;
      await page.screenshot({
        path: resolve(root, "artifacts/e2e", this.lang, this.story, file),
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

  async close(): Promise<void> {
    for (const context of this.contexts) await context.close();
    await this.server.close();
  }
}

export interface Options {
  lang: Lang;
  /** Durations and switches of the organization that differ from the product's defaults. */
  settings: Record<string, string>;
}

export const test = base.extend<Options & { world: World }>({
  lang: ["en", { option: true }],
  settings: [{}, { option: true }],
  world: async ({ lang, settings, browser }, use, info) => {
    speak(lang);
    const story = info.title.replace(/[^a-z0-9]+/gi, "-").toLowerCase();
    const server = new Server(`${lang}-${story}`, { ...unhurried, ...settings });
    await server.start();
    const open = () =>
      browser.newContext({
        locale: lang === "ar" ? "ar-SA" : "en-GB",
        timezoneId: "Asia/Riyadh",
        viewport: { width: 1440, height: 900 },
      });
    const world = new World(server, lang, open, story);
    await use(world);
    await world.close();
  },
});

export { expect };
