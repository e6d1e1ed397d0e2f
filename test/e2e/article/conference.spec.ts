// Adding an agent: S44 to S51.
import { expect, test, type World } from "../world";
import { plain, say } from "../words";

test("S44 a request must be accepted before an agent can be added", async ({ world }) => {
  const [omar, sara] = await world.requested("omar", "Sara");
  await expect(omar.page.getByRole("button", { name: say.actionConference(), exact: true })).toHaveCount(0);
  await omar.page.keyboard.press("Control+Alt+KeyH");
  await expect(omar.page.getByRole("dialog")).toHaveCount(0);
  const layla = await world.agent("layla");
  await layla.available();
  const { user } = (await (await world.staff("layla")).desk()).agent;
  const staff = await world.staff("omar");
  const answer = await staff.ask("POST", `/conversations/${sara.conversation}/invitation`, { agent: user });
  expect(answer.code).toBe("not_accepted_yet");
});

test("S45 Conference opens the conference request dialog", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  const dialog = await omar.openDialog(say.actionConference(), say.conferenceTitle());
  await expect(dialog.getByRole("heading", { name: say.conferenceTitle(), exact: true })).toBeVisible();
  await world.look(omar.page, "conference-dialog");
  await omar.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(omar.button(say.actionConference())).toBeFocused();
  await omar.page.keyboard.press("Control+Alt+KeyH");
  await expect(dialog).toBeVisible();
});

test("S46 the target is an agent: a searched list of Available agents' names, and no queue", async ({
  world,
}) => {
  const [omar] = await world.talking("omar", "Sara");
  const [layla, maya] = [await world.agent("layla"), await world.agent("maya")];
  await layla.available();
  await maya.inState(say.stateIdle());
  const dialog = await omar.openDialog(say.actionConference(), say.conferenceTitle());
  await expect(dialog.getByRole("radio")).toHaveCount(0);
  await expect(dialog.getByRole("combobox", { name: say.labelSearchAgents(), exact: true })).toBeFocused();
  const go = dialog.getByRole("button", { name: say.actionConference(), exact: true });
  await expect(go).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("combobox").press("ArrowDown");
  const options = omar.page.getByRole("option");
  await expect(options).toHaveCount(1);
  await expect(options).toContainText(layla.name);
  await dialog.getByRole("combobox").fill("maya");
  await expect(options).toHaveText([say.transferNoneAgents()]);
});

test("S47 Conference in the dialog sends the request, and the control pane says Conference requested", async ({
  world,
}) => {
  const { omar, layla } = await world.pair();
  const sara = await world.visitor("Sara", "Two questions at once");
  await omar.accept("Sara");
  await layla.available();
  await omar.invite(layla.name);
  await omar.status(say.statusConferenceRequested());
  await world.look(omar.page, "conference-requested");
  await expect(layla.request("Sara")).toContainText(plain(say.popoverConferenceFrom({ agent: omar.name })));
  // One at a time; and it can be taken back, which is nobody's miss.
  await expect(omar.button(say.actionConference())).toHaveAttribute("aria-disabled", "true");
  await expect(omar.button(say.actionTransfer())).toHaveAttribute("aria-disabled", "true");
  const maya = await world.staff("maya");
  const staff = await world.staff("omar");
  const { user } = (await maya.desk()).agent;
  const second = await staff.ask("POST", `/conversations/${sara.conversation}/invitation`, { agent: user });
  expect(second.code).toBe("request_pending");
  await omar.controls.getByRole("button", { name: say.actionCancelRequest(), exact: true }).click();
  await omar.status(say.statusActive());
  await expect(layla.acceptButton("Sara")).toHaveCount(0);
  await layla.inState(say.stateAvailable());
});

