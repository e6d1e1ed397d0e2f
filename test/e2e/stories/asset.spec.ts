import { expect, test } from "../world";
import { say } from "../words";

test("the asset is deleted during a conversation", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await omar.accept("Sara");
  await omar.write("How can I help?");
  await omar.compose.fill("A draft that must not be lost");

  const console = await world.administrator();
  const asset = world.asset("store");
  await expect(console.getByRole("heading", { name: say.adminAssets(), level: 1 })).toBeVisible();
  await world.look(console, "assets");
  await console
    .getByRole("listitem")
    .filter({ hasText: asset })
    .getByRole("button", { name: say.adminAssetDelete(), exact: true })
    .click();
  const dialog = console.getByRole("alertdialog");
  await expect(dialog).toContainText(say.nLiveInterrupted({ n: 1 }));
  await dialog.getByRole("textbox").fill(asset);
  await world.look(console, "delete-asset");
  await dialog.getByRole("button", { name: say.adminAssetDelete(), exact: true }).click();
  await expect(dialog).toBeHidden();

  // S24–S27: alert, nothing more can be said, the draft stays, only End works.
  const alert = omar.page.getByRole("alert").filter({ hasText: say.assetAlertTitle() });
  await expect(alert).toContainText(asset);
  await omar.status(say.statusInterrupted());
  await expect(omar.compose).toHaveAttribute("readonly", "");
  await expect(omar.compose).toHaveValue("A draft that must not be lost");
  for (const off of [say.actionTransfer(), say.actionConference()]) {
    await expect(omar.button(off)).toHaveAttribute("aria-disabled", "true");
  }
  await world.look(omar.page, "interrupted");
  await sara.sees(say.wAssetDeleted());
  await sara.reads("How can I help?");
  await world.look(sara.page, "interrupted-customer");

  await omar.end();
  await omar.wrapUp(say.wrapupReasonResolved());

  // Nobody can begin a new one.
  await sara.page.reload();
  const mona = await world.customer("Mona");
  await mona.launcher.click();
  await mona.sees(say.wUnavailable());
});
