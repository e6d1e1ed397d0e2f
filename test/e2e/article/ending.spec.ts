// Ending and wrap-up: S52 to S59.
import { expect, test } from "../world";
import { say } from "../words";

test("S52 whoever presses End is reminded to make sure that the customer is ready", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara", "One more thing");
  await omar.button(say.actionEnd()).click();
  await expect(omar.pane.getByText(say.endHint())).toBeVisible();
  await expect(omar.wrapUpPanel).toHaveCount(0);
  expect(await sara.status()).toBe("open");
  await world.look(omar.page, "end-hint");
  // The closing question is one press away; it is put into the box, not sent.
  await omar.pane.getByRole("button", { name: say.endAsk(), exact: true }).click();
  await expect(omar.compose).toHaveValue(say.endAskText());
  await expect(omar.compose).toBeFocused();
  await omar.compose.press("Enter");
  await omar.reads(say.endAskText());
  // It is a hint and no hurdle: the second press ends.
  await omar.end();
  expect(await sara.status()).toBe("closed");
});

test("S53 End in an active session shows the wrap-up reasons", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  await omar.write("Goodbye");
  await omar.end();
  await expect(omar.wrapUpPanel).toBeVisible();
  await omar.status(say.statusWrapup());
  for (const reason of [
    say.wrapupReasonResolved(),
    say.wrapupReasonEscalated(),
    say.wrapupReasonFollowUp(),
    say.wrapupReasonCustomerLeft(),
    say.wrapupReasonWrongDepartment(),
    say.wrapupReasonSpam(),
  ]) {
    await expect(omar.wrapUpPanel.getByRole("radio", { name: new RegExp(reason) })).toHaveCount(1);
  }
  await omar.reads("Goodbye");
  await expect(omar.compose).toHaveCount(0);
  await world.look(omar.page, "wrap-up");

  // It belongs to its conversation: others stay usable meanwhile.
  await world.visitor("Mona", "Hello");
  await omar.accept("Mona");
  await omar.write("Hello Mona");
  await omar.open("Sara");
  await expect(omar.wrapUpPanel).toBeVisible();
  expect(await sara.status()).toBe("closed");
});

test("S54 the agent picks one reason from the list, or finds it by searching", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  await omar.end();
  const panel = omar.wrapUpPanel;
  const reasons = panel.getByRole("radio");
  await expect(reasons).toHaveCount(6);
  const search = panel.getByRole("searchbox", { name: say.labelSearchReasons(), exact: true });
  await search.fill(world.lang === "ar" ? "تصعيد" : "esca");
  await expect(reasons).toHaveCount(1);
  await expect(reasons).toHaveAccessibleName(new RegExp(say.wrapupReasonEscalated()));
  await search.fill("zzz");
  await expect(reasons).toHaveCount(0);
  await expect(panel.getByText(/zzz/)).toBeVisible();
  await search.fill("");
  const pick = (name: string) => panel.getByRole("radio", { name: new RegExp(name) });
  await pick(say.wrapupReasonSpam()).check({ force: true });
  await pick(say.wrapupReasonResolved()).check({ force: true });
  await expect(panel.getByRole("radio", { checked: true })).toHaveCount(1);
  await omar.page.keyboard.press("Digit2"); // the second of the list
  await expect(pick(say.wrapupReasonEscalated())).toBeChecked();
});

test("S55 Submit wrap-up submits it", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  await omar.end();
  await omar.wrapUp(say.wrapupReasonFollowUp());
  await omar.told(say.wrapupSaved());
  expect((await (await world.staff("omar")).desk()).cards).toEqual([]);
});

