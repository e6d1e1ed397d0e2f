// A customer's whole chat without a mouse, on a telephone's width.
import type { Locator, Page } from "@playwright/test";
import { say } from "../words";
import { expect, test } from "../world";

test("a customer asks, talks, ends and rates by keyboard alone, on a page 320 wide", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  const { page } = sara;
  const button = (name: string) => sara.frame.getByRole("button", { name, exact: true });
  await page.setViewportSize({ width: 320, height: 640 });

  await press(page, sara.launcher);
  await expect(sara.field(say.wName())).toBeFocused();
  await page.keyboard.type("Sara");
  await press(page, sara.begin); // without a question: it is asked for, and the caret is there
  await expect(sara.field(say.wQuestion())).toBeFocused();
  await world.look(page, "asked-for");
  await page.keyboard.type("Where is my order?");
  await press(page, sara.begin);
  await sara.sees(say.wWaiting());
  await fits(sara.thread);
  await world.look(page, "waiting");

  await omar.accept("Sara");
  await omar.write("One moment");
  await sara.reads("One moment");
  await reach(page, sara.compose);
  await page.keyboard.type("Thank you");
  await page.keyboard.press("Enter");
  await omar.reads("Thank you");
  await fits(sara.thread);
  await world.look(page, "talk");

  await press(page, button(say.wEnd()).first());
  const sure = sara.frame.getByRole("group", { name: say.wEndConfirm(), exact: true });
  await expect(sure.getByRole("button", { name: say.wEnd(), exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await sara.sees(say.wEndedByYou());
  await press(page, button(say.wRateScore({ score: 5 })));
  await sara.sees(say.wRateThanks());
  await world.look(page, "ended");
  const file = page.waitForEvent("download");
  await press(page, button(say.wTranscript()));
  await file;
  await press(page, button(say.wAgain()));
  await expect(sara.field(say.wName())).toBeVisible();
  await reach(page, sara.field(say.wName()));
  await page.keyboard.press("Escape");
  await expect(sara.launcher).toBeFocused();
  await omar.wrapUp(say.wrapupReasonResolved());
});

/** Tab by tab, as somebody without a mouse goes. */
async function reach(page: Page, to: Locator): Promise<void> {
  await expect(to).toBeVisible();
  const there = () => to.evaluate((e) => (e.getRootNode() as Document | ShadowRoot).activeElement === e);
  for (let i = 0; i < 40 && !(await there()); i++) await page.keyboard.press("Tab");
  await expect(to).toBeFocused();
}

async function press(page: Page, what: Locator): Promise<void> {
  await reach(page, what);
  await page.keyboard.press("Enter");
}

/** Nothing is to be scrolled to the side. */
const fits = (thread: Locator) =>
  expect
    .poll(() => thread.evaluate((e) => e.ownerDocument.documentElement.scrollWidth - innerWidth))
    .toBeLessThanOrEqual(0);
