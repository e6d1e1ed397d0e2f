// Writing in two directions, and what others read in titles (B13, B26–B28, B30).
import { expect, test, type Locator } from "../scene";
import { say } from "../words";
import { names } from "../../../web/desk/src/stories/scenes/bidi";
import { seen } from "./sight";

const way = (box: Locator): Promise<string> => box.evaluate((e) => getComputedStyle(e).direction);
const caret = (box: Locator): Promise<number> =>
  box.evaluate((e) => (e as HTMLTextAreaElement).selectionStart);

test("B26 an Arabic sentence stays so while an English product is typed into it and deleted", async ({
  book,
}) => {
  const desk = await book.open("conversation");
  const box = desk.compose;
  await box.fill("أريد شراء هاتف جديد اليوم");
  expect(await way(box)).toBe("rtl");
  await box.press("Home");
  expect(await caret(box)).toBe(0);
  // Forward is to the left in an Arabic line.
  await box.press("ArrowLeft");
  expect(await caret(box)).toBe(1);
  await box.press("End");
  expect(await caret(box)).toBe("أريد شراء هاتف جديد اليوم".length);

  await box.evaluate((e) => (e as HTMLTextAreaElement).setSelectionRange(10, 10));
  for (const letter of "iPhone Pro ") {
    await box.press(letter === " " ? "Space" : letter);
    expect(await way(box), `after ${letter}`).toBe("rtl");
  }
  await expect(box).toHaveValue("أريد شراء iPhone Pro هاتف جديد اليوم");
  for (let i = 0; i < 11; i++) {
    await box.press("Backspace");
    expect(await way(box)).toBe("rtl");
  }
  await expect(box).toHaveValue("أريد شراء هاتف جديد اليوم");
});

test("B27 an empty box begins at the side of the interface, and turns with the first English word", async ({
  book,
}) => {
  const desk = await book.open("conversation");
  const box = desk.compose;
  const send = desk.pane.getByRole("button", { name: say.actionSend(), exact: true });
  const before = await send.boundingBox();
  expect(await way(box)).toBe(book.dir);
  expect(await box.evaluate((e) => getComputedStyle(e).textAlign)).toBe("start");
  await box.fill("123 😀");
  expect(await way(box)).toBe(book.dir);
  await box.fill("");
  await box.pressSequentially("Apple");
  expect(await way(box)).toBe("ltr");
  await box.fill("");
  await box.pressSequentially("تفاحة");
  expect(await way(box)).toBe("rtl");
  expect(await send.boundingBox()).toEqual(before);
});

test("B28 rich text is pasted as its words, with its marks and without its attributes", async ({ own }) => {
  const desk = await own.open("conversation");
  await own.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const words = "السعر \u200f100\u200f ريال";
  await own.page.evaluate(async (words) => {
    const html = `<p dir="ltr" style="color:red" onclick="alert(1)"><b>${words.replaceAll("\u200f", "&rlm;")}</b></p>`;
    await navigator.clipboard.write([
      new ClipboardItem({
        "text/html": new Blob([html], { type: "text/html" }),
        "text/plain": new Blob([words], { type: "text/plain" }),
      }),
    ]);
  }, words);
  await desk.compose.focus();
  await own.page.keyboard.press("Control+V");
  await expect(desk.compose).toHaveValue(words);
  expect(await way(desk.compose)).toBe("rtl");
  await expect(desk.pane.locator("[onclick]")).toHaveCount(0);
});

test("B13 a name that the interface quotes keeps its marks inside the quotation", async ({ book }) => {
  await book.open("conversation");
  await book.drive((drive) => {
    drive.interrupt("sara");
    drive.change("sara", { asset: { id: "ast_1", name: { en: "Hello!", ar: "Hello!" } } });
  });
  const text = (await seen(book.page.getByText("Hello!", { exact: true }).first().locator("..")))
    .map((l) => l.text)
    .join(" ");
  expect(text).toContain('"Hello!"');
});

test("B30 the name in the page's title is isolated", async ({ book }) => {
  await book.open("bidi-names");
  await expect.poll(() => book.page.title()).toContain(`\u2068${names.vip}\u2069`);
});
