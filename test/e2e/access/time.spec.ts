// More time to answer (A4): found in the settings, holds at once, outlives a
// reload, and the server gives it with the next request.
import type { Desk } from "../pages/desk";
import { say } from "../words";
import { expect, test, type World } from "../world";

test.use({ alone: true, settings: { rona: "40s" } });

/** How long Omar is given for a request, by the server's own times. */
async function given(world: World, omar: Desk, customer: string): Promise<number> {
  const visitor = await world.visitor(customer, "Hello");
  await expect(omar.request(customer)).toBeVisible();
  const card = (await (await world.staff("omar")).desk()).cards.find((c) => c.customer.name === customer);
  const seconds = (Date.parse(card?.deadline ?? "") - Date.parse(card?.made_at ?? "")) / 1000;
  await visitor.leave();
  await expect(omar.request(customer)).toHaveCount(0);
  return seconds;
}

test("A4 whoever needs more time finds it, and every next request gives it", async ({ world }) => {
  const omar = await world.agent("omar");
  const { page } = omar;
  const slider = page.getByRole("slider", { name: say.settingsMoreTime(), exact: true });
  const open = async () => {
    await page.getByRole("button", { name: say.meMenu(), exact: true }).click();
    await page.getByRole("menuitem", { name: say.settingsTitle(), exact: true }).click();
    await page.getByRole("tab", { name: say.settingsAccess(), exact: true }).click();
  };
  await omar.available();
  expect(await given(world, omar, "Sara")).toBe(40);

  await open();
  await expect(slider).toHaveAttribute("aria-valuetext", say.settingsTimes({ n: 1 }));
  await slider.focus();
  // Towards more is where the page ends, whichever way it runs.
  const saved = page.waitForResponse(
    (answer) =>
      answer.request().method() === "PATCH" &&
      (answer.request().postData() ?? "").includes('"answer_factor":3'),
  );
  const more = world.lang === "ar" ? "ArrowLeft" : "ArrowRight";
  await slider.press(more);
  await slider.press(more);
  await expect(slider).toHaveAttribute("aria-valuetext", say.settingsTimes({ n: 3 }));
  expect((await saved).status()).toBe(200);
  await page.keyboard.press("Escape");
  expect(await given(world, omar, "Mona")).toBe(120);

  await page.reload();
  await open();
  await expect(slider).toHaveValue("3");
  await slider.press("End");
  await expect(slider).toHaveValue("10");
});
