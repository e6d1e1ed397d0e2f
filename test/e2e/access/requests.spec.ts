// Requests, for somebody who hears the page or has only a keyboard (A1–A9).
import { expect, test, type Book } from "../scene";
import { plain, say } from "../words";
import { heard, listen, words } from "./heard";

const now = Date.parse("2026-11-22T09:07:12Z");
const queue = (book: Book) => (book.lang === "ar" ? "الفواتير" : "Billing");
const arrival = (book: Book, name: string, n = 30) =>
  plain(say.popoverNewSr({ name, queue: queue(book), secondsLeft: say.nSecondsLeft({ n }) }));

/** A scene on a clock that moves only when told. */
async function still(book: Book, scene: string) {
  await book.page.clock.install({ time: now });
  const desk = await book.open(scene);
  await book.page.clock.pauseAt(now + 60_000);
  await book.drive((drive) => drive.clock());
  await listen(book.page);
  return desk;
}

test("A1 a request that arrives while typing is said once and takes nothing", async ({ own }) => {
  const desk = await still(own, "conversation");
  await desk.compose.focus();
  await own.page.keyboard.type("half a ");
  await own.drive((drive) => drive.request("khalid", "Khalid"));
  await expect(desk.request("Khalid")).toBeVisible();
  await own.page.keyboard.type("sentence");
  await expect(desk.compose).toBeFocused();
  await expect(desk.compose).toHaveValue("half a sentence");
  await own.page.clock.runFor(3_000);
  expect(await words(own.page)).toEqual([arrival(own, "Khalid")]);
  expect((await heard(own.page))[0]?.how).toBe("assertive");
});

test("A2 two requests within a second are said one after the other", async ({ own }) => {
  await still(own, "conversation");
  await own.drive((drive) => drive.request("khalid", "Khalid"));
  await own.page.clock.runFor(400);
  await own.drive((drive) => drive.request("khalid", "Mona"));
  await own.page.clock.runFor(3_000);
  const said = await heard(own.page);
  expect(said.map((s) => s.text)).toEqual([arrival(own, "Khalid"), arrival(own, "Mona")]);
  // Each stays long enough to be noticed, and the first is not cut short by the second.
  for (const s of said) expect((s.gone ?? Infinity) - s.at).toBeGreaterThanOrEqual(1000);
});

test("A3 the time left is said at the start, at half and at ten seconds, and at no other time", async ({
  own,
}) => {
  const desk = await still(own, "empty-available");
  await own.drive((drive) => drive.request("khalid", "Khalid", 40));
  const left = desk.request("Khalid").getByRole("timer", { name: say.labelTimeLeft() });
  await expect(left).toHaveText(plain(say.nSecondsLeft({ n: 40 })));
  await expect(left).toHaveAttribute("aria-live", "off");
  await own.page.clock.runFor(35_000);
  expect([5, 6].map((n) => plain(say.nSecondsLeft({ n })))).toContain(await left.textContent());
  const half = (n: number) => plain(say.popoverHalfTimeSr({ secondsLeft: say.nSecondsLeft({ n }) }));
  const said = await heard(own.page);
  expect(said.map((s) => s.text)).toEqual([arrival(own, "Khalid", 40), half(20), half(10)]);
  expect(said.map((s) => Math.round(s.at / 1000))).toEqual([0, 20, 30]);
});

test("A5 the keyboard reaches the request, and its parts stand in the order of reading", async ({ own }) => {
  const desk = await own.open("request");
  const region = own.page.getByRole("region", { name: say.popoverTitle(), exact: true });
  await desk.compose.focus();
  await own.page.keyboard.press("Control+Alt+P");
  await expect(region.locator(":focus").or(region.and(own.page.locator(":focus")))).toHaveCount(1);

  // And round the panes.
  await desk.compose.focus();
  let reached = false;
  for (let i = 0; i < 12 && !reached; i++) {
    await own.page.keyboard.press("F6");
    reached = await region.evaluate((e) => e.contains(document.activeElement));
  }
  expect(reached, "F6 reaches the request").toBe(true);

  const request = desk.request("Khalid Al-Harbi");
  const text = plain((await request.innerText()).replace(/\s+/g, " "));
  const order = [
    "Khalid Al-Harbi",
    queue(own),
    "00:12",
    "Omar",
    own.lang === "ar" ? "نوفمبر" : "Nov",
    "Is anybody there?",
    plain(say.nSecondsLeft({ n: 18 })),
    say.actionAccept(),
  ];
  let from = 0;
  for (const part of order) {
    const found = text.indexOf(part, from);
    expect(found, `“${part}” after “${text.slice(0, from)}” in “${text}”`).toBeGreaterThanOrEqual(0);
    from = found + part.length;
  }
});

