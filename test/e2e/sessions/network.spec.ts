// The network goes and comes back, with a word or without one.
import type { Page } from "@playwright/test";
import { Line } from "../line";
import { expect, test } from "../world";
import { plain, say } from "../words";

/** Longer than a page needs to notice by itself that it is alone, and to come back. */
const patience = 60_000;

/** As when the cable is pulled, or put back. */
const network = (page: Page, there: boolean) => page.context().setOffline(!there);

test("what was written on either side while an agent had no network is there when it is back", async ({
  world,
}) => {
  const [omar, sara] = await world.talking("omar", "Sara", "Hello");
  await omar.write("Before");
  // It has arrived, so that what waits in the end is the other one alone.
  const arrived = [say.msgSent(), say.msgDelivered(), say.msgSeen()].join("|");
  await expect(omar.thread.getByRole("article", { name: new RegExp(`Before.*(${arrived})`) })).toBeVisible();
  await network(omar.page, false);
  await expect(omar.page.getByText(say.netOffline()).first()).toBeVisible();
  await omar.compose.fill("Written without a network");
  await omar.compose.press("Enter");
  await omar.readsTimes("Written without a network", 1);
  await expect(omar.thread.getByRole("img", { name: say.composeQueued(), exact: true })).toBeVisible();
  await sara.write("Are you still there?");
  await network(omar.page, true);
  await omar.reads("Are you still there?");
  await expect(omar.thread.getByRole("img", { name: say.composeQueued(), exact: true })).toHaveCount(0);
  await expect
    .poll(async () => (await sara.thread()).filter((e) => e.text === "Written without a network").length)
    .toBe(1);
  await omar.readsTimes("Written without a network", 1);
});

test("what was written on either side while a customer had no network is there when it is back", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await omar.accept("Sara");
  await omar.write("Before");
  await sara.reads("Before");
  await network(sara.page, false);
  await sara.write("Written without a network");
  await omar.write("Are you still there?");
  await network(sara.page, true);
  await sara.reads("Are you still there?");
  await omar.readsTimes("Written without a network", 1);
  await expect(sara.thread.getByText("Written without a network", { exact: true })).toHaveCount(1);
});

test("a line that went dead without a word is noticed by who only waits", async ({ world }) => {
  let line: Line | undefined;
  const omar = await world.agent("omar", async (context) => (line = await Line.of(context)));
  await omar.available();
  const sara = await world.visitor("Sara", "Hello");
  await omar.accept("Sara");
  await omar.reads("Hello");
  // This connection carries nothing any more, and nobody tells the browser.
  line?.silence(true);
  await sara.write("Into a dead line");
  await expect.poll(() => line?.lost).toBeGreaterThan(0);
  line?.silence(false); // a new connection would be well
  // Two beats to ask, and two or three until no answer is one: eighteen seconds, and a new connection.
  await expect(omar.thread.getByText("Into a dead line")).toBeVisible({ timeout: patience });
  await omar.readsTimes("Into a dead line", 1);
});

test("the banner counts the attempts, says when the next is, and tries at once when asked", async ({
  world,
}) => {
  let line: Line | undefined;
  const omar = await world.agent("omar", async (context) => (line = await Line.of(context)));
  await omar.available();
  const gate = (open: boolean) =>
    open
      ? omar.page.context().unroute("**/socket-tickets")
      : omar.page.context().route("**/socket-tickets", (route) => route.fulfill({ status: 500, body: "" }));
  await gate(false);
  await line?.drop();
  const banner = omar.page.getByRole("region", { name: new RegExp(say.netDisconnected()) });
  // Four at least: how long each of them is shown is left to chance.
  const attempts = Array.from({ length: 16 }, (_, i) => plain(say.nAttempts({ n: i + 4 })));
  await expect(banner).toContainText(new RegExp(attempts.join("|")));
  await expect(banner).toContainText(/0:0\d/);
  await world.look(omar.page, "attempts");
  await gate(true);
  await banner.getByRole("button", { name: say.actionRetryNow(), exact: true }).click();
  await expect(banner).toHaveCount(0);
  await omar.inState(say.stateAvailable());
});

test.describe("two tabs of one agent", () => {
  test("a message written without a network shows in the other tab, and is sent once", async ({ world }) => {
    const { omar, second } = await world.tabs("omar");
    await omar.available();
    const sara = await world.visitor("Sara", "Hello");
    await omar.accept("Sara");
    await second.open("Sara");
    await network(omar.page, false); // both tabs are in one browser
    await expect(second.page.getByText(say.netOffline()).first()).toBeVisible();
    for (const [desk, text] of [
      [omar, "From the first tab"],
      [second, "From the second tab"],
    ] as const) {
      await desk.compose.fill(text);
      await desk.compose.press("Enter");
      for (const tab of [omar, second]) await tab.readsTimes(text, 1);
    }
    await omar.page.close(); // whoever is left sends both
    await network(second.page, true);
    const theirs = async () =>
      (await sara.thread()).map((e) => e.text).filter((text) => /^From/.test(text ?? ""));
    await expect.poll(theirs).toEqual(["From the first tab", "From the second tab"]);
    for (const text of await theirs()) await second.readsTimes(text ?? "", 1);
    await expect(second.thread.getByRole("img", { name: say.composeQueued(), exact: true })).toHaveCount(0);
    await second.write("And on we go");
    await expect.poll(async () => (await sara.thread()).at(-1)?.text).toBe("And on we go");
  });
});
