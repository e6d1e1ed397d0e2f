import { expect, test } from "../world";
import { say } from "../words";

test("a conference, ended by its owner", async ({ world }) => {
  const [omar, layla] = [await world.agent("omar"), await world.agent("layla")];
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Two questions at once");
  await omar.accept("Sara");
  await layla.available();

  await omar.openDialog(say.actionConference(), say.conferenceTitle());
  await world.look(omar.page, "conference-dialog");
  await omar.page.keyboard.press("Escape");
  await omar.invite(layla.name);
  await omar.status(say.statusConferenceRequested()); // S47
  await world.look(omar.page, "conference-requested");

  await expect(layla.request("Sara")).toBeVisible();
  await layla.accept("Sara");
  await omar.status(say.statusConference()); // S48
  await omar.reads(say.threadJoined({ agent: layla.name })); // S49
  await sara.sees(say.wJoined({ agent: layla.name }));

  await layla.write("Hello from Layla");
  await omar.reads("Hello from Layla");
  await sara.reads("Hello from Layla");
  await omar.write("And from Omar");
  await layla.reads("And from Omar");
  await expect(omar.button(say.actionTransfer())).toHaveAttribute("aria-disabled", "true");
  await world.look(omar.page, "conference");
  await world.look(layla.page, "conference-guest");

  await omar.end(say.actionEndConference()); // S50, S51
  await sara.sees(say.wEnded());
  await expect(layla.wrapUpPanel).toBeVisible(); // each wraps up their own part
  await omar.wrapUp(say.wrapupReasonResolved());
  await layla.wrapUp(say.wrapupReasonResolved());
});

test("a guest leaves, and the chat goes on", async ({ world }) => {
  const [omar, layla] = [await world.agent("omar"), await world.agent("layla")];
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await omar.accept("Sara");
  await layla.available();
  await omar.invite(layla.name);
  await layla.accept("Sara");
  await omar.status(say.statusConference());
  await layla.button(say.actionLeaveConference()).click();
  await layla.wrapUp(say.wrapupReasonResolved());
  await omar.status(say.statusActive());
  await sara.sees(say.threadLeft({ agent: layla.name }));
  await omar.write("Only the two of us again");
  await sara.reads("Only the two of us again");
});
