// From an empty folder to an answered chat, as the guide says: the binary, the
// link it prints, and the steps of the first run.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { violations } from "../axe";
import { nothing, overflowing, small } from "../layout";
import { Customer } from "../pages/widget";
import { Desk } from "../pages/desk";
import { site } from "../pages/site";
import { expect, test } from "../world";
import { plain, say, speak } from "../words";

const root = resolve(__dirname, "../../..");
const email = "huda@example.org";
const password = "a blue bicycle at noon";

/** The binary on a folder with nothing in it. */
class Installation {
  private readonly data = mkdtempSync(join(tmpdir(), "hiwar-first-"));
  private process: ChildProcess | undefined;

  /** The link that it prints. */
  async start(): Promise<string> {
    const args = ["serve", "--listen", "127.0.0.1:0", "--data", join(this.data, "data")];
    const made = spawn(process.env.E2E_BINARY ?? join(root, "bin/hiwar"), args, { cwd: this.data });
    this.process = made;
    let said = "";
    return new Promise((found, failed) => {
      made.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const link = /https?:\/\/\S+\/setup#\S+/.exec(said)?.[0];
        if (link) found(link);
      });
      made.once("exit", (code) => failed(new Error(`hiwar ended with ${code}: ${said}`)));
      made.once("error", failed);
    });
  }

  async close(): Promise<void> {
    if (this.process && this.process.exitCode === null) {
      const ended = once(this.process, "exit");
      this.process.kill("SIGTERM");
      await ended;
    }
    rmSync(this.data, { recursive: true, force: true });
  }
}

