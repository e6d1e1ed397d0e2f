// Messages, for somebody who hears the page or has only a keyboard (A10–A18).
import { expect, test, type Book } from "../scene";
import { plain, say } from "../words";
import { heard, listen, words } from "./heard";

const now = Date.parse("2026-11-22T09:07:12Z");
const sara = "سارة العتيبي";
const mona = "Mona Lindqvist-Johnson-Smith the Third";

async function still(book: Book, scene: string) {
  await book.page.clock.install({ time: now });
  const desk = await book.open(scene);
  await book.page.clock.pauseAt(now + 60_000);
  await book.drive((drive) => drive.clock());
  await listen(book.page);
  return desk;
}

test("A10 a message in the open conversation is read once, from beside the thread, for about a second", async ({
  own,
}) => {
  const desk = await still(own, "conversation");
  await own.drive((drive) => drive.message("sara", "هل من جديد؟"));
  await desk.reads("هل من جديد؟");
  await own.page.clock.runFor(5_000);
  const said = await heard(own.page);
  expect(said.map(({ text, how }) => [text, how])).toEqual([
    [plain(say.msgFromSr({ name: sara, text: "هل من جديد؟" })), "polite"],
  ]);
  const stayed = (said[0]?.gone ?? Infinity) - (said[0]?.at ?? 0);
  expect(stayed).toBeGreaterThanOrEqual(100);
  expect(stayed).toBeLessThanOrEqual(2_000);
  await expect(desk.thread).toHaveAttribute("aria-live", "off");
});

test("A11 of ten messages in two seconds three are read and seven are counted", async ({ own }) => {
  await still(own, "conversation");
  for (let i = 1; i <= 10; i++) {
    await own.drive((drive, i) => drive.message("sara", `رسالة ${i}`), i);
    await own.page.clock.runFor(190);
  }
  await own.page.clock.runFor(6_000);
  expect(await words(own.page)).toEqual([
    ...[1, 2, 3].map((i) => plain(say.msgFromSr({ name: sara, text: `رسالة ${i}` }))),
    plain(say.nMessages({ n: 7 })),
  ]);
});

test("A12 messages elsewhere are told every five seconds at most, and counted in words", async ({ own }) => {
  const desk = await still(own, "conversation");
  for (let i = 0; i < 8; i++) {
    await own.drive((drive) => drive.message("mona", "One more"));
    await own.page.clock.runFor(1_000);
  }
  await own.page.clock.runFor(6_000);
  const said = await heard(own.page);
  const sentence = plain(say.msgNewSr({ name: mona }));
  expect(new Set(said.map((s) => s.text))).toEqual(new Set([sentence]));
  expect(said.length).toBeLessThanOrEqual(2);
  said.slice(1).forEach((s, i) => expect(s.at - (said[i]?.at ?? 0)).toBeGreaterThanOrEqual(5_000));
  await expect(desk.tasks.getByRole("link", { name: /Mona/ })).toContainText(/8/);
});

test("A13 one's own message is not read back; a failure is, with Retry one Tab away", async ({ own }) => {
  const desk = await still(own, "conversation");
  await desk.compose.fill("On its way");
  await desk.compose.press("Enter");
  await own.page.clock.runFor(2_000);
  await own.drive((drive) => drive.arrive("sara"));
  await own.page.clock.runFor(3_000);
  expect(await words(own.page)).toEqual([]);

  await desk.compose.fill("This one fails");
  await desk.compose.press("Enter");
  await own.page.clock.runFor(500);
  await own.drive((drive) => drive.refuse("not_participant"));
  await own.page.clock.runFor(2_000);
  const said = await heard(own.page);
  expect(said.map((s) => s.how)).toEqual(["assertive"]);
  expect(said[0]?.text).toContain(plain(say.composeFailed()));
  await expect(desk.compose).toBeFocused();
  await own.page.keyboard.press("Shift+Tab");
  await expect(
    desk.pane
      .getByRole("button", { name: say.composeDeleteFailed(), exact: true })
      .or(desk.pane.getByRole("button", { name: say.actionRetry(), exact: true }))
      .and(own.page.locator(":focus")),
  ).toBeFocused();
});

