// What the eye and the finger need (A25, A26, A28, A30).
import { nothing, overflowing } from "../layout";
import { expect, test, type Page } from "../scene";
import { say } from "../words";

/** What WCAG 1.4.12 lets a reader set. */
const spacing = `*, *::before, *::after { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }`;

/** Text that somebody reads and that is cut off, with no ellipsis to say so. */
async function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    next: for (const e of document.querySelectorAll<HTMLElement>("body *")) {
      if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (e.closest(".sr, [data-live-announcer], svg, textarea, input, [aria-hidden=true]")) continue;
      const style = getComputedStyle(e);
      // Shown to assistive technology alone.
      for (let at: Element | null = e; at; at = at.parentElement)
        if (getComputedStyle(at).clipPath !== "none") continue next;
      if (![...e.childNodes].some((n) => n.nodeType === 3 && n.nodeValue?.trim())) continue;
      if (
        style.overflowY === "hidden" &&
        e.scrollHeight > e.clientHeight + 2 &&
        style.textOverflow !== "ellipsis"
      )
        found.push(`“${e.textContent?.slice(0, 40)}” needs ${e.scrollHeight} and has ${e.clientHeight}`);
    }
    return found;
  });
}

for (const [what, set] of [
  ["text at 200 %", (page: Page) => page.addStyleTag({ content: "html { font-size: 200% !important; }" })],
  ["wide text spacing", (page: Page) => page.addStyleTag({ content: spacing })],
] as const) {
  for (const [scene, width] of [
    ["conversation", 1440],
    ["conversation", 720],
    ["request", 1440],
    ["rona", 720],
    ["wrapup", 1440],
    ["interrupted", 720],
    ["reserved", 720],
    ["empty-idle", 720],
    ["login", 720],
  ] as const) {
    test(`A28 ${what}: ${scene} at ${width}`, async ({ book }) => {
      await book.open(scene, { width });
      await set(book.page);
      await nothing(overflowing, book.page, "too wide");
      await nothing(cut, book.page, "cut");
    });
  }
}

test("A25 in forced colours bubbles have a border, senders a name, and the focus shows", async ({ own }) => {
  await own.page.emulateMedia({ forcedColors: "active" });
  const desk = await own.open("english");
  await own.page.emulateMedia({ forcedColors: "active" });
  const bubbles = desk.thread.locator("[data-last], [data-item] > div").filter({ hasText: /\S/ });
  const borders = await bubbles.evaluateAll((all) => all.map((e) => getComputedStyle(e).borderTopWidth));
  expect(borders.length).toBeGreaterThan(2);
  for (const width of borders) expect(parseFloat(width)).toBeGreaterThanOrEqual(1);
  await expect(desk.thread.getByText(say.labelYou(), { exact: true }).first()).toBeVisible();
  await expect(
    desk.thread.getByText("Mona Lindqvist-Johnson-Smith the Third", { exact: true }).first(),
  ).toBeVisible();
  await desk.compose.press("Tab");
  const ring = () =>
    own.page.locator(":focus").evaluate((e) => ({
      width: getComputedStyle(e).outlineWidth,
      style: getComputedStyle(e).outlineStyle,
    }));
  await expect.poll(async () => parseFloat((await ring()).width)).toBeGreaterThanOrEqual(2);
  expect((await ring()).style).not.toBe("none");
});

test("A26 with reduced motion nothing moves, and the bar steps with the seconds", async ({ own }) => {
  await own.page.emulateMedia({ reducedMotion: "reduce" });
  const moving = () =>
    own.page.evaluate(() =>
      document
        .getAnimations()
        .filter((a) => Number(a.effect?.getComputedTiming().duration ?? 0) > 1)
        .map((a) => {
          const target = (a.effect as KeyframeEffect | null)?.target;
          return `${target?.tagName}.${target?.getAttribute("class")}`;
        }),
    );
  const desk = await own.open("conversation");
  await own.drive((drive) => drive.request("khalid", "Khalid"));
  await expect(desk.request("Khalid")).toBeVisible();
  expect(await moving()).toEqual([]);
  await own.drive((drive) => drive.rona("Khalid"));
  expect(await moving()).toEqual([]);
  const scroll = await desk.thread.evaluate((e) => getComputedStyle(e).scrollBehavior);
  expect(scroll).toBe("auto");
  const transitions = await own.page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((e) =>
        getComputedStyle(e)
          .transitionDuration.split(",")
          .some((d) => parseFloat(d) > 0.001),
      )
      .map((e) => `${e.tagName}.${e.getAttribute("class")}`),
  );
  expect([...new Set(transitions)]).toEqual([]);
});

test("A30 the page says its language, its title follows the conversation, and names of languages say theirs", async ({
  own,
}) => {
  const desk = await own.open("conversation");
  await expect(own.page.locator("html")).toHaveAttribute("dir", own.dir);
  await expect.poll(() => own.page.title()).toContain("سارة العتيبي");
  await desk.open("Mona");
  await expect.poll(() => own.page.title()).toContain("Mona");
  // What a customer wrote is in the customer's language, so that the voice changes.
  const said = desk.thread.getByText("It worked, thank you!");
  expect(await said.evaluate((e) => e.closest("[lang]")?.getAttribute("lang"))).toBe("en");
});

test("A30 a password may be pasted, and managers know the fields", async ({ own }) => {
  await own.open("login");
  await own.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await own.page.evaluate(() => navigator.clipboard.writeText("correct horse battery"));
  const field = own.page.locator("input[type=password]");
  await field.focus();
  await own.page.keyboard.press("Control+V");
  await expect(field).toHaveValue("correct horse battery");
  await expect(field).toHaveAttribute("autocomplete", "current-password");
  await expect(own.page.locator("input[type=email]")).toHaveAttribute("autocomplete", /username|email/);
});
