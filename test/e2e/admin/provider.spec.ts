// Signing in through another system: set up on the console, used on the sign-in page.
import { expect, test } from "../world";
import { client, provider } from "../pages/provider";
import { plain, say } from "../words";

test.use({ alone: true });

test("who is known to the provider signs in by it, and where it is down they are told so", async ({
  world,
}) => {
  const lotus = await provider({ sub: "1", email: "omar@nakheel.example", email_verified: true });
  const admin = await world.administrator("/admin/providers");
  await admin.getByRole("button", { name: say.consoleNew(), exact: true }).click();
  const name = plain(say.consoleCopyEn({ field: say.consoleName() }));
  const nameAr = plain(say.consoleCopyAr({ field: say.consoleName() }));
  await admin.getByLabel(name, { exact: true }).fill("Lotus");
  await admin.getByLabel(nameAr, { exact: true }).fill("لوتس");
  await admin.getByLabel(say.consoleFIssuer(), { exact: true }).fill(lotus.issuer);
  await admin.getByLabel(say.consoleFClientId(), { exact: true }).fill(client.id);
  await admin.getByRole("button", { name: say.actionSave(), exact: true }).click();
  await admin.getByRole("button", { name: say.consoleProviderSecretSet(), exact: true }).click();
  const asked = admin.getByRole("dialog");
  await expect(asked.getByText(say.consoleProviderSecretNone())).toBeVisible();
  await asked.getByLabel(say.consoleProviderSecret(), { exact: true }).fill(client.secret);
  await world.look(admin, "secret");
  await asked.getByRole("button", { name: say.actionSave(), exact: true }).click();
  await expect(asked).toBeHidden();
  await world.look(admin, "provider");

  const page = await (await world.browser()).newPage();
  await page.goto(`${world.server.origin}/login`);
  const way = page.getByRole("button", {
    name: plain(say.providerWith({ name: world.lang === "ar" ? "لوتس" : "Lotus" })),
  });
  await expect(way).toBeVisible();
  await world.look(page, "ways");
  await way.click();
  await expect(page).toHaveURL(/\/desk$/);
  const me = await page.evaluate(() =>
    fetch("/api/v1/me").then((answer) => answer.json() as Promise<object>),
  );
  expect(me).toMatchObject({ email: "omar@nakheel.example" });

  await lotus.stop();
  await world.server.restart(); // forgets what the provider said of itself
  const other = await (await world.browser()).newPage();
  await other.goto(`${world.server.origin}/login`);
  await other
    .getByRole("button", { name: plain(say.providerWith({ name: world.lang === "ar" ? "لوتس" : "Lotus" })) })
    .click();
  const told = plain(say.errorProviderUnreachable({ reference: "" }));
  await expect(other.getByRole("alert")).toContainText(told);
  await world.look(other, "down");
});