test("A6 a request is accepted by its keys from anywhere, with the caret in the box", async ({ own }) => {
  const desk = await still(own, "conversation");
  await own.drive((drive) => drive.request("khalid", "Khalid"));
  await desk.thread.focus();
  await own.page.keyboard.press("Control+Alt+A");
  await expect(desk.heading("Khalid")).toBeVisible();
  await expect(desk.compose).toBeFocused();
  await own.page.clock.runFor(1_000);
  expect(await words(own.page, "polite")).toContain(plain(say.popoverAcceptedSr({ name: "Khalid" })));
});

test("A7 when a request expires under the focus, the focus goes to the way out, said once", async ({
  own,
}) => {
  const desk = await still(own, "empty-available");
  const offer = await own.drive((drive) => drive.request("khalid", "Khalid"));
  await desk
    .request("Khalid")
    .getByRole("button", { name: new RegExp(`^${say.actionAccept()}`) })
    .focus();
  await own.drive((drive, offer) => drive.gone(offer, "missed"), offer);
  await own.drive((drive) => drive.rona("Khalid"));
  await own.page.clock.runFor(4_000);
  await expect(
    own.page.getByRole("button", { name: say.actionGoAvailable(), exact: true }).first(),
  ).toBeFocused();
  const told = (await words(own.page)).filter((text) => text.includes("RONA"));
  expect(told).toHaveLength(1);
});

test("A8 the banner of a missed request is an alert with icon and word, right after the header", async ({
  own,
}) => {
  await still(own, "conversation");
  await own.drive((drive) => drive.rona("Khalid"));
  const banner = own.page.getByRole("alert").filter({ hasText: say.ronaBannerTitle() });
  await expect(banner).toHaveCount(1);
  await expect(banner.locator("..").locator("svg").first()).toBeVisible();
  await own.page.clock.runFor(30_000);
  await expect(banner).toBeVisible();
  // The first thing that Tab reaches behind the header.
  await own.page.getByRole("banner").first().getByRole("button").last().focus();
  await own.page.keyboard.press("Tab");
  await expect(
    banner.locator("..").getByRole("button", { name: say.actionGoAvailable(), exact: true }),
  ).toBeFocused();
});

for (const [scene, beside] of [
  ["request", true],
  ["request-stack", false],
  ["rona", true],
] as const) {
  test(`A9 what has the focus is never hidden: ${scene}`, async ({ own }) => {
    for (const width of [320, 720, 1100, 1440]) {
      await own.open(scene, { width, height: 800 });
      // What stands beside the conversation comes behind it, and is to be looked at too.
      if (beside && width >= 1440) await expect(own.page.getByRole("tabpanel")).toBeVisible();
      const hidden: string[] = [];
      await own.page.locator("body").press("Tab");
      for (let i = 0; i < 60; i++) {
        const found = await own.page.evaluate(async () => {
          const e = document.activeElement as HTMLElement | null;
          if (!e || e === document.body) return "end";
          const at = (x: number, y: number) => {
            const top = document.elementFromPoint(x, y);
            return (
              top !== null &&
              (e.contains(top) || top.contains(e) || (top.closest("label")?.contains(e) ?? false))
            );
          };
          const seen = () => {
            const box = e.getBoundingClientRect();
            return [0.1, 0.5, 0.9].some((x) =>
              [0.1, 0.5, 0.9].some((y) => at(box.left + box.width * x, box.top + box.height * y)),
            );
          };
          // What is fetched behind the first view may come between the key and this look.
          for (let frames = 0; frames < 30 && !seen(); frames++)
            await new Promise((painted) => requestAnimationFrame(painted));
          return seen() ? "" : `${e.tagName} ${e.getAttribute("aria-label") ?? e.textContent?.slice(0, 30)}`;
        });
        if (found === "end") break;
        if (found) hidden.push(found);
        await own.page.keyboard.press("Tab");
      }
      expect(hidden, `${width} px`).toEqual([]);
    }
  });
}
