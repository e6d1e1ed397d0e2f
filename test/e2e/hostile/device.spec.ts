// Devices and people that no desk was made for: a clock that is wrong, a
// storage that is shut, names that are hardly names, and very long pastes.
import { expect, test } from "../world";
import { say } from "../words";

/** As much as the compose box holds: eight times what can be sent. */
const boxLimit = 8000;

for (const [how, hours] of [
  ["an hour fast", 1],
  ["an hour slow", -1],
] as const) {
  test(`a clock that is ${how}: times are the server's`, async ({ world }) => {
    const omar = await world.agent("omar", (context) =>
      context.addInitScript((offset) => {
        const Real = Date;
        const wrong = class extends Real {
          constructor(...args: unknown[]) {
            super(...((args.length > 0 ? args : [Real.now() + offset]) as [number]));
          }
          static override now() {
            return Real.now() + offset;
          }
        };
        globalThis.Date = wrong as DateConstructor;
      }, hours * 3_600_000),
    );
    expect(
      await omar.page.evaluate(() => Date.now() - performance.timeOrigin - performance.now()),
    ).not.toBeCloseTo(0, -5);
    await omar.available();
    const sara = await world.visitor("Sara", "Hello");
    const request = omar.request("Sara");
    await expect(omar.timer(request)).toHaveText(/^0?0:\d\d$/);
    // Of 150 seconds there are most left, neither none nor an hour.
    const left = request.getByRole("timer", { name: say.labelTimeLeft(), exact: true });
    const seconds = Number(/\d+/.exec((await left.textContent()) ?? "")?.[0]);
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThanOrEqual(150);
    await omar.accept("Sara");
    await expect(omar.timer(omar.pane).first()).toHaveText(/^0?[0-2]:\d\d$/);
    await omar.write("Hello Sara");
    // What she writes stands after it once it is stored, and is then the last.
    await expect.poll(async () => (await sara.thread()).at(-1)?.text).toBe("Hello Sara");
    await sara.write("Thank you");
    await omar.reads("Thank you");
    // Both stand under the time they were stored at.
    const times = await omar.thread.getByRole("article").locator("time").allTextContents();
    const now = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Riyadh", hour: "2-digit", hour12: false });
    const hour = (at: number) => now.format(at);
    for (const time of times) {
      expect([hour(Date.now()), hour(Date.now() - 120_000)]).toContain(time.slice(0, 2));
    }
    await expect(omar.thread.getByText(say.threadDayToday(), { exact: true })).toBeVisible();
    // One thing only is about the last minute: that the customer wrote in it.
    await omar.button(say.actionEnd()).click();
    await expect(omar.pane.getByText(say.endAgainRecent())).toBeVisible();
  });
}

test("a browser that denies storage: everything can be done", async ({ world }) => {
  const shut = () => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    }
  };
  const omar = await world.agent("omar", (context) => context.addInitScript(shut));
  const faults: string[] = [];
  omar.page.on("pageerror", (error) => faults.push(error.message));
  await omar.available();
  const sara = await world.customer("Sara", (context) => context.addInitScript(shut));
  await sara.ask("Hello");
  await omar.accept("Sara");
  await omar.write("Hello Sara");
  await sara.reads("Hello Sara");
  await sara.write("Thank you");
  await omar.reads("Thank you");
  await omar.compose.fill("a draft");
  await omar.end();
  await omar.wrapUp(say.wrapupReasonResolved());
  await sara.sees(say.wEnded());
  expect(faults).toEqual([]);
});

test("a storage that is full: everything can be done", async ({ world }) => {
  const omar = await world.agent("omar", (context) =>
    context.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    }),
  );
  await omar.available();
  const sara = await world.visitor("Sara", "Hello");
  await omar.accept("Sara");
  await omar.write("Hello Sara");
  await expect.poll(async () => (await sara.thread()).at(-1)?.text).toBe("Hello Sara");
});

test("names of emoji only, of eighty wide letters, and with an override are shown whole and harm nothing", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const wide = "﷽".repeat(79) + "م";
  const override = "Sara \u202Eevil\u202C أمينة";
  await world.visitor("🦊🙂", "emoji");
  await world.visitor(wide, "wide");
  await world.visitor(override, "override");
  for (const text of ["emoji", "wide", "override"]) {
    const request = omar.page.getByRole("article").filter({ hasText: text });
    await expect(request).toBeVisible();
    await expect.poll(async () => (await request.boundingBox())?.width).toBeLessThanOrEqual(400);
  }
  await world.look(omar.page, "hostile-names");
  // What follows the name on the line does not run the other way.
  const names = (await (await world.staff("omar")).desk()).cards.map((card) => card.customer.name);
  expect(names.join("")).not.toMatch(/[\u202A-\u202E]/);
  for (const text of ["emoji", "wide", "override"]) {
    const request = omar.page.getByRole("article").filter({ hasText: text });
    await request.getByRole("button", { name: new RegExp(`^${say.actionAccept()}`) }).click();
    await expect(omar.thread.getByText(text, { exact: true })).toBeVisible();
    await expect(omar.pane.getByRole("heading", { level: 1 })).toBeVisible();
    // The buttons stay where they are, and the page does not scroll sideways.
    await expect(omar.button(say.actionEnd())).toBeInViewport({ ratio: 1 });
    await expect
      .poll(() => omar.page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
  }
  await world.look(omar.page, "hostile-name-open");
});

test("a paste of a hundred thousand characters is cut aloud, and what stays is not sent", async ({
  world,
}) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  await omar.compose.focus();
  await omar.page.keyboard.insertText("كلمة ".repeat(20_000));
  await expect(omar.pane.getByText(say.composeCut({ n: boxLimit })).first()).toBeVisible();
  await expect(omar.pane.getByText(say.nCharsOver({ n: boxLimit - 1000 })).first()).toBeVisible();
  await omar.compose.press("Enter");
  expect((await omar.compose.inputValue()).length).toBe(boxLimit);
  await omar.compose.fill("short again");
  await omar.compose.press("Enter");
  await expect.poll(async () => (await sara.thread()).at(-1)?.text).toBe("short again");
});

test("control characters are taken out of a paste aloud, and isolates nobody closed turn nothing around", async ({
  world,
}) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  await omar.compose.focus();
  await omar.page.keyboard.insertText("bell\u0007 turned\u202e around");
  await expect(omar.compose).toHaveValue("bell turned around");
  await expect(omar.pane.getByText(say.composeCleaned(), { exact: true }).first()).toBeVisible();
  await omar.compose.fill("open \u2067 for ever");
  await omar.compose.press("Enter");
  await expect(omar.compose).toHaveValue("");
  await sara.write("left \u2066 open \u2067 twice");
  await omar.reads("left");
  const texts = async () => (await sara.thread()).flatMap((entry) => entry.text ?? []);
  await expect.poll(async () => (await texts()).length).toBe(3);
  for (const text of await texts()) {
    expect(text).not.toMatch(/[\u0007\u202a-\u202e]/);
    expect(text.match(/[\u2066-\u2068]/g)?.length ?? 0, JSON.stringify(text)).toBe(
      text.match(/\u2069/g)?.length ?? 0,
    );
  }
});
