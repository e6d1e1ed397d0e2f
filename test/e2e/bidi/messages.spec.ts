// Messages whose pieces must keep their order and their side (B1–B15).
import { texts } from "../../../web/desk/src/stories/scenes/bidi";
import { expect, test, type Book, type Locator, type Page } from "../scene";
import { backwards, copied, seen } from "./sight";

type Case = keyof typeof texts;

/** The bubble that says the text, and its paragraphs. */
async function bubble(book: Book, language: "arabic" | "english", number: Case) {
  await book.turnTo(`bidi-${language}`);
  const at = Object.keys(texts).indexOf(number);
  const message = book.page.getByRole("log").first().getByRole("article").nth(at);
  await message.scrollIntoViewIfNeeded();
  return {
    message,
    paragraphs: message.locator("p[dir]"),
    body: message.locator("p[dir]").first().locator(".."),
  };
}

const dirs = (paragraphs: Locator): Promise<string[]> =>
  paragraphs.evaluateAll((all) => all.map((p) => p.getAttribute("dir") ?? ""));

/** The text hugs the side of the bubble where its direction begins. */
async function startsAt(side: "left" | "right", paragraph: Locator): Promise<void> {
  const [line] = await seen(paragraph);
  const box = await paragraph.boundingBox();
  if (!line || !box) throw new Error("nothing to see");
  const gap = side === "left" ? line.left - box.x : box.x + box.width - line.right;
  expect(gap, `distance from the ${side}`).toBeLessThan(3);
}

/** A customer's bubble stands at the start of the interface, whatever its text says. */
async function atCustomersSide(page: Page, message: Locator, dir: "ltr" | "rtl"): Promise<void> {
  const thread = await page.getByRole("log").first().boundingBox();
  const box = await message.boundingBox();
  if (!thread || !box) throw new Error("nothing to see");
  const left = box.x - thread.x;
  const right = thread.x + thread.width - box.x - box.width;
  if (dir === "ltr") expect(left).toBeLessThan(right);
  else expect(right).toBeLessThan(left);
}

test("B1 an order code keeps its order in an Arabic line, and copies as it was written", async ({ book }) => {
  const { paragraphs, body } = await bubble(book, "arabic", "B1");
  expect((await seen(body))[0]?.text).toBe(`${backwards("جاهز")} 1200-AB/7 ${backwards("رقم الطلب")}`);
  expect(await copied(paragraphs.first())).toBe(texts.B1);
});

test("B2 a product code keeps its order", async ({ book }) => {
  const { paragraphs, body } = await bubble(book, "arabic", "B2");
  expect((await seen(body))[0]?.text).toBe(`${backwards("من فضلك")} AB-1200/X ${backwards("رمز المنتج")}`);
  expect(await copied(paragraphs.first())).toBe(texts.B2);
});

test("B3 a phone number keeps its order, and calls the number", async ({ book }) => {
  const { message, body } = await bubble(book, "arabic", "B3");
  expect((await seen(body))[0]?.text).toContain("+966 55 123 4567");
  await expect(message.locator("a")).toHaveAttribute("href", "tel:+966551234567");
});

test("B4 a phone number alone stands where the customer's language begins", async ({ book }) => {
  const arabic = await bubble(book, "arabic", "B4");
  expect(await dirs(arabic.paragraphs)).toEqual(["rtl"]);
  expect((await seen(arabic.body))[0]?.text).toBe("+966551234567");
  await startsAt("right", arabic.paragraphs.first());
  const english = await bubble(book, "english", "B4");
  expect(await dirs(english.paragraphs)).toEqual(["ltr"]);
  await startsAt("left", english.paragraphs.first());
});

test("B5 an English question ends with its mark at the right, at the customer's side", async ({ book }) => {
  const { message, paragraphs, body } = await bubble(book, "arabic", "B5");
  expect((await seen(body))[0]?.text).toBe(texts.B5);
  await startsAt("left", paragraphs.first());
  await atCustomersSide(book.page, message, book.dir);
});

test("B6 a sentence with more Arabic words runs from the right though it begins in Latin", async ({
  book,
}) => {
  const { paragraphs } = await bubble(book, "arabic", "B6");
  expect(await dirs(paragraphs)).toEqual(["rtl"]);
  const [line] = await seen(paragraphs.first());
  // The first word is at the right, and each Latin word is spelled as ever.
  expect(line?.text).toMatch(/iPhone 15 Pro$/);
  await startsAt("right", paragraphs.first());
});

