import { expect, test } from "../world";
import { plain, say } from "../words";

test("a conversation from the question to the wrap-up", async ({ world }) => {
  const omar = await world.agent("omar");
  await world.look(omar.page, "empty-desk");
  await omar.available();

  const sara = await world.customer("Sara سارة");
  await sara.launcher.click();
  await expect(sara.frame.getByRole("textbox", { name: say.wName(), exact: true })).toBeFocused();
  await world.look(sara.page, "start-form");
  await sara.page.getByRole("button", { name: say.wClose(), exact: true }).click();
  await sara.ask("طلبي 1200-AB/7 لم يصل");
  await sara.sees(say.wWaiting());
  await world.look(sara.page, "waiting");

  // S1–S8: the popover with everything the article lists.
  const request = omar.request("Sara");
  await expect(request).toBeVisible();
  for (const words of ["Sara سارة", world.queue("sales"), "طلبي 1200-AB/7 لم يصل", omar.name]) {
    await expect(request).toContainText(words);
  }
  await expect(request.getByRole("timer", { name: say.labelTimer() })).toHaveText(/^0?0:\d\d$/);
  await world.look(omar.page, "request");

  await omar.accept("Sara");
  await sara.sees(say.wJoined({ agent: omar.name }));
  await omar.write("Hello Sara, I am looking at it.");
  await sara.reads("Hello Sara, I am looking at it.");

  // Typing is shown both ways.
  await sara.compose.pressSequentially("th");
  await expect(omar.pane.getByText(plain(say.labelTyping({ name: sara.name })))).toBeVisible();
  await omar.compose.pressSequentially("one");
  await sara.sees(say.labelTyping({ name: omar.name }));
  await omar.compose.fill("");

  await sara.compose.fill("");
  await sara.compose.fill("3 < 5 & <b>thank you</b>\nسطر ثانٍ 😀");
  await sara.compose.press("Enter");
  for (const side of [omar, sara]) {
    await side.reads("3 < 5 & <b>thank you</b>");
    await side.reads("سطر ثانٍ 😀");
  }
  await world.look(omar.page, "conversation");
  await world.look(sara.page, "conversation-customer");

  await omar.end();
  await sara.sees(say.wEnded());
  await world.look(omar.page, "wrap-up");
  await world.look(sara.page, "ended");

  // S56: without a reason it is refused, and the field has the focus.
  await omar.wrapUpPanel.getByRole("button", { name: say.actionSubmitWrapup(), exact: true }).click();
  await expect(omar.wrapUpPanel.getByText(say.wrapupRequired()).first()).toBeVisible();
  await omar.wrapUp(say.wrapupReasonResolved());
  await expect(omar.group(say.labelWrapup()).getByRole("link")).toHaveCount(0);
  await omar.inState(say.stateAvailable()); // S57
});

test("the customer ends, and the agent wraps up", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await omar.accept("Sara");
  await sara.leave();
  await expect(omar.wrapUpPanel).toBeVisible(); // S58
  await omar.wrapUp(say.wrapupReasonCustomerLeft());

  // And a new chat of the same customer.
  await sara.frame.getByRole("button", { name: say.wAgain(), exact: true }).click();
  await sara.frame.getByRole("textbox", { name: say.wQuestion(), exact: true }).fill("One more thing");
  await sara.frame.getByRole("button", { name: say.wStart(), exact: true }).click();
  await expect(omar.request("Sara")).toContainText("One more thing");
});