test("from an empty folder to the first answered chat", async ({ lang, browser }) => {
  speak(lang);
  const installation = new Installation();
  let code = "";
  const shop = await site(() => code);
  const began = Date.now();
  const link = await installation.start();
  const inLanguage = () =>
    browser.newContext({ locale: lang === "ar" ? "ar-SA" : "en-GB", timezoneId: "Asia/Riyadh" });
  let context = await inLanguage();
  let page = await context.newPage();
  const title = (text: string) => page.getByRole("heading", { name: plain(text), level: 1, exact: true });
  const next = () => page.getByRole("button", { name: say.actionNext(), exact: true }).click();
  const field = (name: string) => page.getByRole("textbox", { name: plain(name), exact: true });

  await page.goto(link);
  // The first question is answered in either language, and the page turns at once.
  await page.getByRole("button", { name: lang === "ar" ? "English" : "العربية", exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", lang === "ar" ? "en" : "ar");
  await page.getByRole("button", { name: lang === "ar" ? "العربية" : "English", exact: true }).click();
  await expect(title(say.wizLang())).toBeVisible();
  await look(page, lang, "1-language");
  await next();

  await expect(title(say.wizYou())).toBeFocused();
  await field(say.setupName()).fill("Huda هدى");
  await field(say.setupEmail()).fill(email);
  await page.getByLabel(say.setupPassword(), { exact: true }).fill("passwordpassword");
  await next();
  await expect(page.getByLabel(say.setupPassword(), { exact: true })).toBeFocused();
  await expect(page.getByText(plain(say.errorPasswordTooCommon()))).toBeVisible();
  await look(page, lang, "2-you");
  await page.getByLabel(say.setupPassword(), { exact: true }).fill(password);
  await next();

  await expect(title(say.wizOrganization())).toBeFocused();
  await next();
  await expect(page.getByText(say.wizNameMissing())).toBeVisible();
  await field(say.setupQueueNameEn()).fill("Lotus");
  await field(say.setupQueueNameAr()).fill("لوتس");
  await expect(page.getByRole("combobox", { name: say.setupTimeZone() })).toHaveValue("Asia/Riyadh");
  await look(page, lang, "3-organization");
  await next();

  await expect(title(say.wizQueue())).toBeFocused();
  await expect(field(say.wizReasonEn({ n: 6 }))).toBeVisible();
  await page.getByRole("button", { name: plain(say.wizReasonRemove({ n: 6 })), exact: true }).click();
  await look(page, lang, "4-queue");
  await next();
  await expect(title(say.wizTeam())).toBeFocused();

  // Left here and gone on with from another browser: the server knows what is done.
  await context.close();
  context = await inLanguage();
  page = await context.newPage();
  await page.goto(link);
  await page.getByRole("textbox", { name: say.loginEmail(), exact: true }).fill(email);
  await page.getByLabel(say.loginPassword(), { exact: true }).fill(password);
  await page.getByRole("button", { name: say.loginSubmit(), exact: true }).click();
  await expect(title(say.wizTeam())).toBeFocused();
  await field(say.labelName()).fill("دينا");
  await field(say.labelEmail()).fill("dina@example.org");
  await page.getByRole("button", { name: say.wizTeamAdd(), exact: true }).click();
  await expect(field(say.wizTeamLink({ name: "دينا" }))).toHaveValue(/\/welcome#\S{43}$/);
  await look(page, lang, "5-team");
  await next();

  await expect(title(say.wizInstall())).toBeFocused();
  const status = page.getByRole("status").filter({ hasText: say.wizInstallWaiting() });
  await expect(status).toBeVisible();
  await field(say.wizInstallAddress()).fill(`${shop.origin}/basket`);
  await page.getByRole("button", { name: say.wizInstallAdd(), exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: shop.origin })).toBeVisible();
  code = (await page.locator("pre").textContent()) ?? "";
  await look(page, lang, "6-install");
  const visitor = await (await inLanguage()).newPage();
  await visitor.goto(shop.origin);
  await expect(visitor.getByRole("button", { name: /./ }).first()).toBeVisible(); // the launcher
  await expect(page.getByText(plain(say.wizInstallOk({ origin: shop.origin })))).toBeVisible();
  await visitor.context().close();
  await next();

  await expect(title(say.wizTry())).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: say.wizTryWaiting() })).toBeVisible();
  const [opened] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("link", { name: say.wizTryDesk(), exact: true }).click(),
  ]);
  const desk = new Desk(opened, "Huda هدى");
  await desk.available();
  const customer = new Customer(page, "Salma");
  const side = page.frameLocator(`iframe[title="${plain(say.wizTryPage())}"]`);
  await side.getByRole("button", { name: say.wLaunch(), exact: true }).click();
  const chat = side.frameLocator(`iframe[title="${say.wTitle()}"]`);
  await chat.getByRole("textbox", { name: say.wName(), exact: true }).fill(customer.name);
  await chat.getByRole("textbox", { name: say.wQuestion(), exact: true }).fill("Is it open today?");
  await chat.getByRole("button", { name: say.wStart(), exact: true }).click();
  await desk.accept(customer.name);
  await desk.write("Yes, until ten.");
  await expect(chat.getByText("Yes, until ten.").first()).toBeVisible();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  // eslint-disable-next-line no-console
  console.log(`first run, ${lang}: ${seconds} s from the start of the binary to the first answered chat`);
  await expect(page.getByText(say.wizAnswered())).toBeVisible();
  await look(page, lang, "7-try");
  await page.getByRole("button", { name: say.wizFinish(), exact: true }).click();
  await expect(title(say.wizFinished())).toBeVisible();

  await context.close();
  shop.server.close();
  await installation.close();
});

/** A picture in both themes and narrow, and nothing that shuts people out. */
async function look(page: Page, lang: string, what: string): Promise<void> {
  const picture = (how: string) =>
    page.screenshot({
      path: resolve(root, "artifacts/e2e", lang, "first-run", `${what}-${how}.png`),
      animations: "disabled",
      fullPage: true,
    });
  await picture("light");
  expect.soft(await violations(page.mainFrame()), `${what}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await picture("dark");
  expect.soft(await violations(page.mainFrame(), ["color-contrast"]), `${what}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 720 });
  await picture("narrow");
  await nothing(overflowing, page, `${what}, at 320 px`);
  await nothing(small, page, `${what}, too small to press at 320 px`);
  if (size) await page.setViewportSize(size);
}
