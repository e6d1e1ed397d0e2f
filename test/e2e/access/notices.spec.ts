// What reaches an agent who looks elsewhere: notifications of the system,
// sounds, and the title of the tab (ux §8.4).
import { escape } from "../pages/desk";
import { expect, test, type Book, type Locator, type Page } from "../scene";
import { plain, say } from "../words";
import { listen, words } from "./heard";

const now = Date.parse("2026-11-22T09:07:12Z");

/** A notification as the system was given it. */
interface Shown {
  title: string;
  body: string;
  tag: string;
  lang: string;
  dir: string;
  stays: boolean;
  open: boolean;
  press(): void;
}

interface Told {
  /** How often a permission was asked for. */
  asked: number;
  shown: Shown[];
  /** The tones that were struck, in hertz. */
  tones: number[];
}

declare global {
  interface Window {
    told: Told;
  }
}

/** In place of the system: it shows nothing and remembers what it was to show. */
function system(allowed: NotificationPermission): void {
  const told: Told = { asked: 0, shown: [], tones: [] };
  window.told = told;
  let permission = allowed;
  class Remembered {
    static get permission() {
      return permission;
    }
    static requestPermission() {
      told.asked++;
      permission = "granted";
      return Promise.resolve(permission);
    }
    onclick: (() => void) | null = null;
    private readonly entry: Shown;
    constructor(
      title: string,
      { body = "", tag = "", lang = "", dir = "auto", ...more }: NotificationOptions,
    ) {
      const stays = more.requireInteraction === true;
      const press = () => this.onclick?.();
      this.entry = { title, body, tag, lang, dir, stays, open: true, press };
      told.shown.push(this.entry);
    }
    close() {
      this.entry.open = false;
    }
  }
  Object.defineProperty(window, "Notification", { value: Remembered });
  const set = AudioParam.prototype.setValueAtTime;
  AudioParam.prototype.setValueAtTime = function (value, at) {
    // Tones are hertz, loudness is below one.
    if (value > 1) told.tones.push(value);
    return set.call(this, value, at);
  };
}

async function open(book: Book, allowed: NotificationPermission, scene = "conversation") {
  await book.page.addInitScript(system, allowed);
  return book.open(scene);
}

/** The agent works in another window, or is back. */
const away = (page: Page, gone: boolean) =>
  page.evaluate((gone) => {
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (gone ? "hidden" : "visible"),
    });
    document.hasFocus = () => !gone;
    document.dispatchEvent(new Event("visibilitychange"));
    window.dispatchEvent(new Event(gone ? "blur" : "focus"));
  }, gone);

const shown = (page: Page) =>
  page.evaluate(() => window.told.shown.map(({ press: _, ...rest }) => rest)) as Promise<
    Omit<Shown, "press">[]
  >;
const tones = (page: Page) => page.evaluate(() => window.told.tones);
const asked = (page: Page) => page.evaluate(() => window.told.asked);

const tunes = {
  request: [659, 880],
  message: [392],
  missed: [523],
  interrupted: [262],
};

/** Settings, at what is heard and shown. */
async function soundSettings(book: Book) {
  const { page } = book;
  await page.getByRole("button", { name: say.meMenu(), exact: true }).click();
  await page.getByRole("menuitem", { name: say.settingsTitle() }).click();
  await page.getByRole("tab", { name: say.settingsSound(), exact: true }).click();
  return page.getByRole("dialog", { name: say.settingsTitle(), exact: true });
}

test("permission is asked from the button that says what for, and never otherwise", async ({ own }) => {
  const { page } = own;
  await open(own, "default");
  await away(page, true);
  await own.drive((drive) => drive.request("khalid", "Khalid"));
  await own.drive((drive) => drive.message("mona", "One more"));
  await away(page, false);
  expect([await asked(page), await shown(page)]).toEqual([0, []]);

  const settings = await soundSettings(own);
  await expect(settings.getByText(say.notifyAsk(), { exact: true })).toBeVisible();
  expect(await asked(page)).toBe(0);
  await settings.getByRole("button", { name: say.settingsNotificationsTurnOn(), exact: true }).click();
  expect(await asked(page)).toBe(1);
  await expect(toggle(settings, say.settingsNotifications())).toBeChecked();
  await page.keyboard.press("Escape");
  await away(page, true);
  await own.drive((drive) => drive.request("khalid", "Nora"));
  await expect.poll(async () => (await shown(page)).length).toBe(1);
});

