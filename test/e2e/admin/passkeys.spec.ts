// A passkey from its making to its end, with a real server and a device of the
// browser's own.
import type { Page } from "@playwright/test";
import { expect, test } from "../world";
import { plain, say } from "../words";

const button = (page: Page, name: string) => page.getByRole("button", { name: plain(name), exact: true });

/** A device that keeps passkeys and is unlocked at once. */
async function withDevice(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("WebAuthn.enable");
  await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function openAccount(page: Page): Promise<void> {
  await button(page, say.meMenu()).click();
  await page.getByRole("menuitem", { name: say.settingsTitle(), exact: true }).click();
  await page.getByRole("tab", { name: say.accountTitle(), exact: true }).click();
}

test("a passkey is added, signs in without a password, and is removed", async ({ world }) => {
  const { page, tasks } = await world.agent("nour");
  await withDevice(page);
  const name = world.lang === "ar" ? "هاتف نور" : "Nour's phone";
  await openAccount(page);
  await button(page, say.accountPasskeysAdd()).click();
  await page.getByRole("textbox", { name: say.accountPasskeysName(), exact: true }).fill(name);
  await button(page, say.accountPasskeysCreate()).click();
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row.getByText(say.accountPasskeysUnused())).toBeVisible();
  await row.scrollIntoViewIfNeeded();
  await world.look(page, "passkeys");

  // Nobody is known to this browser any more, and nothing is typed.
  await page.context().clearCookies({ name: /session/ });
  await page.goto(new URL("/login", page.url()).href);
  await expect(button(page, say.accountPasskeysSignIn())).toBeVisible();
  await world.look(page, "login");
  await button(page, say.accountPasskeysSignIn()).click();
  await expect(page).toHaveURL(/\/desk$/);
  await expect(tasks).toBeVisible();

  await openAccount(page);
  await expect(row.getByText(say.accountPasskeysUnused())).toHaveCount(0);
  await button(page, say.accountPasskeysRemoveOf({ name })).click();
  await expect(row).toHaveCount(0);

  // The device still has it, and the server takes it no more.
  await page.context().clearCookies({ name: /session/ });
  await page.goto(new URL("/login", page.url()).href);
  await button(page, say.accountPasskeysSignIn()).click();
  await expect(page.getByText(say.errorLoginFailedPasskey())).toBeVisible();
  await world.look(page, "login-refused");
});
