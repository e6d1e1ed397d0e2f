// What the desk does without the server, measured on the storybook.
import type { Page } from "@playwright/test";
import { expect, type Book } from "../scene";
import { say } from "../words";
import { interactions, throttle, timed, took } from "./paint";
import { full, many, record, samples } from "./record";
import { percentile } from "./table";

const composer = "[data-pane=compose] textarea";

/** Writing, sending, pressing and opening with a thread of 500 messages. */
export async function longThread(book: Book, speed: number): Promise<void> {
  const page = book.page;
  await timed(page.context());
  const desk = await book.open("long");
  await throttle(page, speed);
  await desk.compose.focus();
  await samples(speed, "key press → glyph, thread of 500", many, async (i) => {
    if (i % 40 === 0) await desk.compose.fill("");
    const text = `${await desk.compose.inputValue()}${"abcdefghij"[i % 10]}`;
    return took(page, "keydown", { selector: composer, text, state: "value" }, () =>
      page.keyboard.press(text.at(-1) ?? ""),
    );
  });
  await samples(speed, "send → own bubble", many, async (i) => {
    const text = `Answer ${i} of many.`;
    await desk.compose.fill(text);
    return took(page, "keydown", { selector: "[data-item]", text }, () => page.keyboard.press("Enter"));
  });
  const box = await desk.button(say.actionTransfer()).boundingBox();
  if (!box) throw new Error("no button to press");
  await samples(speed, "press → pressed look", many, async () => {
    await page.mouse.move(box.x + 5, box.y + 5);
    const time = await took(page, "pointerdown", { selector: "button:active" }, () => page.mouse.down());
    // Let go elsewhere: nothing is done.
    await page.mouse.move(5, 300);
    await page.mouse.up();
    return time;
  });
  await samples(speed, "open Transfer", many, () => opens(page, "Control+Alt+X"));
  await samples(speed, "open Conference", many, () => opens(page, "Control+Alt+H"));
  await samples(speed, "open the palette", many, () => opens(page, "Control+K"));
  record(speed, "all interactions, Event Timing (p75)", await interactions(page));
}

/** Searching 1,000 agents, and scrolling 5,000 messages. */
export async function crowds(book: Book, speed: number): Promise<void> {
  const page = book.page;
  await timed(page.context());
  const desk = await book.open("english");
  await book.drive((drive) => drive.crowd(1000));
  await throttle(page, speed);
  const dialog = await desk.openDialog(say.actionTransfer(), say.transferTitle());
  await dialog.getByRole("radio", { name: say.labelAgent(), exact: true }).check({ force: true });
  const search = page.getByRole("dialog").getByRole("combobox");
  const perKey = async (i: number) => {
    await search.fill("Agent ");
    const text = `Agent ${i % 10}`;
    return took(page, "keydown", { selector: "input[role=combobox]", text, state: "value" }, () =>
      page.keyboard.press(String(i % 10)),
    );
  };
  await samples(speed, "filter 1,000 agents, per key", many, perKey);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("Control+K");
  await expect(search).toBeFocused();
  await samples(speed, "palette with 1,000 agents, per key", many, perKey);

  // By itself: with so many messages the test runner's own questions are slow.
  await book.open("english");
  await book.drive((drive) => drive.fill("mona", 5000));
  await page.evaluate(() => {
    window.paint.arm(undefined, { selector: "[data-pane=thread]", text: "Message 4999 of" });
    return window.paint.span;
  });
  await samples(speed, "scroll 5,000 messages, longest frame", full ? 10 : 2, () => longestFrame(page));
}

/** A dialog by its keys, and closed again. */
async function opens(page: Page, keys: string): Promise<number> {
  const time = await took(
    page,
    "keydown",
    { selector: "[role=dialog] [role=combobox]", state: "focused" },
    () => page.keyboard.press(keys),
  );
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  return time;
}

/**
 * Up through the thread and down again, 400 px with every frame, five times: the
 * longest of the frames. Each counts with its median, because what else the
 * machine does does not come at the same place every time, and what the page
 * does there does.
 */
async function longestFrame(page: Page): Promise<number> {
  const passes = await page.evaluate(async () => {
    const thread = document.querySelector<HTMLElement>("[data-pane=thread]");
    if (!thread) throw new Error("no thread");
    const passes: number[][] = [];
    for (let pass = 0; pass < 5; pass++) {
      const frames: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      for (let i = 0; i < 60; i++) {
        thread.scrollTop += i < 30 ? -400 : 400;
        const now = await new Promise<number>(requestAnimationFrame);
        frames.push(now - last);
        last = now;
      }
      passes.push(frames);
    }
    return passes;
  });
  const [first = []] = passes;
  return Math.max(
    ...first.map((_, i) =>
      percentile(
        passes.map((frames) => frames[i] ?? NaN),
        0.5,
      ),
    ),
  );
}
