// What one needs to get on is in sight in a low window and on the narrowest page.
import { expect, test, type Locator } from "../scene";
import { say } from "../words";

const low = { width: 1024, height: 600 };
const phone = { width: 320, height: 640 };

const box = async (of: Locator) => {
  const found = await of.boundingBox();
  if (!found) throw new Error("it has no place on the page");
  return { ...found, middle: found.y + found.height / 2, bottom: found.y + found.height };
};

for (const size of [low, phone]) {
  const at = `${size.width} × ${size.height}`;

  test(`the way out of a wrap-up stands still under its reasons at ${at}`, async ({ book }) => {
    const { wrapUpPanel: panel } = await book.open("wrapup", size);
    const submit = panel.getByRole("button", { name: say.actionSubmitWrapup(), exact: true });
    await expect(submit).toBeInViewport({ ratio: 1 });
    await submit.hover({ trial: true }); // it has come to rest
    const before = await box(submit);
    const last = panel.getByRole("radio").last();
    await last.focus();
    await expect(last).toBeFocused();
    const reason = await box(panel.getByRole("radiogroup").locator("label").last());
    // Under the button nothing can be read.
    expect(reason.bottom).toBeLessThanOrEqual(before.y);
    expect(await box(submit)).toEqual(before);
  });

  test(`a request can be accepted as it comes, and its last message is whole, at ${at}`, async ({ book }) => {
    // A phone folds a request while somebody is being answered.
    const desk = await book.open(size === low ? "request" : "request-alone", size);
    const card = desk.page.getByRole("article").first();
    await expect(card.getByRole("button", { name: new RegExp(say.actionAccept()) })).toBeInViewport({
      ratio: 1,
    });
    const thread = await box(card.getByRole("log"));
    const messages = await card
      .locator("[data-message]")
      .evaluateAll((all) =>
        all.map((e) => e.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })),
      );
    const whole = messages.filter((m) => m.top >= thread.y && m.bottom <= thread.bottom + 1);
    expect(whole.length).toBeGreaterThanOrEqual(size === low ? 3 : 1);
  });
}

test("at 320 px the tools stand beside Send, and what is known of a conversation takes two lines", async ({
  book,
}) => {
  const desk = await book.open("conversation", phone);
  const send = await box(desk.send);
  for (const name of [say.composeEmoji(), say.composeModeNote(), say.templateInsert()]) {
    const tool = await box(desk.pane.getByRole("button", { name, exact: true }));
    expect(Math.abs(tool.middle - send.middle), name).toBeLessThan(2);
  }
  const facts = desk.pane.locator("[data-pane=conversation] p").first();
  const lines = await facts.evaluate((e) => e.clientHeight / parseFloat(getComputedStyle(e).lineHeight));
  expect(lines).toBeLessThan(2.5);
});

test("at 320 px a request that may be declined says who it is beside its two answers", async ({ book }) => {
  const { page } = await book.open("request-decline", phone);
  const card = page.getByRole("article").first();
  for (const name of [say.actionAccept(), say.actionDecline()])
    await expect(card.getByRole("button", { name: new RegExp(`^${name}`) })).toBeInViewport({ ratio: 1 });
  const name = card.getByRole("heading").locator("span[dir=auto]").first();
  expect(await name.evaluate((e) => e.scrollWidth <= e.clientWidth)).toBe(true);
});
