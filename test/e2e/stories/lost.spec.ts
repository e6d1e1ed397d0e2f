import { expect, test } from "../world";
import { say } from "../words";
import { Desk } from "../pages/desk";
import { Customer } from "../pages/widget";

test("a reload at any moment loses nothing", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await expect(omar.request("Sara")).toBeVisible();

  await omar.page.reload();
  await expect(omar.request("Sara")).toBeVisible();
  await sara.page.reload();
  await sara.sees(say.wWaiting());
  await omar.accept("Sara");
  await omar.write("Hello Sara");
  await omar.compose.fill("half a sente");

  await omar.page.reload();
  await expect(omar.heading("Sara")).toBeVisible();
  await omar.reads("Hello Sara");
  await expect(omar.compose).toHaveValue("half a sente");
  await sara.page.reload();
  await sara.reads("Hello Sara");
  await sara.write("Still here");
  await omar.reads("Still here");

  await omar.end();
  await omar.page.reload();
  await expect(omar.wrapUpPanel).toBeVisible();
  await omar.wrapUp(say.wrapupReasonResolved());
  await sara.page.reload();
  await sara.launcher.click();
  await sara.sees(say.wEnded());
});

test("two tabs of one agent, two of one customer", async ({ world }) => {
  const omar = await world.agent("omar");
  const second = new Desk(await omar.page.context().newPage(), omar.name);
  await second.page.goto(omar.page.url());
  await omar.available();
  await second.inState(say.stateAvailable());

  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await expect(second.request("Sara")).toBeVisible();
  await omar.accept("Sara");
  await expect(
    second
      .request("Sara")
      .getByRole("button", { name: new RegExp(`^${say.actionAccept()}`) }),
  ).toHaveCount(0);
  await second.open("Sara");
  await second.write("From the other tab");
  await omar.reads("From the other tab");

  const other = new Customer(await sara.page.context().newPage(), "Sara");
  await other.page.goto(sara.page.url());
  await other.reads("From the other tab"); // opened by itself: a chat is running
  await other.write("From my other tab");
  await sara.reads("From my other tab");
  await omar.reads("From my other tab");
});

test("the server restarts in the middle of a conversation", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await omar.accept("Sara");
  await omar.write("Before");

  await world.server.restart();
  await sara.write("Written after the restart");
  await omar.reads("Written after the restart");
  await omar.write("And answered");
  await sara.reads("And answered");

  // Killed, nothing that was accepted is gone either.
  await world.server.restart("SIGKILL");
  await omar.write("After the kill");
  await sara.reads("After the kill");
  await omar.inState(say.stateAvailable());
  await omar.end();
  await omar.wrapUp(say.wrapupReasonResolved());
});
