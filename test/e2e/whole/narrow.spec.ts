// The whole flow on 320 CSS pixels, which is also a wide screen at 400 %.
import type { Page } from "@playwright/test";
import { expect, test } from "../world";
import { say } from "../words";

const size = { width: 320, height: 640 };

test("A28 request, reply, conference, transfer and wrap-up on a page 320 wide", async ({ world }) => {
  const { omar, layla } = await world.pair();
  for (const desk of [omar, layla]) await desk.page.setViewportSize(size);
  const sara = await world.customer("Sara");
  await sara.page.setViewportSize(size);
  await sara.ask("I was charged twice");
  await fits(sara.page);
  await expect(omar.request("Sara")).toBeInViewport();
  await fits(omar.page);
  await world.look(omar.page, "request");
  await omar.accept("Sara");
  await omar.write("Hello Sara, a colleague joins us.");
  await sara.reads("Hello Sara, a colleague joins us.");
  await fits(omar.page);
  await world.look(omar.page, "conversation");
  await expect(omar.compose).toBeInViewport({ ratio: 1 });
  await expect(omar.send).toBeInViewport({ ratio: 1 });

  await layla.available();
  const dialog = await omar.openDialog(say.actionConference(), say.conferenceTitle());
  await fits(omar.page);
  await world.look(omar.page, "conference-dialog");
  await dialog.getByRole("button", { name: say.actionCancel(), exact: true }).click();
  await omar.invite(layla.name);
  await layla.accept("Sara");
  await omar.status(say.statusConference());
  await fits(omar.page);
  await layla.button(say.actionLeaveConference()).click();
  await fits(layla.page);
  await world.look(layla.page, "wrap-up");
  await layla.wrapUp(say.wrapupReasonResolved());
  await fits(layla.page);

  await omar.transferTo("agent", layla.name, "Charged twice");
  await fits(omar.page);
  await omar.wrapUp(say.wrapupReasonEscalated());
  await fits(omar.page);
  await layla.accept("Sara");
  // Back to the list, and to the conversation again.
  await layla.page.getByRole("button", { name: say.actionBack(), exact: true }).click();
  await fits(layla.page);
  await world.look(layla.page, "list");
  await layla.open("Sara");
  await layla.end();
  await sara.sees(say.wEnded());
  await layla.wrapUp(say.wrapupReasonResolved());
  await layla.inState(say.stateAvailable());
});

test("with two requests beside it a conversation in a low window can still be answered", async ({
  world,
}) => {
  const [omar] = await world.talking("omar", "Sara", "I was charged twice");
  await omar.page.setViewportSize({ width: 700, height: 600 });
  for (const name of ["Khalid", "Noura"]) {
    await world.visitor(name, "Where is my order?");
    await expect(omar.acceptButton(name)).toBeInViewport({ ratio: 1 });
  }
  await world.look(omar.page, "requests-beside-low");
  await expect(omar.thread).toBeInViewport({ ratio: 1 });
  await expect(omar.compose).toBeInViewport({ ratio: 1 });
  await expect(omar.send).toBeInViewport({ ratio: 1 });
  await expect(omar.page.getByRole("banner")).toBeInViewport({ ratio: 1 });
  await fits(omar.page);
  await world.look(omar.page, "requests-beside-low");
});

/** Nothing scrolls sideways. */
async function fits(page: Page): Promise<void> {
  const over = () =>
    page.evaluate(
      () => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth,
    );
  await expect.poll(over).toBeLessThanOrEqual(0);
}