test("B7 an address is whole, with the bracket it opened, in a line from the right", async ({ book }) => {
  const { message, paragraphs, body } = await bubble(book, "arabic", "B7");
  expect(await dirs(paragraphs)).toEqual(["rtl"]);
  await expect(message.locator("a")).toHaveText("https://ex.com/a?b=1&c=(2)");
  await expect(message.locator("a")).toHaveAttribute("href", "https://ex.com/a?b=1&c=(2)");
  expect((await seen(body))[0]?.text).toBe(`${backwards("هذا الرابط")} https://ex.com/a?b=1&c=(2)`);
});

test("B8 the full stop after an e-mail address belongs to the sentence, at its left end", async ({
  book,
}) => {
  const { message, body } = await bubble(book, "arabic", "B8");
  await expect(message.locator("a")).toHaveAttribute("href", "mailto:ali.k+test@ex.com");
  expect((await seen(body))[0]?.text).toBe(`.ali.k+test@ex.com ${backwards("بريدي")}`);
});

test("B9 a mention does not decide the direction", async ({ book }) => {
  const { paragraphs } = await bubble(book, "english", "B9");
  expect(await dirs(paragraphs)).toEqual(["rtl"]);
  await startsAt("right", paragraphs.first());
});

test("B10 emoji alone are large and stand where the conversation begins", async ({ book }) => {
  const plain = await bubble(book, "arabic", "B9");
  const size = (l: Locator) => l.evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
  const normal = await size(plain.paragraphs.first());
  const { message, paragraphs } = await bubble(book, "arabic", "B10");
  expect(await dirs(paragraphs)).toEqual(["rtl"]);
  expect(await size(paragraphs.first())).toBeGreaterThan(normal * 1.5);
  await startsAt("right", paragraphs.first());
  await atCustomersSide(book.page, message, book.dir);
  expect(await dirs((await bubble(book, "english", "B10")).paragraphs)).toEqual(["ltr"]);
});

test("B11 an Arabic question mark alone runs from the right", async ({ book }) => {
  const { paragraphs, body } = await bubble(book, "arabic", "B11");
  expect(await dirs(paragraphs)).toEqual(["rtl"]);
  expect((await seen(body))[0]?.text).toBe("!؟");
});

test("B12 each line runs its own way, and digits like the line before", async ({ book }) => {
  const { paragraphs } = await bubble(book, "arabic", "B12");
  expect(await dirs(paragraphs)).toEqual(["rtl", "ltr", "ltr"]);
  await startsAt("right", paragraphs.nth(0));
  await startsAt("left", paragraphs.nth(1));
  await startsAt("left", paragraphs.nth(2));
});

test("B13 quotation marks around English in an Arabic sentence are stored and copied unchanged", async ({
  book,
}) => {
  const { paragraphs } = await bubble(book, "arabic", "B13");
  expect(await dirs(paragraphs)).toEqual(["rtl"]);
  expect(await copied(paragraphs.first())).toBe(texts.B13);
});

test("B14 each number of a list stands where its line begins", async ({ book }) => {
  const { paragraphs } = await bubble(book, "arabic", "B14");
  expect(await dirs(paragraphs)).toEqual(["rtl", "ltr", "rtl"]);
  const lines = [];
  for (const i of [0, 1, 2]) lines.push((await seen(paragraphs.nth(i)))[0]?.text);
  expect(lines).toEqual([`${backwards("شحن")} .1`, "2. Billing", `${backwards("دعم")} .3`]);
});

test("B15 a block of code runs from the left and scrolls inside itself, its signs as they were typed", async ({
  book,
}) => {
  const { message } = await bubble(book, "arabic", "B15");
  const block = message.locator("pre");
  const look = await block.evaluate((e) => ({
    dir: getComputedStyle(e).direction,
    font: getComputedStyle(e.querySelector("code") ?? e).fontFamily,
    scrolls: e.scrollWidth > e.clientWidth && /auto|scroll/.test(getComputedStyle(e).overflowX),
  }));
  expect(look).toEqual({ dir: "ltr", font: expect.stringContaining("mono"), scrolls: true });
  await expect(block).toContainText("if (a < b) { return x; }");
  const bubbleBox = await message.boundingBox();
  const thread = await book.page.getByRole("log").first().boundingBox();
  expect(bubbleBox?.width ?? Infinity).toBeLessThan(thread?.width ?? 0);
});

test("B21 the name of a file is one piece, and its extension the true one", async ({ book }) => {
  const desk = await book.open("conversation");
  await book.drive((drive) => drive.message("sara", "وصلني الملف invoicetxt.exe اليوم"));
  const said = desk.thread.getByText("وصلني الملف");
  const file = said.getByText("invoicetxt.exe", { exact: true });
  await expect(file).toHaveAttribute("dir", "ltr");
  expect((await seen(said))[0]?.text).toBe(
    `${backwards("اليوم")} invoicetxt.exe ${backwards("وصلني الملف")}`,
  );
});
