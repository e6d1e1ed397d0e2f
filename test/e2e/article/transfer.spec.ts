// Transferring: S31 to S43.
import type { Locator } from "@playwright/test";
import { listen, words } from "../access/heard";
import { expect, test, type World } from "../world";
import { plain, say } from "../words";

test("S31 an agent who cannot solve it hands the customer on to a different agent", async ({ world }) => {
  const [omar, layla] = [await world.agent("omar"), await world.agent("layla")];
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Where is my order?");
  await omar.accept("Sara");
  await omar.write("Layla knows more.");
  await layla.available();
  await omar.transferTo("agent", layla.name, "Order is late");
  await omar.wrapUp(say.wrapupReasonEscalated());

  const request = layla.request("Sara");
  await expect(request).toContainText(plain(say.popoverTransferredBy({ agent: omar.name })));
  await expect(request).toContainText("Order is late");
  await world.look(layla.page, "request-by-transfer");
  await layla.accept("Sara");
  await sara.sees(say.wJoined({ agent: layla.name }));
  await layla.write("Hello, this is Layla.");
  await sara.reads("Hello, this is Layla.");
  await expect(sara.frame.getByText("Order is late")).toHaveCount(0); // a word among colleagues
  await layla.end();
  await layla.wrapUp(say.wrapupReasonResolved());
});

test("S32 a request must be accepted before it can be transferred, and no further right is needed", async ({
  world,
}) => {
  const [omar, sara] = await world.requested("omar", "Sara");
  await expect(omar.page.getByRole("button", { name: say.actionTransfer(), exact: true })).toHaveCount(0);
  await omar.page.keyboard.press("Control+Alt+KeyX");
  await expect(omar.page.getByRole("dialog")).toHaveCount(0);
  const layla = await world.agent("layla");
  await layla.available();
  await world.holds("layla", "available");
  const { user } = (await (await world.staff("layla")).desk()).agent;
  const staff = await world.staff("omar");
  const path = `/conversations/${sara.conversation}/transfer`;
  expect((await staff.ask("POST", path, { agent: user })).code).toBe("not_accepted_yet");
  await omar.accept("Sara");
  expect((await staff.ask("POST", path, { agent: user })).status).toBe(200);
  await expect(layla.request("Sara")).toBeVisible();
});

test("S33 Transfer opens the transfer request dialog", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  const dialog = await omar.openDialog(say.actionTransfer(), say.transferTitle());
  await expect(dialog.getByRole("heading", { name: say.transferTitle(), exact: true })).toBeVisible();
  await world.look(omar.page, "transfer-dialog");
  await omar.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(omar.button(say.actionTransfer())).toBeFocused();
  await omar.page.keyboard.press("Control+Alt+KeyX");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: say.actionCancel(), exact: true }).click();
  await expect(dialog).toBeHidden();
});

test("S34 the dialog offers a queue or an agent, and nothing else", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  const dialog = await omar.openDialog(say.actionTransfer(), say.transferTitle());
  const choices = dialog.getByRole("radio");
  await expect(choices).toHaveCount(2);
  for (const [kind, search] of [
    [say.labelQueue(), say.labelSearchQueues()],
    [say.labelAgent(), say.labelSearchAgents()],
  ] as const) {
    await choices.and(dialog.getByRole("radio", { name: kind, exact: true })).check({ force: true });
    await expect(dialog.getByRole("combobox", { name: search, exact: true })).toBeVisible();
    await expect(dialog.getByRole("combobox")).toHaveCount(1);
  }
});

test("S35 queues stand in a list that a search field filters", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  const dialog = await openOn(omar, "queue");
  const names = [world.queue("billing"), world.queue("support")];
  const options = await unfold(dialog);
  for (const name of names) await expect(options.filter({ hasText: name })).toHaveCount(1);
  const search = dialog.getByRole("combobox");
  await search.fill(world.queue("billing").slice(0, 3));
  await expect(options).toHaveCount(1);
  await expect(options).toContainText(world.queue("billing"));
  // By the name in the other language too.
  await search.fill(world.lang === "ar" ? "supp" : "الدعم");
  await expect(options).toHaveCount(1);
  await expect(options).toContainText(world.queue("support"));
  await search.fill("zzz");
  await expect(options).toHaveText([say.transferNoneQueues()]);
});

test("S36 the names of Available agents stand in a list that a search field filters", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  const [layla, maya] = [await world.agent("layla"), await world.agent("maya")];
  await layla.available();
  await maya.available();
  await (await world.agent("karim")).inState(say.stateIdle()); // on the floor, and not Available
  const dialog = await openOn(omar, "agent");
  const options = await unfold(dialog);
  for (const name of [layla.name, maya.name]) await expect(options.filter({ hasText: name })).toHaveCount(1);
  await expect(options).toHaveCount(2);
  const search = dialog.getByRole("combobox");
  await search.fill("lay");
  await expect(options).toHaveCount(1);
  await search.fill("ليلي"); // as people type it, without the right last letter
  await expect(options).toHaveCount(1);
  await expect(options).toContainText(layla.name);
});

