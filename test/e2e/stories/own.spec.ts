// What is an agent's own, with a real server: commands by name, shortcuts by
// physical key, and choices that follow to another browser.
import { plain, say } from "../words";
import { expect, test } from "../world";

test("a command in the other language's words opens Transfer with the queue chosen", async ({ world }) => {
  const [omar] = await world.requested("omar", "Sara", "Hello");
  await omar.accept("Sara");
  await omar.page.keyboard.press("Control+KeyK");
  const field = omar.page.getByRole("combobox", { name: say.paletteTitle(), exact: true });
  await expect(field).toBeFocused();
  const item = say.paletteTransferTo({ name: world.queue("billing") });
  await expect(async () => {
    await field.fill(world.lang === "ar" ? "transfer billing" : "تحويل الفواتير");
    await expect(omar.page.getByRole("option").first()).toHaveAccessibleName(plain(item), { timeout: 500 });
  }).toPass();
  await world.look(omar.page, "palette");
  await omar.page.keyboard.press("Enter");
  const dialog = omar.page.getByRole("dialog", { name: say.transferTitle(), exact: true });
  await expect(dialog.getByRole("combobox")).toHaveValue(world.queue("billing"));
  await expect(dialog.getByRole("button", { name: say.actionTransfer(), exact: true })).toBeFocused();
});

test("choices hold at once, over a reload and in another browser", async ({ world }) => {
  const omar = await world.agent("omar");
  const html = omar.page.locator("html");
  const compact = (on: boolean) =>
    on
      ? expect(html).toHaveAttribute("data-density", "compact")
      : expect(html).not.toHaveAttribute("data-density");
  const settings = omar.page.getByRole("dialog", { name: say.settingsTitle(), exact: true });
  const choose = async (density: string) => {
    await omar.page.getByRole("button", { name: say.meMenu(), exact: true }).click();
    await omar.page.getByRole("menuitem", { name: say.settingsTitle(), exact: true }).click();
    const saved = omar.page.waitForResponse(
      (answer) => answer.url().endsWith("/me/preferences") && answer.request().method() === "PATCH",
    );
    await settings.getByRole("radio", { name: density, exact: true }).click();
    expect((await saved).status()).toBe(200);
    await omar.page.keyboard.press("Escape");
    await expect(settings).toBeHidden();
  };
  await choose(say.meDensityCompact());
  await compact(true);
  await omar.page.reload();
  await compact(true);
  const other = await world.agent("omar");
  await expect(other.page.locator("html")).toHaveAttribute("data-density", "compact");
  await choose(say.meDensityComfortable());
  await compact(false);
});

test("a shortcut can be given another key, and the old one does nothing", async ({ world }) => {
  const omar = await world.agent("omar");
  const { keyboard } = omar.page;
  const list = omar.page.getByRole("dialog", { name: say.meShortcuts(), exact: true });
  const bell = omar.page.getByRole("dialog", { name: say.termNotificationCenter(), exact: true });
  const open = async () => {
    await keyboard.press("Control+Alt+KeyF");
    await expect(list).toBeVisible();
  };
  const action = say.termNotificationCenter();
  await omar.inState(say.stateIdle()); // the desk is there, and hears keys
  await open();
  await list.getByRole("button", { name: say.keysChange({ action }) }).click();
  await keyboard.press("Control+Alt+KeyX");
  await expect(list.getByText(plain(say.keysTaken({ action: say.actionTransfer() })))).toBeVisible();
  await list.getByRole("button", { name: say.keysChange({ action }) }).click();
  await keyboard.press("Control+Alt+KeyM");
  await expect(list.getByText("Ctrl+Alt+M")).toBeVisible();
  const staff = await world.staff("omar");
  const kept = () => staff.must<{ shortcuts: object }>("GET", "/me/preferences").then((own) => own.shortcuts);
  await expect.poll(kept).not.toEqual({});
  await keyboard.press("Escape");
  await expect(list).toBeHidden();
  await keyboard.press("Control+Alt+KeyM");
  await expect(bell).toBeVisible();
  await keyboard.press("Escape");
  await expect(bell).toBeHidden();
  await open();
  await list.getByRole("button", { name: say.keysResetAll(), exact: true }).click();
  await keyboard.press("Escape");
  await expect(list).toBeHidden();
  await keyboard.press("Control+Alt+KeyI");
  await expect(bell).toBeVisible();
  // So at the server too, for whoever is Omar next.
  await expect.poll(kept).toEqual({});
});
