// A whole day without a mouse.
import type { Locator } from "@playwright/test";
import type { Desk } from "../pages/desk";
import { expect, test } from "../world";
import { say } from "../words";

test.describe("with fifteen seconds to answer", () => {
  test.use({ settings: { rona: "15s" } });

  test("A29 Available, accept, reply, conference, wrap-up, transfer, RONA and back, by keyboard alone", async ({
    world,
  }) => {
    const [omar, layla] = [await world.agent("omar"), await world.agent("layla")];
    for (const desk of [omar, layla]) await desk.inState(say.stateIdle()); // the desk is there, and hears keys
    await press(omar, "Control+Alt+KeyR");
    await omar.inState(say.stateAvailable());

    const sara = await world.visitor("Sara", "Two questions at once");
    await expect(omar.request("Sara")).toBeVisible();
    await press(omar, "Control+Alt+KeyA");
    await expect(omar.compose).toBeFocused();
    await focusShows(omar);
    await omar.page.keyboard.type("Hello Sara, a colleague joins us.");
    await omar.page.keyboard.press("Enter");
    await omar.reads("Hello Sara, a colleague joins us.");

    await press(layla, "Control+Alt+KeyR");
    await layla.inState(say.stateAvailable());
    await press(omar, "Control+Alt+KeyH");
    await choose(omar, say.conferenceTitle(), "layla", say.actionConference());
    await omar.status(say.statusConferenceRequested());
    await expect(layla.request("Sara")).toBeVisible();
    await press(layla, "Control+Alt+KeyA");
    await expect(layla.compose).toBeFocused();
    await omar.status(say.statusConference());
    await omar.compose.press("Control+Alt+KeyE");
    await expect(omar.wrapUpPanel).toBeVisible();
    expect(await sara.status()).toBe("closed");
    for (const desk of [omar, layla]) await wrapUp(desk);

    const mona = await world.visitor("Mona", "I was charged twice");
    // Layla became free later than Omar, so Mona is his; she rests meanwhile.
    await rest(layla);
    await expect(omar.request("Mona")).toBeVisible();
    await press(omar, "Control+Alt+KeyA");
    await expect(omar.compose).toBeFocused();
    await omar.status(say.statusActive()); // writing may begin before the server has confirmed, a transfer not
    await press(omar, "Control+Alt+KeyX");
    const dialog = omar.page.getByRole("dialog", { name: say.transferTitle(), exact: true });
    await expect(dialog).toBeVisible();
    await tabTo(omar, dialog.getByRole("radio", { checked: true }));
    await choose(omar, say.transferTitle(), world.queue("billing"), say.actionTransfer());
    await wrapUp(omar);
    expect(await mona.status()).toBe("waiting");

    await world.visitor("Lina", "Is anybody there?");
    await expect(omar.request("Lina")).toBeVisible();
    await omar.inState(say.stateRona());
    await tabTo(omar, omar.page.getByRole("button", { name: say.actionGoAvailable(), exact: true }).first());
    await omar.page.keyboard.press("Enter");
    await omar.inState(say.stateAvailable());
    await expect(omar.acceptButton("Lina")).toBeVisible();
    await press(omar, "Control+Alt+KeyA");
    await omar.reads("Is anybody there?");
  });
});

const press = (desk: Desk, keys: string) => desk.page.keyboard.press(keys);

/** In a dialog with a searching list: type, take the first found, and go to the button. */
async function choose(desk: Desk, title: string, query: string, confirm: string): Promise<void> {
  const dialog = desk.page.getByRole("dialog", { name: title, exact: true });
  await tabTo(desk, dialog.getByRole("combobox"));
  await desk.page.keyboard.type(query);
  await expect(desk.page.getByRole("option")).toHaveCount(1);
  await desk.page.keyboard.press("ArrowDown");
  await desk.page.keyboard.press("Enter");
  await expect(desk.page.getByRole("option")).toHaveCount(0);
  await tabTo(desk, dialog.getByRole("button", { name: confirm, exact: true }));
  await desk.page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
}

async function wrapUp(desk: Desk): Promise<void> {
  await expect(desk.wrapUpPanel).toBeVisible();
  const first = desk.wrapUpPanel.getByRole("radio").first();
  await tabTo(desk, desk.wrapUpPanel.getByRole("radio").and(desk.page.locator(":focus")).or(first).first());
  await desk.page.keyboard.press("Digit1");
  await expect(desk.wrapUpPanel.getByRole("radio", { checked: true })).toHaveCount(1);
  await desk.page.keyboard.press("Control+Enter");
  await expect(desk.wrapUpPanel).toHaveCount(0);
}

/** By the state selector, to Idle. */
async function rest(desk: Desk): Promise<void> {
  await press(desk, "Control+Alt+KeyN");
  await expect(desk.page.locator("[role=menu]:focus, [role=menu] :focus")).toHaveCount(1);
  const idle = desk.page.getByRole("menuitem", { name: say.stateIdle(), exact: true });
  for (let n = 0; n < 10 && !(await isFocused(idle)); n++) await desk.page.keyboard.press("ArrowDown");
  await desk.page.keyboard.press("Enter");
  await desk.inState(say.stateIdle());
}

const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Tab until the target has the focus; where the focus is can be seen all the way. */
async function tabTo(desk: Desk, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let n = 0; n < 40; n++) {
    if (await isFocused(target)) {
      await focusShows(desk);
      return;
    }
    await desk.page.keyboard.press("Tab");
    // After the last control comes the browser's own, and then the first again.
    const outside = await desk.page.evaluate(() => document.activeElement === document.body);
    if (!outside) await focusShows(desk);
  }
  await expect(target).toBeFocused();
}

/** What has the focus is on the page, in sight, and marked by a line of two pixels at least. */
async function focusShows(desk: Desk): Promise<void> {
  const seen = () =>
    desk.page.evaluate(() => {
      const active = document.activeElement;
      if (!active || active === document.body) return "nothing has the focus";
      // A field may leave the mark to the box around it, a radio button to its picture.
      for (let at: Element | null = active, up = 0; at && up < 4; at = at.parentElement, up++) {
        for (const element of [at, ...at.querySelectorAll("[aria-hidden=true]")]) {
          const { outlineStyle, outlineWidth, boxShadow, borderStyle, borderWidth } =
            getComputedStyle(element);
          if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) return "seen";
          if (boxShadow !== "none" || (borderStyle === "solid" && parseFloat(borderWidth) >= 2))
            return "seen";
        }
      }
      return `no mark on ${active.outerHTML.slice(0, 200)}`;
    });
  await expect.poll(seen).toBe("seen");
}