test("S48 when the other agent accepts, the label changes to Conference", async ({ world }) => {
  const { omar, layla } = await conference(world);
  await omar.status(say.statusConference());
  await layla.status(say.statusConference());
  await expect(omar.page.getByText(say.statusConferenceRequested(), { exact: true })).toHaveCount(0);
  await expect(omar.button(say.actionTransfer())).toHaveAttribute("aria-disabled", "true");
  await expect(omar.button(say.actionTransfer())).toHaveAccessibleDescription(
    say.transferUnavailableConference(),
  );
  await world.look(omar.page, "conference");
  await world.look(layla.page, "conference-guest");
});

test.describe("with four seconds to answer", () => {
  test.use({ settings: { rona: "4s" } });

  test("S48 when the other agent does not accept, the label returns to Active", async ({ world }) => {
    await (await world.staff("omar")).takesTime(10);
    const { omar, layla } = await world.pair();
    const sara = await world.visitor("Sara", "Hello");
    await omar.accept("Sara");
    await layla.available();
    await omar.invite(layla.name);
    await omar.status(say.statusConferenceRequested());
    await layla.inState(say.stateRona());
    await omar.status(say.statusActive());
    await omar.reads(say.conferenceNotAccepted({ agent: layla.name }));
    await omar.write("It is the two of us");
    expect(await sara.status()).toBe("open");
  });
});

test("S49 everybody reads that an agent joined the chat", async ({ world }) => {
  const { omar, layla, sara } = await conference(world);
  await omar.reads(say.threadJoined({ agent: layla.name }));
  await sara.sees(say.wJoined({ agent: layla.name }));
  // Each is read by each, and named where they are more than one.
  await layla.write("Hello from Layla");
  await omar.reads("Hello from Layla");
  await expect(omar.thread.getByText(layla.name, { exact: true }).first()).toBeVisible();
  await sara.reads("Hello from Layla");
  await omar.write("And from Omar");
  await layla.reads("And from Omar");
  // A guest leaves, and the chat goes on.
  await layla.button(say.actionLeaveConference()).click();
  await layla.wrapUp(say.wrapupReasonResolved());
  await omar.status(say.statusActive());
  await sara.sees(say.threadLeft({ agent: layla.name }));
  await omar.write("Only the two of us again");
  await sara.reads("Only the two of us again");
});

test("S50 End conference ends the chat for everybody", async ({ world }) => {
  const { omar, layla, sara } = await conference(world);
  await expect(omar.button(say.actionEnd())).toHaveCount(0);
  await expect(layla.button(say.actionEndConference())).toHaveCount(0); // the owner's alone
  await omar.end(say.actionEndConference());
  await sara.sees(say.wEnded());
  await expect(sara.compose).toHaveCount(0);
  await expect(layla.wrapUpPanel).toBeVisible();
});

test("S51 after End conference everybody who took part is asked for the wrap-up reason", async ({
  world,
}) => {
  const { omar, layla } = await conference(world);
  await omar.end(say.actionEndConference());
  for (const desk of [omar, layla]) {
    await expect(desk.wrapUpPanel).toBeVisible();
    await desk.wrapUp(say.wrapupReasonResolved());
    await expect(desk.tasks.getByRole("link")).toHaveCount(0);
    await desk.inState(say.stateAvailable());
  }
});

test("S51 the owner may hand over and leave, and nobody is disconnected", async ({ world }) => {
  const { omar, layla, sara } = await conference(world);
  await omar.controls.getByRole("button", { name: say.actionMore(), exact: true }).click();
  await omar.page.getByRole("menuitem", { name: say.actionHandOver(), exact: true }).click();
  await omar.wrapUp(say.wrapupReasonEscalated());
  await layla.status(say.statusActive());
  await expect(layla.button(say.actionEnd())).toBeVisible();
  await sara.write("Are you there?");
  await layla.reads("Are you there?");
});

/** Omar owns Sara's conversation, Layla is his guest. */
async function conference(world: World) {
  const { omar, layla } = await world.pair();
  const sara = await world.customer("Sara");
  await sara.ask("Two questions at once");
  await omar.accept("Sara");
  await layla.available();
  await omar.invite(layla.name);
  await layla.accept("Sara");
  await omar.status(say.statusConference());
  return { omar, layla, sara };
}
