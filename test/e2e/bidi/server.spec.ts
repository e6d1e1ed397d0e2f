// What people write and are called, through the server (B21, B22, B30).
import { expect, test } from "../world";
import { say } from "../words";

test("B21 an override in a message turns nothing around", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  await sara.write("see invoice\u202etxt.exe today");
  await omar.reads("see invoicetxt.exe today");
  const text = await omar.thread.innerText();
  expect(text).not.toMatch(/[\u202a-\u202e]/);
});

test("B21 the name of a file is shown without what turned it around, its extension in a piece of its own", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("وصلتني فاتورة");
  await omar.accept("Sara");
  await sara.frame.locator("input[type=file]").setInputFiles({
    name: "invoice\u202efdp.txt.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7 a bill"),
  });
  await sara.frame.getByRole("button", { name: say.actionSend(), exact: true }).click();
  const name = "invoicefdp.txt.pdf";
  for (const thread of [omar.thread, sara.thread]) {
    const file = thread.getByTitle(say.attachDownload({ name }));
    await expect(file).toBeVisible();
    const pieces = file.locator(`[title="${name}"] bdi`);
    await expect(pieces).toHaveText(["invoicefdp.txt", "pdf"]);
    // From left to right on either page: the name, and behind it what it is.
    const places = () => pieces.evaluateAll((all) => all.map((piece) => piece.getBoundingClientRect().left));
    await expect.poll(async () => Math.sign(((x) => (x[1] ?? NaN) - (x[0] ?? NaN))(await places()))).toBe(1);
    expect(await thread.innerText()).not.toMatch(/[\u202a-\u202e]/);
  }
});

test("B22 what a name would do to the lines around it is taken off when it is saved", async ({ world }) => {
  const dirty = "Mona\u202e \u2066Li\u200f";
  const [omar] = await world.requested("omar", "Khalid");
  await omar.accept("Khalid");
  const visitor = await world.visitor(dirty, "Hello");
  const request = omar.page.getByRole("article", { name: "Mona Li", exact: true });
  await expect(request).toBeVisible();
  await omar.accept("Mona Li");
  await expect(omar.heading("Mona Li")).toHaveText("Mona Li");
  await expect(omar.tasks.getByRole("link", { name: /Mona Li/ })).toBeVisible();
  // B30: the title isolates the name, and has nothing else that could turn it.
  await expect.poll(() => omar.page.title()).toContain("\u2068Mona Li\u2069");
  expect(await omar.page.title()).not.toMatch(/[\u202a-\u202e\u200e\u200f]/);
  expect((await omar.page.content()).match(/[\u202a-\u202e]/)).toBeNull();
  const session = await world.staff("omar");
  expect((await session.desk()).cards.map((card) => card.customer.name)).toContain("Mona Li");
  await visitor.leave();
  await expect(omar.wrapUpPanel).toBeVisible();
  await omar.wrapUp(say.wrapupReasonCustomerLeft());
});
