import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  expect,
  test as base,
  type BrowserContext,
  type Page,
} from "@playwright/test";
import { Desk } from "./pages/desk";
import { Customer } from "./pages/widget";
import { Server } from "./server";
import { speak, type Lang } from "./words";

const root = resolve(__dirname, "../..");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// Names of the sample organization that stories speak of.
const queues = {
  sales: { en: "Sales", ar: "المبيعات" },
  billing: { en: "Billing", ar: "الفواتير" },
};
const assets = { store: { en: "Store site", ar: "موقع المتجر" } };

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
    const found = (await this.server.panes(this.lang)).find(
      (p) => p.name === name,
    );
    if (!found) throw new Error(`the demo has no part ${name}`);
    return found;
  }

  /**
   * Keeps what a page looks like, and looks for what shuts people out. The
   * colours of a running fade are not what anybody reads, so movement is
   * brought to its end first.
   */
  async look(page: Page, what: string): Promise<void> {
    this.shots++;
    const file = `${String(this.shots).padStart(2, "0")}-${what}.png`;
    await page.screenshot({
      path: resolve(root, "artifacts/e2e", this.lang, this.story, file),
      animations: "disabled",
    });
    for (const frame of page.frames()) {
      if (!frame.url().startsWith("http")) continue;
      // By the debugger, which the page's content security policy does not bind.
      await frame.evaluate(axe);
      const found = await frame.evaluate(async () => {
        interface Violation {
          id: string;
          help: string;
          nodes: { html: string; target: string[]; failureSummary?: string }[];
        }
        const { axe } = window as unknown as {
          axe: { run(o: object): Promise<{ violations: Violation[] }> };
        };
        for (const a of document.getAnimations())
          if (a.effect?.getTiming().iterations !== Infinity) a.finish();
        const { violations } = await axe.run({
          iframes: false,
          resultTypes: ["violations"],
        });
        // A clock that runs inside a control is no part of the words on it.
        for (const v of violations)
          if (v.id === "label-content-name-mismatch")
            v.nodes = v.nodes.filter(
              (n) =>
                !document
                  .querySelector(n.target[0] ?? "")
                  ?.querySelector("[role=timer]"),
            );
        return violations
          .filter((v) => v.nodes.length > 0)
          .map(
            (v) =>
              `${v.id}: ${v.help}\n${v.nodes.map((n) => `  ${n.html}\n  ${n.failureSummary}`).join("\n")}`,
          );
      });
      expect.soft(found, `${what}: ${frame.url()}`).toEqual([]);
    }
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
    const server = new Server(`${lang}-${story}`, settings);
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
