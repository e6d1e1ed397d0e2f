// Who the customer is, as their site has signed it.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { Customer } from "../pages/widget";
import { expect, test, type World } from "../world";
import { say } from "../words";

const key = "demo-store";

/** The shop's own server: it signs who its visitors are with a key of the asset. */
class Shop {
  private constructor(
    private readonly world: World,
    private readonly keys: string,
    private readonly kid: string,
    private readonly secret: string,
  ) {}

  static async of(world: World): Promise<Shop> {
    const admin = await world.staff("admin");
    const { assets } = await admin.must<{ assets: { id: string; key: string }[] }>("GET", "/assets");
    const keys = `/assets/${assets.find((asset) => asset.key === key)?.id}/identity-keys`;
    const made = await admin.must<{ id: string; secret: string }>("POST", keys, { algorithm: "HS256" });
    return new Shop(world, keys, made.id, made.secret);
  }

  token(sub: string, name: string): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub, name, aud: key, iat: now, exp: now + 300, attributes: { plan: "gold" } };
    const signed = `${part({ alg: "HS256", kid: this.kid })}.${part(claims)}`;
    return `${signed}.${createHmac("sha256", this.secret).update(signed).digest("base64url")}`;
  }

  /** A page of the shop on a device of its own, on which somebody has signed in. */
  async page(sub: string, name: string): Promise<Customer> {
    const page = await (await this.world.browser()).newPage();
    const site = new URL((await this.world.pane("customer")).url);
    const known = `hiwar("identify", ${JSON.stringify(this.token(sub, name))});`;
    await page.route(`${site.origin}/account`, (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><html lang="${this.world.lang}"><title>Account</title><body><main><h1>Account</h1></main>
          <script>window.hiwar = (...a) => (window.hiwar.q = window.hiwar.q || []).push(a); ${known}</script>
          <script async src="/hiwar.js" data-key="${key}"></script>`,
      }),
    );
    await page.goto(`${site.origin}/account`);
    return new Customer(page, name);
  }

  async close(): Promise<void> {
    await (await this.world.staff("admin")).must("DELETE", `${this.keys}/${this.kid}`);
  }
}

const logout = (page: Page) =>
  page.evaluate(() => (window as unknown as { hiwar(call: string): Promise<unknown> }).hiwar("logout"));

test("a proven customer is known to the agent, goes on elsewhere, and is forgotten when they sign out", async ({
  world,
}) => {
  const shop = await Shop.of(world);
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await shop.page("customer-7", "Sara");
  await sara.ask("Where is my order?");

  await expect(
    omar.request("Sara").getByRole("img", { name: say.customerVerified(), exact: true }),
  ).toBeVisible();
  await world.look(omar.page, "request");
  await omar.accept("Sara");
  const details = omar.page.getByRole("complementary", { name: say.labelAuxPane(), exact: true });
  await expect(details.getByText(say.customerVerified(), { exact: true })).toBeVisible();
  await expect(details).toContainText("gold");
  await world.look(omar.page, "verified");

  // On another device, where they have signed in too, the conversation is there.
  const phone = await shop.page("customer-7", "Sara");
  await phone.launcher.click();
  await phone.reads("Where is my order?");
  await phone.write("It was to come on Monday");
  await sara.reads("It was to come on Monday");
  await omar.write("It arrives today");
  await phone.reads("It arrives today");
  await world.look(phone.page, "phone");

  // Who signs out leaves nothing behind on this device.
  await logout(phone.page);
  await phone.launcher.click();
  await expect(phone.frame.getByRole("textbox", { name: say.wQuestion(), exact: true })).toHaveValue("");
  await expect(phone.frame.getByText("Where is my order?")).toHaveCount(0);
  await sara.leave();
  await shop.close();
});
