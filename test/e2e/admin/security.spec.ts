// Who may write: blocks, and the keys by which a site signs who its visitors are.
import { expect, test } from "../world";
import { plain, say } from "../words";

test.use({ alone: true });

test("who is blocked is told so until it is lifted, and an asset's keys are looked after", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("You are all thieves");
  await omar.accept("Sara");

  await omar.page.getByRole("button", { name: say.actionBlock(), exact: true }).click();
  const asked = omar.page.getByRole("dialog", {
    name: plain(say.securityBlocksCustomerTitle({ name: "Sara" })),
  });
  await asked.getByLabel(say.securityBlocksReason(), { exact: true }).fill("Insults, 4111 1111 1111 1111");
  await world.look(omar.page, "block");
  await asked.getByRole("button", { name: say.securityBlocksBlock(), exact: true }).click();
  await expect(asked).toBeHidden();

  await sara.compose.fill("All of you");
  await sara.compose.press("Enter");
  await expect(sara.thread.getByText(say.errorBlocked())).toBeVisible();
  await world.look(sara.page, "refused");
  await omar.write("This conversation ends here");
  await sara.reads("This conversation ends here"); // who is blocked reads on

  const admin = await world.administrator("/admin/blocks");
  const block = admin.getByRole("main").getByRole("listitem").filter({ hasText: "Sara" });
  await expect(block).toContainText("Insults, ");
  await expect(block).not.toContainText("4111");
  await world.look(admin, "blocked");
  await block.getByRole("button", { name: say.securityBlocksLift(), exact: true }).click();
  await expect(block).toBeHidden();
  await sara.write("I am sorry");
  await omar.reads("I am sorry");

  await admin.goto(new URL("/admin/assets", admin.url()).href);
  await admin
    .getByRole("listitem")
    .filter({ hasText: world.asset("store") })
    .getByRole("button", { name: say.consoleAssetKeys(), exact: true })
    .click();
  const toggle = admin.getByRole("switch", { name: say.securityKeysRequired() });
  await toggle.press("Space");
  await expect(admin.getByRole("alert").filter({ hasText: say.securityKeysNobody() })).toBeVisible();
  await admin.getByRole("button", { name: say.securityKeysNew(), exact: true }).click();
  const form = admin.getByRole("dialog");
  await form.getByRole("radio", { name: /HS256/ }).check({ force: true });
  await form.getByRole("button", { name: say.securityKeysNew(), exact: true }).click();
  await expect(form.getByLabel(say.securityKeysSecret(), { exact: true })).toHaveValue(/^[\w-]{43}$/);
  await world.look(admin, "secret");
  await form.getByRole("button", { name: say.actionClose(), exact: true }).first().click();
  await expect(admin.getByRole("main").getByRole("alert")).toHaveCount(0);
  await world.look(admin, "keys");

  // Whom the site has not signed for cannot begin any more.
  const stranger = await world.customer("Mona");
  await stranger.launcher.click();
  await expect(stranger.frame.getByText(say.wIdentityRequired())).toBeVisible();

  await admin.getByRole("button", { name: say.securityKeysRetire(), exact: true }).click();
  const sure = admin.getByRole("alertdialog");
  await expect(sure).toContainText(say.securityKeysRetireLast());
  await sure.getByRole("button", { name: say.securityKeysRetire(), exact: true }).click();
  await expect(sure).toBeHidden();
  await expect(admin.getByRole("button", { name: say.securityKeysRetire(), exact: true })).toHaveCount(0);
});
