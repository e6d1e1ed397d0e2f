import { expect, type Locator, type Page } from "@playwright/test";
import type { Drive } from "../../web/desk/src/stories/drive";
import { Desk } from "./pages/desk";
import { speak, type Lang } from "./words";
import { test as base, type Storybook } from "./storybook";

declare global {
  interface Window {
    /** The storybook's hand: what happens from outside. */
    drive: Drive;
  }
}

const viewport = { width: 1440, height: 900 };

export interface SceneOptions {
  theme?: "light" | "dark";
  width?: number;
  height?: number;
}

/** The storybook of the desk in a browser, in the language of the test. */
export class Book {
  constructor(
    readonly page: Page,
    readonly lang: Lang,
    private readonly storybook: Storybook,
  ) {}

  /** Opens a scene; resolves when it is drawn in its own letters and what the scene does is done. */
  async open(story: string, { theme = "light", width, height = 900 }: SceneOptions = {}): Promise<Desk> {
    if (width) await this.page.setViewportSize({ width, height });
    await this.page.emulateMedia({ colorScheme: theme });
    // What the scene before left on the device is not part of this one.
    if (this.page.url().startsWith("http")) await this.page.evaluate(() => localStorage.clear());
    await this.storybook.show(this.page, story, this.lang);
    return new Desk(this.page, "Omar");
  }

  /** Opens a scene unless it is open already; for tests that only look. */
  async turnTo(story: string): Promise<void> {
    const at = new URLSearchParams(this.page.url().split("?")[1]);
    if (at.get("story") !== story || at.get("lang") !== this.lang) await this.open(story);
  }

  /** Which way the interface runs. */
  get dir(): "ltr" | "rtl" {
    return this.lang === "ar" ? "rtl" : "ltr";
  }

  /** Something happens from outside. */
  async drive<A extends unknown[], R>(what: (drive: Drive, ...args: A) => R, ...args: A): Promise<R> {
    return this.page.evaluate(
      ([code, given]) =>
        (new Function(`return (${code as string})`)() as (drive: Drive, ...args: A) => R)(
          window.drive,
          ...(given as A),
        ),
      [what.toString(), args] as const,
    ) as Promise<R>;
  }
}

interface Fixtures {
  /** On a page that all tests of a worker share: for looking. */
  book: Book;
  /** On a page of its own: for a test that sets the clock or the media. */
  own: Book;
}

export const test = base.extend<Fixtures, { shared: Page }>({
  shared: [
    async ({ browser }, use) => {
      const page = await browser.newPage({ viewport, locale: "en-GB", timezoneId: "Asia/Riyadh" });
      await use(page);
      await page.close();
    },
    { scope: "worker" },
  ],
  book: async ({ shared, lang, storybook }, use) => {
    await shared.setViewportSize(viewport);
    await shared.emulateMedia({ colorScheme: "light", reducedMotion: null, forcedColors: null });
    await whole(shared, lang, storybook, use);
  },
  own: async ({ page, lang, storybook }, use) => {
    // A worker keeps real time; the page's own timers are those a test can set.
    await page.addInitScript(() => Reflect.deleteProperty(window, "Worker"));
    await whole(page, lang, storybook, use);
  },
});

/** A test whose page throws has failed, whatever it was looking at. */
async function whole(page: Page, lang: Lang, storybook: Storybook, use: (book: Book) => Promise<void>) {
  speak(lang);
  const thrown: string[] = [];
  const note = (error: Error) => thrown.push(String(error));
  page.on("pageerror", note);
  await use(new Book(page, lang, storybook));
  page.off("pageerror", note);
  expect(thrown, "what the page threw").toEqual([]);
}

export { expect, type Locator, type Page };
