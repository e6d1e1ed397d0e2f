// A line and a server that answer late, twice, out of order, with what nobody
// knows, or not at all. Whatever they do, the desk can be used and says what
// happened.
import { Line, type Frame } from "../line";
import type { Desk } from "../pages/desk";
import { expect, test, type World } from "../world";
import { say } from "../words";
import type { Visitor } from "../api";

/** Longer than a page needs to notice by itself that it is alone, and to come back. */
const patience = 60_000;

test("a server that answers late: what was written is shown at once, with a clock", async ({ world }) => {
  const { omar, line, sara } = await begin(world);
  line.late = (frame) => frame.type === "ack" || frame.type === "event" || frame.type === "reply";
  await omar.compose.fill("Do you hear me?");
  await omar.compose.press("Enter");
  await expect(omar.compose).toHaveValue("");
  await omar.readsTimes("Do you hear me?", 1);
  await expect(omar.thread.getByRole("img", { name: say.msgSending(), exact: true })).toBeVisible();
  await omar.compose.fill("one more"); // the box is free meanwhile
  await expect.poll(async () => (await sara.thread()).map((e) => e.text)).toContain("Do you hear me?");
  line.release();
  await expect(omar.thread.getByRole("img", { name: say.msgSending(), exact: true })).toHaveCount(0);
  await omar.readsTimes("Do you hear me?", 1);
  await expect(omar.compose).toHaveValue("one more");
});

test("a server that accepts late: the request says Accepting, and what is typed waits for it", async ({
  world,
}) => {
  const { omar, line } = await open(world);
  const sara = await world.visitor("Sara", "Hello");
  line.keep = (frame) => frame.type === "accept";
  await omar.acceptButton("Sara").click();
  await expect(omar.compose).toBeFocused();
  await omar.page.keyboard.type("Welcome");
  await omar.page.keyboard.press("Enter");
  await omar.readsTimes("Welcome", 1);
  expect(await sara.status()).toBe("waiting");
  await expect.poll(() => line.held).toBeGreaterThan(0);
  line.release();
  await expect.poll(async () => (await sara.thread()).map((e) => e.text)).toContain("Welcome");
  await omar.readsTimes("Welcome", 1);
  await expect(omar.request("Sara")).toHaveCount(0);
});

test("a server that says everything twice: nothing is shown twice", async ({ world }) => {
  const { omar, line } = await open(world);
  line.fromServer = (frame) => [frame, frame];
  const sara = await world.visitor("Sara", "Hello");
  await expect(omar.page.getByRole("article", { name: "Sara" })).toHaveCount(1);
  await omar.accept("Sara");
  await omar.write("How can I help?");
  await sara.write("It is broken");
  for (const text of ["Hello", "How can I help?", "It is broken"]) await omar.readsTimes(text, 1);
  await expect(omar.group(say.labelActive()).getByRole("listitem")).toHaveCount(1);
  await omar.end();
  await omar.wrapUp(say.wrapupReasonResolved());
  await expect(omar.tasks.getByRole("link")).toHaveCount(0);
});

test("a server that tells things in the wrong order: the thread is in the right one", async ({ world }) => {
  const { omar, line, sara } = await begin(world);
  // Each event of the conversation arrives after the one that follows it.
  let before: Frame | undefined;
  line.fromServer = (frame) => {
    if (frame.type !== "event" || frame.topic !== `conv/${sara.conversation}`) return [frame];
    if (!before) {
      before = frame;
      return [];
    }
    const pair = [frame, before];
    before = undefined;
    return pair;
  };
  const texts = Array.from({ length: 8 }, (_, n) => `part ${n + 1}`);
  for (const text of texts) await sara.write(text);
  line.fromServer = (frame) => [frame];
  await sara.write("the end");
  for (const text of [...texts, "the end"]) await omar.readsTimes(text, 1);
  await expect(omar.thread).toHaveText(new RegExp([...texts, "the end"].join("[^]*")));
  await omar.write("Got it all");
});

test("a server of another day: what nobody knows is passed over", async ({ world }) => {
  const { omar, line, sara } = await begin(world);
  const faults: string[] = [];
  omar.page.on("pageerror", (error) => faults.push(error.message));
  const topic = `conv/${sara.conversation}`;
  // Receipts become something that was never heard of, under their own numbers.
  line.fromServer = (frame) =>
    frame.kind === "receipt" ? [{ ...frame, kind: "sparkle", data: { a: 1 } }] : [frame];
  line.say({ type: "fanfare" });
  line.say({ type: "fanfare", topic, seq: 1, data: null });
  line.say({ type: "signal", topic, kind: "sparkle", data: { on: true } });
  line.say({ type: "event", topic: "conv/nobody", seq: 1, kind: "message", data: {} });
  line.say({ type: "ack", ref: "never-asked" });
  line.say("{ this is no JSON");
  await sara.write("Still there?");
  await omar.reads("Still there?");
  await omar.write("Here");
  await sara.write("Good");
  await omar.readsTimes("Good", 1);
  await omar.status(say.statusActive());
  expect(faults).toEqual([]);
});

test("a server that answers nothing: it is said, writing goes on, and all of it arrives once", async ({
  world,
}) => {
  const { omar, line, sara } = await begin(world);
  line.silence(true);
  await omar.compose.fill("Into the silence");
  await omar.compose.press("Enter");
  await omar.readsTimes("Into the silence", 1);
  await expect(
    omar.page.getByText(say.netReconnecting()).or(omar.page.getByText(say.netLost())).first(),
  ).toBeVisible({ timeout: patience });
  await omar.compose.fill("And once more");
  await omar.compose.press("Enter");
  await expect(omar.compose).toHaveValue("");
  await world.look(omar.page, "silence");
  await sara.write("I am here");
  line.silence(false);
  // A connection that was begun in the silence is given up first.
  await expect(omar.thread.getByText("I am here")).toBeVisible({ timeout: patience });
  for (const text of ["Into the silence", "And once more"]) {
    await expect
      .poll(async () => (await sara.thread()).filter((e) => e.text === text).length, { message: text })
      .toBe(1);
    await omar.readsTimes(text, 1);
  }
  await omar.write("Back again");
});

async function open(world: World): Promise<{ omar: Desk; line: Line }> {
  let line: Line | undefined;
  const omar = await world.agent("omar", async (context) => (line = await Line.of(context)));
  await omar.available();
  if (!line) throw new Error("no line");
  return { omar, line };
}

async function begin(world: World): Promise<{ omar: Desk; line: Line; sara: Visitor }> {
  const { omar, line } = await open(world);
  const sara = await world.visitor("Sara", "Hello");
  await omar.accept("Sara");
  await omar.reads("Hello");
  return { omar, line, sara };
}
