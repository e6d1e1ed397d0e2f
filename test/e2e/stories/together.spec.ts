// Work that concerns others: lists of whom to give it to, several guests, and
// what an agent is told of customers and of the line.
import { Line } from "../line";
import type { Desk } from "../pages/desk";
import { plain, say } from "../words";
import { expect, test, type AgentName, type World } from "../world";

test("a list of targets that cannot be had anew stays, and says so", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara", "Hello");
  const dialog = await omar.openDialog(say.actionTransfer(), say.transferTitle());
  await dialog.getByRole("radio", { name: say.labelQueue(), exact: true }).check({ force: true });
  const search = dialog.getByRole("combobox", { name: say.labelSearchQueues(), exact: true });
  const billing = omar.page.getByRole("option", { name: world.queue("billing") });
  await search.press("ArrowDown");
  await expect(billing).toBeVisible();
  await search.press("Escape");

  const targets = "**/api/v1/conversations/*/targets";
  await omar.page.route(targets, (route) => route.abort());
  const refresh = dialog.getByRole("button", { name: say.actionRefreshList(), exact: true });
  await refresh.click();
  const failed = dialog.getByText(say.transferListFailed());
  await expect(failed).toBeVisible({ timeout: 20_000 }); // it is tried again a few times
  await search.press("ArrowDown");
  await expect(billing).toBeVisible();
  await world.look(omar.page, "kept");
  await billing.click();

  await omar.page.unroute(targets);
  await refresh.click();
  await expect(failed).toBeHidden();
  await expect(search).toHaveValue(world.queue("billing"));
});

test.describe("with several guests", () => {
  /** Omar owns Sara's conversation; the others are his guests. */
  async function gathered(world: World, ...names: AgentName[]): Promise<[Desk, ...Desk[]]> {
    const [omar] = await world.talking("omar", "Sara", "A question for all of you");
    const guests: Desk[] = [];
    for (const name of names) {
      const guest = await world.agent(name);
      await guest.available();
      if (guests.length === 0) await omar.invite(guest.name);
      else await inMore(omar, say.actionConferenceHint(), () => invite(omar, guest.name));
      await guest.accept("Sara");
      await omar.reads(say.threadJoined({ agent: guest.name }));
      guests.push(guest);
    }
    return [omar, ...guests];
  }

  /** Chooses in the dialog that is open. */
  async function invite({ page }: Desk, name: string): Promise<void> {
    const dialog = page.getByRole("dialog", { name: say.conferenceTitle(), exact: true });
    await dialog.getByRole("combobox").fill(name);
    await page.getByRole("option", { name }).click();
    await dialog.getByRole("button", { name: say.actionConference(), exact: true }).click();
    await expect(dialog).toBeHidden();
  }

  async function inMore(desk: Desk, item: string, then?: () => Promise<void>): Promise<void> {
    await desk.button(say.actionMore()).click();
    await desk.page.getByRole("menuitem", { name: plain(item) }).click();
    await then?.();
  }

  test("the owner says who goes on when they leave", async ({ world }) => {
    const [omar, layla, karim] = await gathered(world, "layla", "karim");
    if (!layla || !karim) throw new Error("a guest is missing");
    await world.look(omar.page, "three");
    await inMore(omar, say.actionHandOver(), async () => {
      const dialog = omar.page.getByRole("dialog", { name: say.conferenceHandOverTitle(), exact: true });
      await expect(dialog.getByRole("radio")).toHaveCount(2);
      const confirm = dialog.getByRole("button", { name: say.actionHandOver(), exact: true });
      await expect(confirm).toHaveAttribute("aria-disabled", "true");
      await dialog.getByRole("radio", { name: karim.name, exact: true }).check({ force: true });
      await world.look(omar.page, "hand-over");
      await confirm.click();
    });
    await expect(omar.wrapUpPanel).toBeVisible();
    await expect(karim.button(say.actionEndConference())).toBeVisible();
    await expect(layla.button(say.actionLeaveConference())).toBeVisible();
    await expect(layla.button(say.actionEndConference())).toHaveCount(0);
  });

  test("a guest is removed, and the others go on", async ({ world }) => {
    const [omar, layla, karim] = await gathered(world, "layla", "karim");
    if (!layla || !karim) throw new Error("a guest is missing");
    await inMore(omar, say.actionRemoveGuest({ agent: layla.name }));
    await expect(layla.wrapUpPanel).toBeVisible();
    await omar.reads(say.threadRemoved({ agent: layla.name }));
    await omar.status(say.statusConference());
    await karim.write("Still here");
    await omar.reads("Still here");
    await expect(layla.thread.getByText("Still here")).toHaveCount(0);
    await inMore(omar, say.actionRemoveGuest({ agent: karim.name }));
    await omar.status(say.statusActive());
    await omar.write("The two of us");
  });
});

test.describe("of a customer", () => {
  test.use({ settings: { reply_target: "2s", customer_unseen: "1s" } });

  test("the list says that they wait too long, and that they are away", async ({ world }) => {
    const omar = await world.agent("omar");
    await omar.available();
    const sara = await world.customer("Sara");
    await sara.ask("Hello?");
    await omar.accept("Sara");
    const card = omar.tasks.getByRole("link", { name: /Sara/ });
    await expect(card).toContainText(say.statusOverdue());
    await world.look(omar.page, "overdue");
    await omar.write("Here I am");
    await expect(card).not.toContainText(say.statusOverdue());
    await sara.page.close();
    await expect(card).toContainText(say.statusAway(), { timeout: 20_000 }); // a line that is cut is waited for
    await world.look(omar.page, "away");
  });
});

test.describe("after the grace", () => {
  test.use({ settings: { grace: "3s" } });

  test("a banner says how long the line was gone, and the agent goes on", async ({ world }) => {
    let line: Line | undefined;
    const omar = await world.agent("omar", async (context) => (line = await Line.of(context)));
    await omar.available();
    await world.holds("omar", "available");
    line?.silence(true);
    await line?.drop();
    const staff = await world.staff("omar");
    await expect
      .poll(async () => (await staff.desk()).agent.presence, { timeout: 30_000 })
      .toBe("signed_out");
    line?.silence(false);
    const said = plain(say.netSignedOutAfter({ time: say.nSeconds({ n: 3 }) }));
    const banner = omar.page.getByRole("alert").filter({ hasText: said });
    await expect(banner).toBeVisible({ timeout: 30_000 });
    await world.look(omar.page, "signed-out");
    await banner.locator("..").getByRole("button", { name: say.actionGoAvailable(), exact: true }).click();
    await omar.inState(say.stateAvailable());
    await expect(banner).toHaveCount(0);
  });
});
