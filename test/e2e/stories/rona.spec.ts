import { expect, test } from "../world";
import { say } from "../words";

test.describe("with eight seconds to answer", () => {
  test.use({ settings: { rona: "8s" } });

  test("a missed request, and the way back", async ({ world }) => {
    const omar = await world.agent("omar");
    await omar.available();
    const sara = await world.customer("Sara");
    await sara.ask("Is anybody there?");
    await expect(omar.request("Sara")).toBeVisible();

    // S11, S12: nobody accepts, so the agent is in RONA and gets nothing more.
    await omar.inState(say.stateRona());
    const banner = omar.page.getByRole("alert").filter({ hasText: say.ronaBannerTitle() });
    await expect(banner).toBeVisible();
    await world.look(omar.page, "rona");
    const other = await world.customer("Mona");
    await other.ask("Me too");
    await other.sees(say.nAhead({ n: 1 }));
    await expect(omar.request("Mona")).toHaveCount(0);

    // A reload does not leave it.
    await omar.page.reload();
    await omar.inState(say.stateRona());

    await omar.available();
    await expect(banner).toBeHidden();
    await expect(omar.request("Mona")).toBeVisible();
    await omar.accept("Sara"); // her request, with the place kept
  });
});

test("the customer leaves before anybody accepts", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello?");
  await expect(omar.request("Sara")).toBeVisible();
  await sara.leave();
  await expect(omar.request("Sara")).toContainText(say.popoverWithdrawn());
  await world.look(omar.page, "withdrawn");
  await expect(omar.request("Sara")).toHaveCount(0);
  await omar.inState(say.stateAvailable()); // no RONA
});
