import { readFile } from "node:fs/promises";
import type { FrameLocator, Locator, Page } from "@playwright/test";
import { expect, test } from "../world";
import { plain, say } from "../words";

const image = {
  name: "photo.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAADAAAAAeCAIAAADlxgqWAAAAMElEQVR42u3OMQ0AAAgDsAlDBLKRhQkOjiYV0EzXKxESEhISEhISEhISEhISEhK6tKRveOq52qOJAAAAAElFTkSuQmCC",
    "base64",
  ),
};
const paper = {
  name: "فاتورة-1200-AB-7.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.7 a bill"),
};
const page = {
  name: "photo.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.from("<!doctype html><script>alert(1)</script>"),
};

/** An image of a thread has come, and is as large as it is said to be. */
async function arrived(thread: Locator): Promise<void> {
  const picture = thread.getByRole("img", { name: image.name }).first();
  await expect(picture).toBeVisible();
  await expect
    .poll(() =>
      picture.evaluate((img: HTMLImageElement) => [img.complete, img.naturalWidth, img.naturalHeight]),
    )
    .toEqual([true, 48, 30]);
  // Its name runs its own way, whatever the page does (B21).
  // Read at once: the line is drawn anew when the message is stored.
  const places = () =>
    thread
      .locator(`[title="${image.name}"]`)
      .first()
      .locator("bdi")
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().x));
  await expect.poll(async () => Math.sign(((x) => (x[1] ?? NaN) - (x[0] ?? NaN))(await places()))).toBe(1);
}

async function saved(page: Page, what: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), what.click()]);
  return readFile(await download.path(), "utf8");
}

const chooser = (within: FrameLocator | Locator): Locator => within.locator("input[type=file]");

// An image and a document go one way and a table the other; what is not what it
// says is refused in words, what is chosen without a network goes when it is
// back, and after a reload everything is still there.
test("files go both ways", async ({ world }) => {
  const customer = await world.customer("Sara");
  const agent = await world.agent("omar");
  await agent.available();
  await customer.ask("The lamp is broken");
  await agent.accept("Sara");

  const { frame } = customer;
  const send = frame.getByRole("button", { name: say.actionSend(), exact: true });
  await chooser(frame).setInputFiles([image, paper]);
  await expect(frame.getByRole("button", { name: say.attachRemove({ name: paper.name }) })).toBeVisible();
  await world.look(customer.page, "chosen");
  await send.click();
  await arrived(customer.thread);
  await arrived(agent.thread);
  const download = agent.thread.getByTitle(say.attachDownload({ name: paper.name }));
  expect(await saved(agent.page, download)).toBe("%PDF-1.7 a bill");

  await chooser(agent.pane).setInputFiles({
    name: "prices.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("lamp,12\n"),
  });
  await agent.compose.fill("Here are the prices");
  await agent.send.click();
  await customer.reads("Here are the prices");
  const table = frame.getByTitle(say.attachDownload({ name: "prices.csv" }));
  expect(await saved(customer.page, table)).toBe("lamp,12\n");

  await chooser(frame).setInputFiles(page);
  await send.click();
  await expect(
    frame.getByRole("alert").getByText(plain(say.errorContentMismatch({ ext: ".jpg" }))),
  ).toBeVisible();
  await frame.getByRole("button", { name: say.actionDelete(), exact: true }).click();

  await customer.page.context().setOffline(true);
  await chooser(frame).setInputFiles({ ...paper, name: "offline.pdf" });
  await send.click();
  await expect(frame.getByText("offline", { exact: true })).toBeVisible();
  await customer.page.context().setOffline(false);
  await expect(agent.thread.getByTitle(say.attachDownload({ name: "offline.pdf" }))).toBeVisible({
    timeout: 20_000,
  });

  await world.look(agent.page, "thread");
  await customer.page.setViewportSize({ width: 320, height: 640 });
  await world.look(customer.page, "thread-narrow");
  await customer.page.reload();
  await arrived(customer.thread);
  await agent.page.reload();
  await arrived(agent.thread);
});