test("S37 the refresh button fetches the latest queues and agents", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  const dialog = await openOn(omar, "agent");
  await expect(dialog.getByText(say.labelLastUpdated({ time: "\0" }).split("\u2068")[0] ?? "")).toBeVisible();
  const options = await unfold(dialog);
  await expect(options).toHaveText([say.transferNoneAgents()]);
  await omar.page.keyboard.press("Escape"); // the list, not the dialog
  await expect(dialog).toBeVisible();
  const layla = await world.agent("layla");
  await layla.available();
  await world.holds("layla", "available");
  const refresh = dialog.getByRole("button", { name: say.actionRefreshList(), exact: true });
  const asked = omar.page.waitForResponse(/\/targets$/);
  await listen(omar.page);
  await refresh.click();
  expect((await asked).ok()).toBe(true);
  await expect(refresh).toBeFocused();
  await expect
    .poll(() => words(omar.page))
    .toContain(plain(say.transferListRefreshedSr({ results: say.nResults({ n: 1 }) })));
  await dialog.getByRole("combobox").fill("Layla");
  await expect(omar.page.getByRole("option")).toHaveCount(1);
});

test("S37 the list follows by itself, without asking again and again", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  const layla = await world.agent("layla");
  let asked = 0;
  omar.page.on("request", (request) => (asked += Number(/\/targets$/.test(request.url()))));
  const dialog = await openOn(omar, "agent");
  const options = await unfold(dialog);
  await expect(options).toHaveText([say.transferNoneAgents()]);
  await layla.available();
  await expect(options.filter({ hasText: layla.name })).toHaveCount(1);
  await layla.chooseState(say.stateIdle());
  await expect(options.filter({ hasText: say.transferGone() })).toHaveCount(1);
  expect(asked).toBeLessThan(6);
});

test("S38 Transfer in the dialog starts the transfer and shows the wrap-up reasons", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("I was charged twice");
  await omar.accept("Sara");
  await omar.transferTo("queue", world.queue("billing"), "Charged twice, please refund");
  await expect(omar.wrapUpPanel).toBeVisible();
  await omar.status(say.statusTransferRequested());
  await omar.reads("I was charged twice"); // the thread stays readable
  await world.look(omar.page, "transferred");
  await sara.sees(say.wToQueue({ queue: world.queue("billing") }));
  await omar.wrapUp(say.wrapupReasonEscalated());

  // Nobody is in Billing: the customer waits, can still write, and nothing of it is lost.
  await sara.sees(say.wWaiting());
  await sara.write("I am still here");
  const karim = await world.agent("karim");
  await karim.available();
  await karim.accept("Sara");
  await karim.reads("I am still here");
});

for (const policy of ["requeue", "return", "close"] as const) {
  test.describe(`where an unanswered transfer means ${policy}`, () => {
    test.use({ settings: { rona: "5s", "sales.on_unanswered": policy } });

    test(`S39 a transfer that nobody accepts is dropped, and the customer is not: ${policy}`, async ({
      world,
    }) => {
      // Layla's time runs out; Omar's, who gets the customer back, must not.
      await (await world.staff("omar")).takesTime(10);
      const { omar, layla, sara, dialog } = await chosen(world);
      const says = {
        requeue: say.transferPolicyRequeue(),
        return: say.transferPolicyReturn(),
        close: say.transferPolicyClose(),
      };
      await expect(dialog.getByText(says[policy], { exact: true })).toBeVisible();
      await dialog.getByRole("button", { name: say.actionTransfer(), exact: true }).click();
      await omar.wrapUp(say.wrapupReasonEscalated());

      await layla.inState(say.stateRona());
      await expect(layla.request("Sara")).toHaveCount(0);
      if (policy === "close") {
        await sara.sees(say.wDropped());
        await sara.reads("Where is my order?");
        await expect(sara.frame.getByRole("button", { name: say.wAgain(), exact: true })).toBeVisible();
        expect((await (await world.staff("omar")).desk()).cards).toEqual([]);
        return;
      }
      if (policy === "requeue") await sara.sees(say.wRequeued());
      await omar.accept("Sara"); // who is offered it again: by the queue, or first of all
      await omar.reads(say.transferDropped({ agent: layla.name }));
      await omar.reads("Where is my order?");
      await sara.write("Thank you for coming back");
      await omar.reads("Thank you for coming back");
    });
  });
}

test("S40 Transfer waits for a target, and one is no target for oneself", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  const layla = await world.agent("layla");
  await layla.available();
  for (const [kind, why] of [
    ["queue", say.transferRequiredQueue()],
    ["agent", say.transferRequiredAgent()],
  ] as const) {
    const dialog = await openOn(omar, kind);
    const go = dialog.getByRole("button", { name: say.actionTransfer(), exact: true });
    await expect(go).toHaveAttribute("aria-disabled", "true");
    await expect(go).toHaveAccessibleDescription(why);
    await go.dispatchEvent("click");
    await expect(dialog).toBeVisible();
    const options = await unfold(dialog);
    if (kind === "agent") {
      await expect(options.filter({ hasText: layla.name })).toHaveCount(1);
      await expect(options.filter({ hasText: omar.name })).toHaveCount(0);
    }
    await options.first().click();
    await expect(go).not.toHaveAttribute("aria-disabled", "true");
    await dialog.getByRole("button", { name: say.actionCancel(), exact: true }).click();
  }
  const staff = await world.staff("omar");
  const { user } = (await staff.desk()).agent;
  const self = await staff.ask<{ params: { reason: string } }>(
    "POST",
    `/conversations/${sara.conversation}/transfer`,
    { agent: user },
  );
  expect([self.code, self.body.params.reason]).toEqual(["invalid_target", "self"]);
  await omar.status(say.statusActive());
});