test("a browser that blocks notifications is said to, where they would be turned on", async ({ own }) => {
  await open(own, "denied");
  const settings = await soundSettings(own);
  await expect(settings.getByText(say.notifyBlocked(), { exact: true })).toBeVisible();
  await expect(
    settings.getByRole("button", { name: say.settingsNotificationsTurnOn(), exact: true }),
  ).toHaveCount(0);
});

/** A switch by what it says first; what it is for follows. */
const toggle = (within: Locator, name: string) =>
  within.getByRole("switch", { name: new RegExp(`^${escape(name)}`) });

/** With notifications turned on, and the agent elsewhere. */
async function elsewhere(book: Book) {
  const desk = await open(book, "granted");
  const settings = await soundSettings(book);
  await toggle(settings, say.settingsNotifications()).check({ force: true });
  await book.page.keyboard.press("Escape");
  await expect(settings).toBeHidden();
  await away(book.page, true);
  return desk;
}

test("B30 a request is shown to whoever looks elsewhere, apart from the words around it, until it is over", async ({
  own,
}) => {
  const { page } = own;
  await elsewhere(own);
  const name = own.lang === "ar" ? "Omar (VIP)" : "محمد (VIP)";
  const offer = await own.drive((drive, name) => drive.request("khalid", name), name);
  await expect.poll(async () => (await shown(page)).length).toBe(1);
  const [notice] = await shown(page);
  expect(notice).toMatchObject({
    title: say.notifyRequestTitle({ name }),
    // What the customer wrote is not for everybody who sees the screen.
    body: `\u2068${own.lang === "ar" ? "الفواتير" : "Billing"}\u2069`,
    lang: own.lang,
    dir: own.dir,
    stays: true,
    open: true,
  });
  expect(notice?.title).toContain(`\u2068${name}\u2069`);
  await own.drive((drive, offer) => drive.gone(offer, "withdrawn"), offer);
  await expect.poll(async () => (await shown(page))[0]?.open).toBe(false);
});

test("a conversation has one notification, replaced by the next, and a press on it opens the conversation", async ({
  own,
}) => {
  const { page } = own;
  const desk = await elsewhere(own);
  await own.drive((drive) => drive.message("mona", "One more", "And another"));
  await expect.poll(async () => (await shown(page)).length).toBeGreaterThan(0);
  const all = await shown(page);
  expect(new Set(all.map(({ tag }) => tag)).size).toBe(1);
  expect(all.at(-1)).toMatchObject({ body: say.nMessages({ n: 1 }), stays: false });

  await page.evaluate(() => window.told.shown.at(-1)?.press());
  await expect(desk.heading("Mona Lindqvist-Johnson-Smith the Third")).toBeVisible();

  // Words are shown to whoever wants them.
  await away(page, false);
  const settings = await soundSettings(own);
  await toggle(settings, say.settingsHideText()).uncheck({ force: true });
  await page.keyboard.press("Escape");
  await away(page, true);
  await own.drive((drive) => drive.message("sara", "السعر 100 ريال"));
  await expect.poll(async () => (await shown(page)).at(-1)?.body).toBe("\u2068السعر 100 ريال\u2069");
});

test("a missed request, an interruption and a lost connection are shown too", async ({ own }) => {
  const { page } = own;
  await elsewhere(own);
  const offer = await own.drive((drive) => drive.request("khalid", "Khalid"));
  await own.drive((drive, offer) => drive.gone(offer, "missed"), offer);
  await expect
    .poll(async () => (await shown(page)).map(({ body }) => plain(body)))
    .toContain(plain(say.noticeMissed({ name: "Khalid" })));
  await own.drive((drive) => drive.interrupt("sara"));
  await expect
    .poll(async () => (await shown(page)).map(({ body }) => plain(body)))
    .toContain(plain(say.noticeInterrupted({ name: "سارة العتيبي" })));
});

