// A thread of thousands, of which only what is near its reader is drawn: to
// whoever reads it, by eye, by key or by ear, it is one thread (A14, A15).
import { expect, test, type Book } from "../scene";
import { plain, say } from "../words";
import type { Desk } from "../pages/desk";

const count = 1_500;

async function long(book: Book): Promise<Desk> {
  const desk = await book.open("english");
  await book.drive((drive, count) => drive.fill("mona", count), count);
  await desk.reads(`Message ${count - 1} of a long conversation`);
  return desk;
}

const drawn = (desk: Desk) => desk.thread.locator("[data-item]").count();

/** Scrolls by so much with every frame, and tells how far what is in sight strayed from where it should be. */
async function scroll(desk: Desk, by: number, frames: number): Promise<number> {
  return desk.thread.evaluate(
    async (thread, [by, frames]) => {
      const frame = () => new Promise((painted) => requestAnimationFrame(painted));
      const middle = thread.getBoundingClientRect().top + thread.clientHeight / 2;
      let strayed = 0;
      for (let i = 0; i < frames; i++) {
        const item = [...thread.querySelectorAll("[data-item]")].find(
          (e) => e.getBoundingClientRect().bottom > middle,
        );
        if (!item) throw new Error("nothing is in sight");
        const room = by < 0 ? thread.scrollTop : thread.scrollHeight - thread.scrollTop - thread.clientHeight;
        if (room < Math.abs(by)) throw new Error(`only ${room} px are drawn ahead`);
        const top = item.getBoundingClientRect().top;
        thread.scrollTop += by;
        await frame();
        await frame();
        strayed = Math.max(strayed, Math.abs(item.getBoundingClientRect().top - (top - by)));
      }
      return strayed;
    },
    [by, frames] as const,
  );
}

test("A14 the arrows read a long thread from its end to its beginning, and none is left out", async ({
  own,
}) => {
  const desk = await long(own);
  const read = await own.page.evaluateHandle(() => {
    const all: string[] = [];
    document.addEventListener("focusin", ({ target }) => {
      all.push(/Message (\d+) of/.exec((target as Element).getAttribute("aria-label") ?? "")?.[1] ?? "?");
    });
    return all;
  });
  await desk.thread.press("End");
  for (let i = 0; i < 130; i++) await own.page.keyboard.press("ArrowUp");
  const expected = Array.from({ length: 131 }, (_, i) => String(count - 1 - i));
  await expect.poll(async () => (await read.jsonValue()).slice(-131)).toEqual(expected);
  for (let i = 0; i < 120; i++) await own.page.keyboard.press("ArrowDown");
  await expect(own.page.locator(":focus")).toHaveAccessibleName(new RegExp(`Message ${count - 11} of`));
  await own.page.keyboard.press("Home");
  await expect(own.page.locator(":focus")).toHaveAccessibleName(/Message 0 of/);
  await expect(own.page.locator(":focus")).toBeInViewport();
  await own.page.keyboard.press("End");
  await expect(own.page.locator(":focus")).toHaveAccessibleName(new RegExp(`Message ${count - 1} of`));
  await expect(own.page.locator(":focus")).toBeInViewport();
});

test("what is read stays where it is while more is drawn above and below, and never everything is", async ({
  own,
}) => {
  const desk = await long(own);
  expect(await scroll(desk, -150, 120), "on the way up").toBeLessThan(3);
  expect(await drawn(desk)).toBeLessThan(400);
  expect(await scroll(desk, 150, 60), "on the way down").toBeLessThan(3);
  expect(await drawn(desk)).toBeLessThan(400);
});

test("older messages that are fetched do not move what is read, up to the very first", async ({ own }) => {
  const desk = await own.open("english");
  await own.drive((drive) => drive.fill("mona", 30, 2));
  await desk.reads("Message 29 of a long conversation");
  for (const first of [0, -50]) {
    const strayed = await desk.thread.evaluate(async (thread, first) => {
      const frame = () => new Promise((painted) => requestAnimationFrame(painted));
      const top = (n: number) =>
        [...thread.querySelectorAll("[data-item]")]
          .find((e) => e.textContent?.includes(`Message ${n} of`))
          ?.getBoundingClientRect().top;
      let before: number | undefined;
      do {
        thread.scrollTop = 0;
        before = top(first);
        await frame();
        await frame();
      } while (before === undefined || thread.scrollTop !== 0);
      // Now at the very top of what there is, which asks for more, and where no browser holds what is read by itself.
      let strayed = 0;
      while (top(first - 20) === undefined) {
        window.drive.fetched();
        await frame();
        strayed = Math.max(strayed, Math.abs((top(first) ?? Infinity) - before));
      }
      return strayed;
    }, first);
    expect(strayed, `while the page before message ${first} came`).toBeLessThan(3);
  }
});

test("A15 far up in a long thread the way down counts what came, and goes to the very end", async ({
  own,
}) => {
  const desk = await long(own);
  await desk.thread.press("Home");
  await own.drive((drive) => drive.message("mona", "One more", "And another"));
  const first = desk.thread.getByText("Message 0 of a long conversation");
  await expect(first).toBeInViewport();
  await desk.pane.getByRole("button", { name: plain(say.nMessages({ n: 2 })), exact: true }).click();
  await expect(desk.thread.getByText("And another")).toBeInViewport();
  await expect(desk.pane.getByRole("button", { name: say.threadJump(), exact: true })).toHaveCount(0);
});

test("what one sends is shown, wherever one was reading", async ({ own }) => {
  const desk = await long(own);
  await desk.thread.press("Home");
  await expect(desk.thread.getByText("Message 0 of a long conversation")).toBeInViewport();
  await desk.compose.fill("My answer to all this");
  await desk.compose.press("Enter");
  await expect(desk.thread.getByText("My answer to all this")).toBeInViewport();
  await own.drive((drive) => drive.arrive("mona"));
  await expect(desk.thread.getByText("My answer to all this")).toBeInViewport();
});

test("focus in a message that is no longer drawn stays in the thread", async ({ own }) => {
  const desk = await long(own);
  await desk.thread.press("End");
  await scroll(desk, -300, 100);
  await expect(desk.thread.getByText(`Message ${count - 1} of a long conversation`)).toHaveCount(0);
  await expect(desk.thread).toBeFocused();
});
