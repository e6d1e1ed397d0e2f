// Who the customer is, as their site has signed it.
import type { Page } from "@playwright/test";
import { Shop } from "../pages/shop";
import { expect, test } from "../world";
import { say } from "../words";

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