test("S56 without a reason it is refused at the field, and exactly one reason is stored", async ({
  world,
}) => {
  const [omar] = await world.talking("omar", "Sara");
  await omar.end();
  const panel = omar.wrapUpPanel;
  const submit = panel.getByRole("button", { name: say.actionSubmitWrapup(), exact: true });
  await expect(submit).not.toHaveAttribute("aria-disabled", "true");
  await submit.click();
  await expect(panel.getByText(say.wrapupRequired()).first()).toBeVisible();
  await expect(panel.getByRole("radio").first()).toBeFocused();
  await world.look(omar.page, "wrap-up-required");
  const staff = await world.staff("omar");
  const { part } = (await staff.card("Sara")) ?? {};
  const path = `/parts/${part}/wrapup`;
  expect((await staff.ask("PUT", path, {})).code).toBe("wrapup_required");
  expect((await staff.ask("PUT", path, { reason: "rsn_nothing" })).code).toBe("reason_not_found");
  expect((await staff.card("Sara"))?.kind).toBe("wrapup");
  await omar.wrapUp(say.wrapupReasonResolved());
  expect((await staff.desk()).cards).toEqual([]);
});

test.describe("with room for one conversation", () => {
  test.use({ settings: { capacity: "1", open_offers: "1" } });

  test("S57 after submission the slot is free, and the agent's state is as it was", async ({ world }) => {
    const [omar] = await world.talking("omar", "Sara");
    await world.visitor("Mona", "Hello");
    await omar.end();
    // The wrap-up holds the slot: Mona still waits.
    const staff = await world.staff("omar");
    expect((await staff.desk()).agent.occupied).toBe(1);
    await expect(omar.request("Mona")).toHaveCount(0);
    await omar.wrapUp(say.wrapupReasonResolved());
    await expect(omar.group(say.labelWrapup()).getByRole("link")).toHaveCount(0);
    await omar.inState(say.stateAvailable());
    await omar.accept("Mona");

    await omar.chooseState(say.stateIdleLunch());
    await omar.end();
    await omar.wrapUp(say.wrapupReasonResolved());
    await expect(omar.tasks.getByRole("link")).toHaveCount(0);
    await omar.inState(say.stateIdleLunch());
    expect((await staff.desk()).agent).toMatchObject({ presence: "idle", occupied: 0 });
  });
});

test.describe("with four seconds to answer", () => {
  test.use({ settings: { rona: "4s" } });

  test("S57 an agent in RONA is still in RONA after the wrap-up", async ({ world }) => {
    const staff = await world.staff("omar");
    await staff.takesTime(10);
    const [omar] = await world.talking("omar", "Sara");
    await staff.takesTime(1);
    await world.visitor("Mona", "Hello");
    await omar.inState(say.stateRona());
    await omar.end();
    await omar.wrapUp(say.wrapupReasonResolved());
    await expect(omar.tasks.getByRole("link")).toHaveCount(0);
    await omar.inState(say.stateRona());
  });
});

test("S58 when the customer ends, the agent gets the same wrap-up reasons", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await omar.accept("Sara");
  await sara.leave();
  await expect(omar.wrapUpPanel).toBeVisible();
  await omar.reads(say.threadCustomerLeft());
  await omar.wrapUp(say.wrapupReasonCustomerLeft());

  // And a new chat of the same customer.
  await sara.frame.getByRole("button", { name: say.wAgain(), exact: true }).click();
  await sara.frame.getByRole("textbox", { name: say.wQuestion(), exact: true }).fill("One more thing");
  await sara.frame.getByRole("button", { name: say.wStart(), exact: true }).click();
  await expect(omar.request("Sara")).toContainText("One more thing");
});

test("S59 End closes the chat for the customer at once, before anything is wrapped up", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await omar.accept("Sara");
  await omar.end();
  await sara.sees(say.wEnded());
  await expect(sara.compose).toHaveCount(0);
  await expect(sara.frame.getByRole("button", { name: say.wAgain(), exact: true })).toBeVisible();
  await world.look(sara.page, "ended");
  expect((await (await world.staff("omar")).card("Sara"))?.kind).toBe("wrapup"); // not submitted yet
});
