import { expect, test } from "../world";
import { plain, say } from "../words";

test("a transfer to a queue", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("I was charged twice");
  await omar.accept("Sara");
  await omar.write("I am handing you to Billing.");

  const dialog = await omar.openDialog(say.actionTransfer(), say.transferTitle()); // M16, M17
  await expect(dialog.getByRole("button", { name: say.actionTransfer(), exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  ); // S40
  await dialog.getByRole("button", { name: say.actionRefreshList(), exact: true }).click(); // S37
  await world.look(omar.page, "transfer-dialog");
  await dialog.getByRole("button", { name: say.actionCancel(), exact: true }).click();

  await omar.transferTo("queue", world.queue("billing"), "Charged twice, please refund");
  await expect(omar.wrapUpPanel).toBeVisible(); // S38
  await omar.status(say.statusTransferRequested());
  await world.look(omar.page, "transferred");
  await sara.sees(say.wToQueue({ queue: world.queue("billing") }));
  await omar.wrapUp(say.wrapupReasonEscalated());

  // Nobody is in Billing: the customer waits, and can still write.
  await sara.sees(say.wWaiting());
  await sara.write("I am still here");
});

test("a transfer to an agent", async ({ world }) => {
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
  await layla.reads("Where is my order?"); // S43: the whole thread
  await layla.reads("Layla knows more.");
  await sara.sees(say.wJoined({ agent: layla.name }));
  await layla.write("Hello, this is Layla.");
  await sara.reads("Hello, this is Layla.");
  await layla.end();
  await layla.wrapUp(say.wrapupReasonResolved());
});

test.describe("with eight seconds to answer", () => {
  test.use({ settings: { rona: "8s" } });

  test("a transfer that nobody accepts goes back to its queue", async ({ world }) => {
    const [omar, layla] = [await world.agent("omar"), await world.agent("layla")];
    await omar.available();
    const sara = await world.customer("Sara");
    await sara.ask("Where is my order?");
    await omar.accept("Sara");
    await layla.available();
    await omar.transferTo("agent", layla.name);
    await expect(layla.request("Sara")).toBeVisible();
    await omar.wrapUp(say.wrapupReasonEscalated());

    // S39: the request is dropped, the customer is not.
    await layla.inState(say.stateRona());
    await sara.sees(say.wRequeued());
    await expect(omar.request("Sara")).toBeVisible();
    await omar.accept("Sara");
    await omar.reads("Where is my order?");
  });
});