test("A14 the thread is one stop of the Tab key, and the arrows read it message by message", async ({
  own,
}) => {
  const desk = await still(own, "english");
  await desk.thread.focus();
  await own.page.keyboard.press("ArrowUp");
  const at = own.page.locator(":focus");
  // Sender, text, time, status.
  await expect(at).toHaveAccessibleName(/Glad to hear it\. Is there anything else I can help you with\?/);
  await expect(at).toHaveAccessibleName(/\d\d:\d\d/);
  await expect(at).toHaveAccessibleName(
    new RegExp(`${say.msgSeen()}|${say.msgDelivered()}|${say.msgSent()}`),
  );
  await expect(at).toHaveAccessibleName(new RegExp(`^${say.labelYou()}`));
  await own.page.keyboard.press("ArrowUp");
  await expect(at).toHaveAccessibleName(/^Mona Lindqvist-Johnson-Smith the Third: It worked, thank you!/);
  await own.page.keyboard.press("ArrowDown");
  await expect(at).toHaveAccessibleName(/Glad to hear it/);
  await own.page.keyboard.press("Home");
  await own.page.keyboard.press("ArrowUp");
  await expect(desk.thread.locator(":focus")).toHaveCount(1);
  // Out again: by Tab and by Escape.
  await own.page.keyboard.press("Escape");
  await expect(desk.compose).toBeFocused();
  await desk.thread.focus();
  await own.page.keyboard.press("Tab");
  expect(await desk.thread.evaluate((e) => e.contains(document.activeElement))).toBe(false);
});

test("A15 a message does not move somebody who reads further up, and the way down is a button", async ({
  own,
}) => {
  const desk = await still(own, "long");
  const top = () => desk.thread.evaluate((e) => e.scrollTop);
  await desk.thread.evaluate((e) => (e.scrollTop = e.scrollHeight / 2));
  const jump = desk.pane.getByRole("button", { name: say.threadJump(), exact: true });
  await expect(jump).toBeVisible();
  const before = await top();
  await own.drive((drive) => drive.message("mona", "Hello again", "And again"));
  const count = desk.pane.getByRole("button", { name: plain(say.nMessages({ n: 2 })), exact: true });
  await expect(count).toBeVisible();
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
  await desk.thread.focus();
  await own.page.keyboard.press("Tab");
  await expect(count).toBeFocused();
  await own.page.keyboard.press("Enter");
  await expect(count).toBeHidden();
  await expect(desk.thread.getByText("And again")).toBeInViewport();
});

test("A16 that somebody is typing is shown and not said", async ({ own }) => {
  const desk = await still(own, "english");
  await own.drive((drive) => drive.typing("mona"));
  await expect(desk.pane.getByText(plain(say.labelTyping({ name: mona })))).toBeVisible();
  await own.page.clock.runFor(3_000);
  expect(await words(own.page)).toEqual([]);
});

test("A17 the counter describes the box and is said at its steps, down and up again", async ({ own }) => {
  const desk = await still(own, "english");
  const box = desk.compose;
  const left = (n: number) => plain(n < 0 ? say.nCharsOver({ n: -n }) : say.nCharsLeft({ n }));
  const to = async (n: number) => {
    await box.fill("a".repeat(n));
    await own.page.clock.runFor(1_500);
  };
  for (const n of [700, 801, 900, 901, 950, 980, 990, 1000, 1001]) await to(n);
  expect(await words(own.page)).toEqual([199, 100, 50, 20, 10, 0, -1].map(left));
  await expect(box).toHaveAccessibleDescription(new RegExp(left(-1)));
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await to(1000);
  await to(900);
  expect((await words(own.page)).slice(7)).toEqual([left(0), left(100)]);
});

test("A18 the error of reserved characters names them, belongs to the box and has its two ways out", async ({
  own,
}) => {
  const desk = await still(own, "english");
  const box = desk.compose;
  await box.focus();
  await own.page.keyboard.type("if a < b");
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await expect(box).toHaveAccessibleDescription(new RegExp(plain(say.composeReserved()).slice(0, 20)));
  expect(await words(own.page, "assertive")).toEqual([plain(say.composeReserved())]);
  // In words, not only as signs.
  expect(plain(say.composeReserved())).toMatch(
    own.lang === "ar" ? /أصغر|أكبر/ : /less-than|greater-than|less than|greater than/i,
  );
  await box.press("Enter");
  await expect(box).toBeFocused();
  await expect(box).toHaveValue("if a < b");
  for (const fix of [say.actionReplaceReserved(), say.actionRemoveReserved()])
    await expect(desk.pane.getByRole("button", { name: fix, exact: true })).toBeVisible();
  await desk.pane.getByRole("button", { name: say.actionRemoveReserved(), exact: true }).click();
  await expect(box).toHaveValue("if a  b");
  await expect(box).toBeFocused();
  await expect(box).not.toHaveAttribute("aria-invalid", "true");
});
