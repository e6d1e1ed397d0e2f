import { createHmac } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import type { World } from "../world";
import { Customer } from "./widget";

const key = "demo-store";

/** The shop's own server: it signs who its visitors are with a key of the asset. */
export class Shop {
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

  /** A page of the shop on a device of its own, on which somebody has signed in; before it opens, the browser may be made to misbehave. */
  async page(
    sub: string,
    name: string,
    before?: (context: BrowserContext) => Promise<unknown>,
  ): Promise<Customer> {
    const context = await this.world.browser();
    await before?.(context);
    const page = await context.newPage();
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
