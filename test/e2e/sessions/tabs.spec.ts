// One agent in two places, and pages that are loaded again at any moment.
import { expect, test } from "../world";
import { say } from "../words";

test("two tabs of one agent show the same state, requests and conversations", async ({ world }) => {
  const { omar, second } = await world.tabs("omar");
  await omar.available();
  await second.inState(say.stateAvailable());
  await second.chooseState(say.stateIdleLunch());
  await omar.inState(say.stateIdleLunch());
  await omar.chooseState(say.stateAvailable());

  const sara = await world.visitor("Sara", "Hello");
  for (const desk of [omar, second]) await expect(desk.acceptButton("Sara")).toBeVisible();
  await second.noteEndings();
  await omar.accept("Sara");
  // In the other tab the request goes, and says why; nothing takes the focus there.
  await second.ended("Sara", say.popoverTaken());
  await expect(second.heading("Sara")).toHaveCount(0);

  await second.open("Sara");
  await second.write("From the other tab");
  await omar.readsTimes("From the other tab", 1);
  await sara.write("I see");
  for (const desk of [omar, second]) await desk.readsTimes("I see", 1);

  await omar.end();
  await expect(second.wrapUpPanel).toBeVisible();
  await second.wrapUp(say.wrapupReasonResolved());
  await expect(omar.tasks.getByRole("link")).toHaveCount(0);
  await expect(omar.wrapUpPanel).toHaveCount(0);
});

test("two tabs of one customer show the same chat", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await omar.accept("Sara");
  const other = await sara.again();
  await other.reads("Hello"); // opened by itself: a chat is running
  await other.write("From my other tab");
  await sara.reads("From my other tab");
  await omar.reads("From my other tab");
  await omar.write("I see both");
  for (const tab of [sara, other]) await tab.reads("I see both");
});

test("two tabs of one customer that begin at once begin one chat, and both are heard", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  const other = await sara.again();
  await sara.fill("Where is my order?");
  await other.fill("It is number 12");
  // A slow network: the second is pressed while the first one's answer is on its way.
  let go = () => {};
  const pressed = new Promise<void>((then) => (go = then));
  await sara.page.context().route("**/conversations", async (route) => {
    await pressed;
    await route.continue();
  });
  await sara.begin.click();
  await other.begin.click();
  go();
  for (const tab of [sara, other]) {
    await tab.reads("Where is my order?");
    await tab.reads("It is number 12");
  }
  await omar.accept("Sara");
  await omar.readsTimes("Where is my order?", 1);
  await omar.readsTimes("It is number 12", 1);
  await expect(omar.request("Sara")).toBeHidden();
});

test("a reload while a request is offered keeps the request and its time", async ({ world }) => {
  const [omar] = await world.requested("omar", "Sara", "one", "two");
  const received = (await (await world.staff("omar")).card("Sara"))?.received_at;
  await omar.page.reload();
  await expect(omar.request("Sara")).toContainText("two");
  expect((await (await world.staff("omar")).card("Sara"))?.received_at).toBe(received);
  await omar.accept("Sara");
});

test("a reload in conversation keeps the thread, the draft and the place", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await sara.page.reload();
  await sara.sees(say.wWaiting());
  await omar.accept("Sara");
  await omar.write("Hello Sara");
  await omar.compose.fill("half a sente");
  await expect
    .poll(() => omar.page.evaluate(() => JSON.stringify({ ...localStorage })))
    .toContain("half a sente");
  await omar.page.reload();
  await expect(omar.heading("Sara")).toBeVisible();
  await omar.readsTimes("Hello Sara", 1);
  await expect(omar.compose).toHaveValue("half a sente");
  await sara.page.reload();
  await sara.reads("Hello Sara");
  await sara.write("Still here");
  await omar.reads("Still here");
});

test("a reload in a conference and with a transfer under way keeps what is going on", async ({ world }) => {
  const { omar, layla } = await world.pair();
  await world.visitor("Sara", "Hello");
  await omar.accept("Sara");
  await layla.available();
  await omar.invite(layla.name);
  await omar.status(say.statusConferenceRequested());
  await omar.page.reload();
  await omar.status(say.statusConferenceRequested());
  await layla.page.reload();
  await layla.accept("Sara");
  for (const desk of [omar, layla]) {
    await desk.page.reload();
    await desk.status(say.statusConference());
  }
  await expect(omar.button(say.actionEndConference())).toBeVisible();
  await expect(layla.button(say.actionLeaveConference())).toBeVisible();
  await layla.button(say.actionLeaveConference()).click();
  await layla.wrapUp(say.wrapupReasonResolved());
  await omar.status(say.statusActive());
  await omar.transferTo("agent", layla.name);
  await omar.page.reload();
  await omar.status(say.statusTransferRequested());
  await expect(omar.wrapUpPanel).toBeVisible();
});

test("a reload in wrap-up asks for the reason again", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara", "Hello");
  await omar.end();
  await omar.page.reload();
  await expect(omar.wrapUpPanel).toBeVisible();
  await omar.reads("Hello");
  await omar.wrapUp(say.wrapupReasonResolved());
  await omar.page.reload();
  await expect(omar.tasks).toBeVisible();
  await expect(omar.tasks.getByRole("link")).toHaveCount(0);
  await omar.inState(say.stateAvailable());
});

test.describe("with three seconds to answer", () => {
  test.use({ settings: { rona: "3s" } });

  test("a reload in RONA shows the banner and who was missed, in every tab", async ({ world }) => {
    const { omar, second } = await world.tabs("omar");
    await omar.available();
    await world.visitor("Sara", "Is anybody there?");
    for (const desk of [omar, second]) await expect(desk.ronaBanner).toContainText("Sara");
    await omar.page.reload();
    await omar.inState(say.stateRona());
    await expect(omar.ronaBanner).toContainText("Sara");
    await (await world.staff("omar")).takesTime(10);
    await second.available();
    await omar.inState(say.stateAvailable());
    await expect(omar.ronaBanner).toHaveCount(0);
    await omar.accept("Sara");
  });
});
