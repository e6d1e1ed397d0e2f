import { expect, type Page } from "@playwright/test";
import { test } from "../world";
import { say } from "../words";

test.use({ alone: true });

interface File {
  version?: number;
  users: { name: string; disabled?: boolean }[];
  queues: { rona?: string; name: { en: string } }[];
}

async function download(page: Page): Promise<File> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: say.adminConfigurationDownload() }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("hiwar-configuration.json");
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as File;
}

const choose = (page: Page, content: string) =>
  page
    .locator("input[type=file]")
    .setInputFiles({ name: "centre.json", mimeType: "application/json", buffer: Buffer.from(content) });

test("a file is downloaded, changed, looked at and applied while people work", async ({ world }) => {
  const [omar] = await world.requested("omar", "Sara");
  const console = await world.administrator("/admin/configuration");
  const file = await download(console);

  await choose(console, JSON.stringify(file));
  await expect(
    console.getByRole("status").filter({ hasText: say.adminConfigurationNothing() }),
  ).toBeVisible();

  const sales = file.queues.find((queue) => queue.name.en === "Sales");
  const him = file.users.find((user) => user.name === omar.name);
  if (!sales || !him) throw new Error("the sample is another one");
  sales.rona = "2m";
  him.disabled = true;
  await choose(console, JSON.stringify(file));
  await expect(console.getByRole("main")).toContainText('"2m0s"');
  await expect(console.getByRole("main")).toContainText(say.nPlanSignedOut({ n: 1 }));
  await expect(console.getByRole("main")).toContainText(say.nPlanWithdrawn({ n: 1 }));
  await world.look(console, "plan");
  await expect(omar.request("Sara")).toBeVisible(); // nothing happened yet

  await console.getByRole("button", { name: say.actionApply(), exact: true }).click();
  await expect(omar.page).toHaveURL(/\/login/);
  expect((await download(console)).queues.find((queue) => queue.name.en === "Sales")?.rona).toBe("2m0s");

  // It was made from a configuration that is no longer in force.
  await choose(console, JSON.stringify(file));
  await expect(console.getByRole("main").getByRole("alert")).toContainText(say.errorVersionConflict());
});

test("a file that makes no sense names the field", async ({ world }) => {
  const console = await world.administrator("/admin/configuration");
  const file = await download(console);
  const [first] = file.queues;
  if (first) first.rona = "2h";
  await choose(console, JSON.stringify(file));
  await expect(console.getByRole("main").getByRole("alert")).toContainText("queues.0.rona");
  await choose(console, "{");
  await expect(console.getByRole("main").getByRole("alert")).toContainText(say.errorBadJson());
});
