// Names, figures and keys inside sentences of the other direction (B16–B20, B23–B25, B29).
import { names } from "../../../web/desk/src/stories/scenes/bidi";
import { expect, test, type Locator } from "../scene";
import { say } from "../words";
import { backwards, copied, seen } from "./sight";

const line = async (locator: Locator): Promise<string> =>
  (await seen(locator)).map((l) => l.text).join(" ⏎ ");

/** The parts of a name that a clipped box shows, from its first letter on. */
async function beginning(box: Locator, name: string): Promise<void> {
  const shown = await line(box);
  const visual = /[a-z]/i.test(name) ? shown : backwards(shown);
  expect(visual.length, `"${shown}" of ${name}`).toBeGreaterThan(3);
  expect(visual.length, `"${shown}" is clipped`).toBeLessThan(name.length);
  expect(name.startsWith(visual), `"${shown}" begins ${name}`).toBe(true);
}

test.describe("pieces", () => {
  test.beforeEach(({ book }) => book.turnTo("pieces"));

  test("B16 an Arabic name with a Latin parenthesis stays whole in an English sentence", async ({ book }) => {
    const piece = book.page.locator("[data-piece=B16]");
    expect(await line(piece)).toBe(`Chat with )VIP( ${backwards("محمد")} – Billing`);
    expect(await copied(piece)).toBe(`Chat with ${names.vip} – Billing`);
  });

  test("B17 a Latin name does not take the colon and the number of an Arabic sentence", async ({ book }) => {
    const piece = book.page.locator("[data-piece=B17]");
    expect(await line(piece)).toBe(`${backwards("رسائل")} 3 :Omar (VIP)`);
  });

  test("B18 an Arabic name does not take the colon and the number of an English sentence", async ({
    book,
  }) => {
    expect(await line(book.page.locator("[data-piece=B18]"))).toBe(`${backwards("محمد")}: 3 messages`);
  });

  test("B19 a long Latin name shows its beginning on an Arabic card", async ({ book }) => {
    const box = book.page.locator("[data-piece=B19] > span");
    await beginning(box, names.longLatin);
    // The ellipsis stands after the last letter: there is room for it at the right.
    const [letters] = await seen(box);
    const rect = await box.boundingBox();
    expect((letters?.left ?? 0) - (rect?.x ?? 0)).toBeLessThan(2);
  });

  test("B20 a long Arabic name shows its beginning on an English card", async ({ book }) => {
    const box = book.page.locator("[data-piece=B20] > span");
    await beginning(box, names.longArabic);
    const [letters] = await seen(box);
    const rect = await box.boundingBox();
    expect((rect?.x ?? 0) + (rect?.width ?? 0) - (letters?.right ?? 0)).toBeLessThan(2);
  });

  test("B23 a pair of timers keeps its order in an Arabic line", async ({ book }) => {
    expect(await line(book.page.locator("[data-piece=B23]"))).toContain("00:12 / 01:05");
  });

  test("B24 a sign stands before its number in an Arabic line", async ({ book }) => {
    expect(await line(book.page.locator("[data-piece=B24-minus]"))).toContain(" -5 ");
    expect(await line(book.page.locator("[data-piece=B24-plus]"))).toContain(" +36.30 ");
  });

  test("B25 a counter keeps its order, and a per cent is written as the language does", async ({ book }) => {
    expect(await line(book.page.locator("[data-piece=B25-count]"))).toContain(" 12/1000 ");
    expect(await line(book.page.locator("[data-piece=B25-percent]"))).toMatch(
      book.lang === "ar" ? /^\u200e?84\.5\u200e?[%٪]\u200e?$/ : /^84\.5%$/,
    );
  });

  test("B29 the keys of a shortcut keep their order in an Arabic sentence", async ({ book }) => {
    const piece = book.page.locator("[data-piece=B29]");
    expect(await line(piece)).toBe(`${backwards("لقبول الطلب")} Ctrl + Alt + A ${backwards("اضغط")}`);
  });
});

test("B16 names stay whole in the header, the tasks and the request", async ({ book }) => {
  await book.turnTo("bidi-names");
  const heading = book.page.getByRole("heading", { level: 1, name: names.vip });
  expect(await line(heading)).toBe(`)VIP( ${backwards("محمد")}`);
  const request = book.page.getByRole("region", { name: say.popoverTitle(), exact: true });
  expect(await line(request.getByRole("heading", { name: names.latinVip }))).toBe(names.latinVip);
});

test("B17 the banner of a missed request keeps the name and the time apart", async ({ book }) => {
  await book.turnTo("bidi-names-rona");
  const banner = book.page.getByRole("alert").filter({ hasText: say.ronaBannerTitle() });
  const text = await line(banner);
  // What the sentence says after the name stands where the sentence goes on.
  expect(text).toMatch(
    book.lang === "ar" ? new RegExp(`\\d\\d:\\d\\d .*Omar \\(VIP\\)`) : /Omar \(VIP\) at \d\d:\d\d/,
  );
});

for (const [number, which] of [
  ["B19", "longLatin"],
  ["B20", "longArabic"],
] as const) {
  test(`${number} the tasks show the beginning of a long name`, async ({ book }) => {
    await book.turnTo("bidi-names");
    const card = book.page
      .getByRole("navigation", { name: say.labelTaskList(), exact: true })
      .getByRole("link", { name: new RegExp(names[which].slice(0, 12)) });
    await beginning(card.locator("span[dir=auto]").first(), names[which]);
  });
}

test("B25 no date is shown as the machine writes it", async ({ book }) => {
  for (const scene of ["conversation", "request", "rona", "wrapup"]) {
    await book.open(scene);
    const text = await book.page.locator("body").innerText();
    expect(text, scene).not.toMatch(/\d{4}-\d\d-\d\d/);
  }
});
