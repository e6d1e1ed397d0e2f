// One chat that everything happens to, and its transcript as each side has it.
import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { Line } from "../line";
import type { Desk } from "../pages/desk";
import { Shop } from "../pages/shop";
import type { Customer } from "../pages/widget";
import { plain, say } from "../words";
import { expect, test } from "../world";

test.use({ alone: true });

interface Said {
  by: "customer" | "agent";
  text: string;
}

test("a chat survives a reload, a lost network, a killed server and a second device, the same on every side", async ({
  world,
}) => {
  const said: Said[] = [];
  const omar = await world.agent("omar");
  await omar.available();
  const shop = await Shop.of(world);
  let line: Line | undefined;
  const laptop = await shop.page("customer-7", "Sara", async (context) => (line = await Line.of(context)));
  /** Everybody who is there reads what was written. */
  const readers: (Desk | Customer)[] = [omar, laptop];
  const heard = async (by: Said["by"], text: string) => {
    said.push({ by, text });
    for (const reader of readers) await reader.reads(text);
  };
  const writes = async (who: Desk | Customer, text: string) => {
    await who.write(text);
    await heard(who === omar ? "agent" : "customer", text);
  };

  await laptop.ask("Where is my order?");
  await omar.accept("Sara");
  await heard("customer", "Where is my order?");
  await writes(omar, "One moment, I look for it");

  await test.step("a reload", async () => {
    await laptop.page.reload();
    await writes(laptop, "Written after a reload. طلبي رقم 1200");
  });

  await test.step("no network, and a reload before it is back", async () => {
    line?.silence(true);
    await laptop.page.context().setOffline(true);
    await laptop.write("Written without a network");
    await laptop.write("And one thing more");
    await omar.write("Said meanwhile");
    await laptop.page.context().setOffline(false);
    await laptop.page.reload();
    line?.silence(false);
    await line?.drop();
    await heard("agent", "Said meanwhile");
    await heard("customer", "Written without a network");
    await heard("customer", "And one thing more");
  });

  await test.step("the server is killed", async () => {
    const back = world.server.restart("SIGKILL");
    await laptop.write("Written while the server was down");
    await back;
    await heard("customer", "Written while the server was down");
    await writes(omar, "And answered after it");
  });

  const phone = await shop.page("customer-7", "Sara");
  await test.step("a second device", async () => {
    await phone.page.setViewportSize({ width: 360, height: 740 });
    await phone.launcher.click();
    readers.push(phone);
    await writes(phone, "Written on another device");
    await writes(omar, "It arrives today");
  });

  await expect.poll(() => asShown(omar, said)).toEqual(said);
  for (const device of [laptop, phone]) await expect.poll(() => bubbles(device.thread)).toEqual(said);
  await world.look(omar.page, "agent");
  await world.look(laptop.page, "laptop");
  await world.look(phone.page, "phone");

  await phone.leave();
  await laptop.sees(say.wEndedByYou());
  const [kept, other] = [await transcript(laptop), await transcript(phone)];
  world.keep("transcript.txt", kept);
  expect(other).toBe(kept);
  const order = said.map(({ by, text }) => `${by === "agent" ? omar.name : "Sara"}: ${text}`);
  expect(
    plain(kept)
      .split("\n")
      .flatMap((row) => order.filter((words) => row.endsWith(words))),
  ).toEqual(order);
  await shop.close();
});

/** The bubbles of the customer's thread, from the first to the last. */
const bubbles = (thread: Locator): Promise<Said[]> =>
  thread.locator(".said").evaluateAll((all) =>
    all.map((one) => ({
      by: one.classList.contains("mine") ? "customer" : "agent",
      text: one.querySelector(".bubble")?.textContent ?? "",
    })),
  );

/** The agent's thread; each message is there under who wrote it and what, as it is read aloud. */
async function asShown(omar: Desk, said: Said[]): Promise<Said[]> {
  const names = { customer: "Sara", agent: say.labelYou() };
  const spoken = ({ by, text }: Said) => `${plain(say.msgFromSr({ name: names[by], text }))} ·`;
  const labels = await omar.thread
    .getByRole("article")
    .evaluateAll((all) => all.map((one) => one.ariaLabel ?? ""));
  return labels.map(
    (label) => said.find((one) => label.startsWith(spoken(one))) ?? { by: "agent", text: label },
  );
}

/** The file that the customer can take along. */
async function transcript(of: Customer): Promise<string> {
  const file = of.page.waitForEvent("download");
  await of.frame.getByRole("button", { name: say.wTranscript(), exact: true }).click();
  return readFileSync(await (await file).path(), "utf8");
}
