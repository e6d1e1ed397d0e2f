import { plain, say } from "../words";
import { expect, test } from "../world";

test("emoji are found by their names in either language, and put where the caret is", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara", "It has arrived");
  await omar.compose.fill("Glad to hear");
  const button = omar.page.getByRole("button", { name: say.composeEmoji(), exact: true });
  await button.click();
  const picker = omar.page.getByRole("dialog", { name: say.composeEmoji(), exact: true });
  const search = picker.getByRole("combobox", { name: say.emojiSearch(), exact: true });
  await expect(search).toBeFocused();
  await world.look(omar.page, "emoji");
  for (const query of ["party", "احتفال"]) {
    await search.fill(query);
    await expect(picker.getByText("🎉", { exact: true })).toBeVisible();
    await expect(picker.getByText("📦", { exact: true })).toHaveCount(0);
  }
  await search.fill("zzz");
  await expect(picker.getByRole("option")).toHaveCount(0);
  await expect(picker.getByText(plain(say.emojiNone({ q: "zzz" })))).toBeVisible();
  await omar.page.keyboard.press("Escape");
  await expect(picker).toHaveCount(0);
  await expect(button).toBeFocused();

  // The arrows go through the grid as it looks.
  await button.click();
  await expect(picker.getByRole("option").nth(9)).toBeVisible();
  await search.press("ArrowDown");
  await search.press(world.lang === "ar" ? "ArrowLeft" : "ArrowRight");
  const tenth = (await picker.getByRole("option").nth(9).textContent()) ?? "";
  await expect(picker.getByRole("option", { selected: true })).toHaveText(tenth);
  await search.press("Enter");
  await expect(omar.compose).toBeFocused();
  await expect(omar.compose).toHaveValue(`Glad to hear${tenth}`);
  await omar.compose.press("Enter");
  await expect.poll(async () => (await sara.thread()).at(-1)?.text).toBe(`Glad to hear${tenth}`);
});
