// What a person chooses for themselves holds at once, without a reload.
import type { Locator } from "@playwright/test";
import type { Desk } from "../pages/desk";
import { expect, test } from "../world";
import { say } from "../words";

// What is chosen here is Omar's from then on.
test.use({ alone: true });

/** Opens the settings at a page of theirs, without leaving where one is. */
async function settings({ page }: Desk, tab: string): Promise<Locator> {
  await page.getByRole("button", { name: say.meMenu(), exact: true }).click();
  await page.getByRole("menuitem", { name: say.settingsTitle() }).click();
  const dialog = page.getByRole("dialog", { name: say.settingsTitle(), exact: true });
  await dialog.getByRole("tab", { name: tab, exact: true }).click();
  return dialog;
}

/** Presses one of several; in another language it is called otherwise afterwards. */
const choose = (dialog: Locator, group: string, name: string) =>
  dialog
    .getByRole("radiogroup", { name: group, exact: true })
    .getByRole("radio", { name, exact: true })
    .click({ force: true });

test("digits, the clock, the Hijri date, the theme, the density and the language change what is open", async ({
  world,
}) => {
  const [omar] = await world.talking("omar", "Sara", "Hello");
  const { page } = omar;
  // The page stays the one that was opened: nothing of it is loaded again.
  await page.evaluate(() => void (document.body.dataset.kept = ""));
  await omar.compose.fill("half a sentence");

  const day = omar.thread.locator("p:has(> time[datetime])").first();
  const time = omar.thread.getByRole("article").locator("time").last();
  const timer = omar.timer(omar.pane).first();
  await expect(time).toHaveText(/^\d\d:\d\d$/);
  let dialog = await settings(omar, say.settingsFormats());
  await choose(dialog, say.settingsClock(), say.settingsClockTwelve());
  await choose(dialog, say.settingsDigits(), say.setupDigitsArab());
  await dialog.getByRole("switch", { name: say.settingsHijri(), exact: true }).check({ force: true });
  await world.look(page, "formats");
  await page.keyboard.press("Escape");
  if (world.lang === "ar") {
    await expect(time).toHaveText(/^[٠-٩]{1,2}:[٠-٩]{2}\s[صم]$/);
    await expect(timer).toHaveText(/^[٠-٩:]+$/);
    await expect(day).toContainText("هـ");
  } else {
    // They are the digits of Arabic, and English keeps its own.
    await expect(time).toHaveText(/^\d{1,2}:\d\d\s[ap]m$/i);
    await expect(timer).toHaveText(/^[\d:]+$/);
    await expect(day).toContainText("AH");
  }

  const card = omar.tasks.getByRole("link").first();
  const look = async () => ({
    canvas: await page.locator("[data-pane=tasks]").evaluate((e) => getComputedStyle(e).color),
    high: (await card.boundingBox())?.height ?? 0,
  });
  const before = await look();
  dialog = await settings(omar, say.settingsLook());
  await choose(dialog, say.meTheme(), say.meThemeDark());
  await choose(dialog, say.meDensity(), say.meDensityCompact());
  await expect.poll(async () => (await look()).canvas).not.toBe(before.canvas);
  await expect.poll(async () => (await look()).high).toBeLessThan(before.high);
  await choose(dialog, say.meTheme(), say.meThemeSystem());
  await choose(dialog, say.meDensity(), say.meDensityComfortable());
  await expect.poll(look).toEqual(before);

  const other = world.lang === "ar" ? "en" : "ar";
  await choose(dialog, say.labelLanguage(), other === "ar" ? say.langAr() : say.langEn());
  await expect(page.locator("html")).toHaveAttribute("lang", other);
  await expect(page.locator("html")).toHaveAttribute("dir", other === "ar" ? "rtl" : "ltr");
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-pane=compose] textarea")).toHaveValue("half a sentence");
  await expect(page.locator("body[data-kept]")).toHaveCount(1);
});

test("what is changed in another browser holds in this one, without a reload", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara", "Hello");
  const other = await world.agent("omar");
  await omar.page.evaluate(() => void (document.body.dataset.kept = ""));
  await omar.compose.fill("half a sentence");
  const card = omar.tasks.getByRole("link").first();
  const high = async () => (await card.boundingBox())?.height ?? 0;
  const before = await high();
  const dialog = await settings(other, say.settingsLook());
  await choose(dialog, say.meTheme(), say.meThemeDark());
  await choose(dialog, say.meDensity(), say.meDensityCompact());
  await expect.poll(high).toBeLessThan(before);
  await expect(omar.page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(omar.compose).toHaveValue("half a sentence");
  await expect(omar.page.locator("body[data-kept]")).toHaveCount(1);
});
