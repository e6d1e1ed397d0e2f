// Why things are as they are, as agents and supervisors read it, and taking a
// customer from the list.
import { expect, test } from "../world";
import { plain, say } from "../words";

test("why no requests come, and why this one did", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.page.getByRole("button", { name: say.actionWhy(), exact: true }).click();
  const dialog = omar.page.getByRole("dialog", { name: say.actionWhy(), exact: true });
  const [before] = say.whyOwnIdle({ state: say.stateIdle(), time: "\0" }).split("\u2068\0");
  await expect(dialog.getByRole("status")).toContainText(plain(before ?? ""));
  await expect(dialog).toContainText(world.queue("sales"));
  await world.look(omar.page, "idle");
  await dialog.getByRole("button", { name: say.actionGoAvailable(), exact: true }).click();
  await expect(dialog.getByRole("status")).toHaveText(say.whyOwnNobodyWaiting());
  await omar.page.keyboard.press("Escape");

  // The same by the state selector, as the keyboard reaches it.
  await omar.chooseState(say.actionWhy());
  await expect(dialog.getByRole("status")).toHaveText(say.whyOwnNobodyWaiting());
  await omar.page.keyboard.press("Escape");

  await world.visitor("Sara", "I was charged twice");
  await omar.accept("Sara");
  const why = omar.page.getByRole("button", { name: say.actionWhyHere(), exact: true });
  await why.press("Enter");
  const details = omar.page.getByRole("complementary", { name: say.labelAuxPane(), exact: true });
  await expect(details).toContainText(say.whyRuleLongestAvailable());
  await expect(details).toContainText(say.whyOfferedOnly());
  await expect(why).toHaveAttribute("aria-expanded", "true");
  await world.look(omar.page, "why-offered");
});

test("a supervisor sees who waits, why, and what was tried", async ({ world }) => {
  // Who is signed out is not among those ruled out, so Layla is signed in whoever worked here before.
  const layla = await world.staff("layla");
  await layla.must("POST", "/me/sign-in");
  const [omar, sara] = await world.requested("omar", "Sara", "Is anybody there?");
  const live = await world.administrator("/live");
  const row = live.getByRole("listitem").filter({ has: live.getByRole("heading", { name: "Sara" }) });
  await expect(row).toContainText(plain(say.waitingOffered({ agent: omar.name })));
  await expect(row).toContainText("Is anybody there?");

  // The request is taken back, and she waits.
  await omar.chooseState(say.stateIdleLunch());
  await world.holds("omar", "idle");
  await live.getByRole("button", { name: say.actionRefreshList(), exact: true }).click();
  await expect(row).toContainText(say.waitingNobodyFree());
  const notAvailable = say.whyRuledCount({ reason: say.whyRuledNotAvailable(), n: 2 });
  await expect(row).toContainText(plain(notAvailable));
  await row.getByRole("button", { name: say.waitingWhy(), exact: true }).press("Enter");
  await expect(row.getByRole("group", { name: say.labelAgents(), exact: true })).toContainText(omar.name);
  const tried = row.getByRole("group", { name: say.waitingRequests(), exact: true });
  await expect(tried).toContainText(say.whyEndedWentIdle());
  await tried.getByText(say.whyEndedWentIdle()).click();
  await expect(tried).toContainText(say.whyRuleLongestAvailable());

  // Everybody as they were then, not as they are now.
  const then = tried.getByRole("group").filter({ hasText: say.whyEverybody() }).last();
  await then.getByText(say.whyEverybody(), { exact: true }).press("Enter");
  const one = (name: string) => then.locator("div").filter({ hasText: name });
  await expect(one(omar.name)).toContainText(say.whyRuledNone());
  await expect(one("Layla")).toContainText(say.whyRuledNotAvailable());
  await world.look(live, "waiting");
  await live.setViewportSize({ width: 320, height: 640 });
  await world.look(live, "waiting-narrow");

  await sara.leave();
  await expect(row).toHaveCount(0);
  await expect(live.getByRole("main")).toContainText(say.nWaiting({ n: 0 }));
});

test.describe("where agents may take customers from the list", () => {
  test.use({ settings: { "sales.manual_pick": "true" } });

  test("two take one customer: one gets them, the other is told", async ({ world }) => {
    const omar = await world.agent("omar");
    const layla = await world.agent("layla");
    await world.visitor("Sara", "I was charged twice");
    const take = say.actionPickLabel({ name: "Sara" });
    for (const desk of [omar, layla]) {
      await desk.page.getByRole("link", { name: say.navWaiting(), exact: true }).click();
      await expect(desk.page.getByRole("button", { name: plain(take), exact: true })).toBeVisible();
    }
    await world.look(omar.page, "list");
    // Both have her before them; Layla's press is held until Omar has her.
    let taken: () => void = () => undefined;
    const first = new Promise<void>((done) => (taken = done));
    await layla.page.route("**/pick", async (route) => {
      await first;
      await route.continue();
    });
    await layla.page.getByRole("button", { name: plain(take), exact: true }).press("Enter");
    await omar.page.getByRole("button", { name: plain(take), exact: true }).press("Enter");
    await expect(omar.heading("Sara")).toBeVisible();
    await expect(omar.compose).toBeFocused();
    taken();
    await layla.told(say.waitingLost({ name: "Sara", why: say.errorAlreadyTaken() }));
    await expect(layla.page.getByRole("main")).toContainText(say.nWaiting({ n: 0 }));
    await expect(layla.heading("Sara")).toHaveCount(0);
    await omar.write("Hello Sara");
  });
});