async function still(book: Book) {
  await book.page.clock.install({ time: now });
  const desk = await open(book, "denied");
  // A browser lets nothing sound before somebody has done something.
  await book.page.mouse.click(700, 300);
  await book.page.clock.pauseAt(now + 60_000);
  await book.drive((drive) => drive.clock());
  await listen(book.page);
  return desk;
}

test("a request rings three times, four seconds apart, and is silent at once when it is over", async ({
  own,
}) => {
  const { page } = own;
  await still(own);
  await own.drive((drive) => drive.request("khalid", "Khalid"));
  await expect.poll(() => tones(page)).toEqual(tunes.request);
  await page.clock.runFor(3_900);
  expect(await tones(page)).toHaveLength(2);
  await page.clock.runFor(4_200);
  await expect.poll(() => tones(page)).toEqual([...tunes.request, ...tunes.request, ...tunes.request]);
  await page.clock.runFor(20_000);
  expect(await tones(page)).toHaveLength(6);

  const offer = await own.drive((drive) => drive.request("khalid", "Nora", 60));
  await expect.poll(() => tones(page)).toHaveLength(8);
  await own.drive((drive) => drive.gone(901, "withdrawn"));
  await own.drive((drive, offer) => drive.gone(offer, "withdrawn"), offer);
  await page.clock.runFor(20_000);
  expect(await tones(page)).toHaveLength(8);
});

test("silent mode is one press of its keys, stops what rings, is said, and is left the same way", async ({
  own,
}) => {
  const { page } = own;
  await still(own);
  await own.drive((drive) => drive.request("khalid", "Khalid", 90));
  await expect.poll(() => tones(page)).toHaveLength(2);
  await page.keyboard.press("Control+Alt+KeyD");
  await page.clock.runFor(20_000);
  expect(await tones(page)).toHaveLength(2);
  expect(await words(page)).toContain(say.meSilentOn());
  await own.drive((drive) => drive.request("khalid", "Nora"));
  await page.clock.runFor(9_000);
  expect(await tones(page)).toHaveLength(2);

  await page.keyboard.press("Control+Alt+KeyD");
  await page.clock.runFor(2_000);
  expect(await words(page)).toContain(say.meSilentOff());
  await own.drive((drive) => drive.request("khalid", "Huda"));
  await expect.poll(() => tones(page)).toHaveLength(4);
});

test("each matter has its own sound, and the conversation one looks at has none", async ({ own }) => {
  const { page } = own;
  await still(own);
  await own.drive((drive) => drive.message("sara", "في المحادثة المفتوحة"));
  await own.drive((drive) => drive.message("mona", "Elsewhere"));
  await expect.poll(() => tones(page)).toEqual(tunes.message);
  await own.drive((drive) => drive.interrupt("mona"));
  await expect.poll(async () => (await tones(page)).slice(1)).toEqual(tunes.interrupted);
  const offer = await own.drive((drive) => drive.request("khalid", "Khalid"));
  await own.drive((drive, offer) => drive.gone(offer, "missed"), offer);
  await expect.poll(async () => (await tones(page)).at(-1)).toBe(tunes.missed[0]);
});

test("what waits stands in the title of the tab, and goes from it", async ({ own }) => {
  const { page } = own;
  await open(own, "denied");
  const before = await page.title();
  expect(before).not.toMatch(/^\(/);
  const offer = await own.drive((drive) => drive.request("khalid", "Khalid"));
  await expect.poll(() => page.title()).toBe(say.tabTitle({ n: 1, app: before }));
  await own.drive((drive) => drive.message("mona", "One more", "And another"));
  await expect.poll(() => page.title()).toBe(say.tabTitle({ n: 3, app: before }));
  await own.drive((drive, offer) => drive.gone(offer, "withdrawn"), offer);
  await expect.poll(() => page.title()).toBe(say.tabTitle({ n: 2, app: before }));
});