test.describe("with room for one conversation each", () => {
  test.use({ settings: { capacity: "1", open_offers: "1" } });

  test("S41 only agents who are Available and have room are offered, and the server holds to it", async ({
    world,
  }) => {
    const [omar, sara] = await world.talking("omar", "Sara");
    const [karim, nour] = [await world.agent("karim"), await world.agent("nour")];
    await karim.available();
    await world.visitor("Mona", "Hello", "account");
    await karim.accept("Mona"); // Available, and full
    await nour.available();
    const [layla, maya] = [await world.staff("layla"), await world.agent("maya")];
    await layla.reset("");
    await maya.inState(say.stateIdle());

    const dialog = await openOn(omar, "agent");
    const options = await unfold(dialog);
    await expect(options).toHaveCount(1);
    await expect(options).toContainText(nour.name);
    await expect(options).toContainText(say.transferLoad({ used: 0, capacity: 1 }));
    const staff = await world.staff("omar");
    for (const name of ["karim", "layla", "maya"] as const) {
      const { user } = (await (await world.staff(name)).desk()).agent;
      const answer = await staff.ask<{ params: { reason: string } }>(
        "POST",
        `/conversations/${sara.conversation}/transfer`,
        { agent: user },
      );
      expect([answer.code, answer.body.params.reason], name).toEqual(["invalid_target", "not_available"]);
    }
  });
});

test("S42 a target that went away leaves the conversation with the first agent, and says so", async ({
  world,
}) => {
  const { omar, layla, sara, dialog } = await chosen(world);
  await dialog.getByRole("textbox", { name: say.transferNote(), exact: true }).fill("Order is late");
  await layla.chooseState(say.stateIdle());
  await world.holds("layla", "idle");
  // The list may have noticed by itself: what was chosen is still what is asked for.
  await dialog.getByRole("button", { name: say.actionTransfer(), exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText(say.transferFailed());
  await expect(dialog.getByRole("alert")).toContainText(layla.name);
  await world.look(omar.page, "transfer-failed");
  await expect(dialog.getByRole("textbox", { name: say.transferNote(), exact: true })).toHaveValue(
    "Order is late",
  );
  await dialog.getByRole("button", { name: say.actionCancel(), exact: true }).click();
  await omar.status(say.statusActive());
  await expect(omar.wrapUpPanel).toHaveCount(0);
  await omar.write("I am still with you");
  await sara.reads("I am still with you");
  await expect(layla.request("Sara")).toHaveCount(0);
});

test("S43 the receiving agent sees everything that was written before", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara", "one", "two");
  for (let n = 1; n <= 30; n++) {
    await sara.write(`question ${n}`);
  }
  await omar.reads("question 30");
  await omar.write("Layla knows more.");
  const layla = await world.agent("layla");
  await layla.available();
  await omar.transferTo("agent", layla.name);
  await layla.accept("Sara");
  await layla.reads("Layla knows more.");
  await layla.readsTimes("question 30", 1);
  await layla.thread.focus();
  await layla.page.keyboard.press("Home");
  for (const text of ["one", "two", "question 1", "question 2"]) await layla.readsTimes(text, 1);
  await layla.reads(say.threadJoined({ agent: omar.name }));
});

/** Omar in conversation with Sara, and Layla chosen in the dialog to have it. */
async function chosen(world: World) {
  const { omar, layla } = await world.pair();
  const sara = await world.customer("Sara");
  await sara.ask("Where is my order?");
  await omar.accept("Sara");
  await layla.available();
  const dialog = await openOn(omar, "agent");
  await dialog.getByRole("combobox").fill(layla.name);
  await omar.page.getByRole("option").first().click();
  return { omar, layla, sara, dialog };
}

/** Opens the transfer dialog on one of its two kinds. */
async function openOn(desk: Awaited<ReturnType<World["agent"]>>, kind: "queue" | "agent"): Promise<Locator> {
  const dialog = await desk.openDialog(say.actionTransfer(), say.transferTitle());
  const name = kind === "queue" ? say.labelQueue() : say.labelAgent();
  await dialog.getByRole("radio", { name, exact: true }).check({ force: true });
  return dialog;
}

/** Opens the drop-down list; everything in it. */
async function unfold(dialog: Locator): Promise<Locator> {
  await dialog.getByRole("combobox").press("ArrowDown");
  return dialog.page().getByRole("option");
}
