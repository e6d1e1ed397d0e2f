// An account from its password to its second step, with a real server.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "../world";
import { plain, say } from "../words";

// It changes who may sign in, and how.
test.use({ alone: true });

const password = "nine quiet boats at dawn";

/** What an authenticator shows, so many steps from now: each code works once. */
function shown(secret: string, later = 0): string {
  const bits = [...secret].map((c) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"),
  );
  const key = Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const sum = createHmac("sha1", key).update(step).digest();
  const at = (sum.at(-1) ?? 0) & 15;
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const button = (page: Page, name: string) => page.getByRole("button", { name: plain(name), exact: true });
const code = (page: Page) => page.getByRole("textbox", { name: say.accountStepCode(), exact: true });
const secretOf = async (page: Page) =>
  ((await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent()) ?? "").replaceAll(" ", "");

test("a second step is set up, asked for, reset, and wanted of everybody", async ({ world }) => {
  const admin = await world.staff("admin");
  const { users } = await admin.must<{ users: { id: string; email: string }[] }>("GET", "/configuration");
  const omar = users.find(({ email }) => email.startsWith("omar"));
  if (!omar) throw new Error("the sample has no Omar");
  const { path } = await admin.must<{ path: string }>("POST", `/users/${omar.id}/invitation`);

  const page = await (await world.browser()).newPage();
  const type = (figures: string) =>
    world.lang === "ar" ? figures.replace(/\d/g, (d) => "٠١٢٣٤٥٦٧٨٩".charAt(Number(d))) : figures;
  const signIn = async () => {
    await page.goto(new URL("/login", page.url()).href);
    await page.getByRole("textbox", { name: say.loginEmail(), exact: true }).fill(omar.email);
    await page.getByLabel(say.loginPassword(), { exact: true }).fill(password);
    await button(page, say.loginSubmit()).click();
  };
  // In the language of the test, whatever Omar would rather have.
  const address = new URL(path, (await world.pane("omar")).url);
  address.searchParams.set("lang", world.lang);
  await page.goto(address.href);
  await page.getByLabel(say.setupPassword(), { exact: true }).fill(password);
  await button(page, say.welcomeFinish()).click();
  await expect(page).toHaveURL(/\/desk$/);

  // What is wanted is refused until Omar has shown that it is him; then it goes on by itself.
  let stale = true;
  await page.route("**/api/v1/me/second-step", (route) => {
    if (route.request().method() !== "POST" || !stale) return route.continue();
    stale = false;
    return route.fulfill({ status: 403, json: { code: "proof_needed" } });
  });
  await button(page, say.meMenu()).click();
  await page.getByRole("menuitem", { name: say.settingsTitle(), exact: true }).click();
  await page.getByRole("tab", { name: say.accountTitle(), exact: true }).click();
  await expect(page.getByText(say.accountStepOff())).toBeVisible();
  await world.look(page, "account");
  await button(page, say.accountStepEnrol()).click();
  const proof = page.getByRole("dialog", { name: say.accountProofTitle(), exact: true });
  await proof.getByLabel(say.loginPassword(), { exact: true }).fill("a guess at a password");
  await proof.getByRole("button", { name: say.accountStepConfirm(), exact: true }).click();
  await expect(proof.getByText(say.errorLoginFailedPresent())).toBeVisible();
  await world.look(page, "proof");
  await proof.getByLabel(say.loginPassword(), { exact: true }).fill(password);
  await proof.getByRole("button", { name: say.accountStepConfirm(), exact: true }).click();
  await expect(page.getByRole("img", { name: say.accountStepPicture(), exact: true })).toBeVisible();
  await world.look(page, "enrolment");
  const secret = await secretOf(page);
  await code(page).fill(type(shown(secret)));
  await button(page, say.accountStepConfirm()).click();
  const codes = page
    .getByRole("region", { name: say.accountCodesTitle(), exact: true })
    .getByRole("listitem");
  await expect(codes).toHaveCount(10);
  await world.look(page, "recovery-codes");
  await button(page, say.accountCodesKept()).click();
  await expect(page.getByText(say.accountStepCodesLeft({ n: 10 }))).toBeVisible();

  // The password alone is not enough any more.
  await page.context().clearCookies();
  await signIn();
  await code(page).fill("000000");
  await button(page, say.loginSubmit()).click();
  await expect(page.getByText(say.errorLoginFailedCode())).toBeVisible();
  await world.look(page, "code");
  await code(page).fill(type(shown(secret, 1)));
  await button(page, say.loginSubmit()).click();
  await expect(page).toHaveURL(/\/desk$/);
  await expect(page.getByRole("navigation", { name: say.labelTaskList() })).toBeVisible();

  // The telephone is lost: an administrator takes the step away, and wants one of everybody.
  const console = await world.administrator("/admin/users");
  await console.getByRole("radio", { name: say.accountUsersEverybody(), exact: true }).click();
  await expect(console.getByText(say.adminSaved()).first()).toBeVisible();
  const row = console.getByRole("listitem").filter({ hasText: omar.email });
  await world.look(console, "users-with-two-factor");
  await row.getByRole("button", { name: /./ }).filter({ hasText: say.accountUsersReset() }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect(row.getByText(say.accountUsersHas(), { exact: true })).toHaveCount(0);

  await signIn();
  await expect(page.getByText(say.accountStepIntro())).toBeVisible();
  const next = await secretOf(page);
  await world.look(page, "enrolment-at-the-door");
  await code(page).fill(type(shown(next)));
  await button(page, say.accountStepConfirm()).click();
  await expect(codes).toHaveCount(10);
  await button(page, say.accountCodesKept()).click();
  await expect(page).toHaveURL(/\/desk$/);
  await expect(page.getByRole("navigation", { name: say.labelTaskList() })).toBeVisible();
});
