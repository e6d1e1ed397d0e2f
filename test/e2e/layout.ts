// What can be said of a page by measuring it.
import { expect, type Page } from "@playwright/test";

/**
 * Nothing is found wrong with a page at rest. What follows a change of its size
 * or its letters is drawn a moment after it, so one look may see the page on
 * its way; the story goes on, and fails in the end.
 */
export async function nothing(
  wrong: (page: Page) => Promise<string[]>,
  page: Page,
  where: string,
): Promise<void> {
  await expect
    .configure({ soft: true })
    .poll(() => wrong(page), { message: where })
    .toEqual([]);
}

/** Everything whose place is layout and not language. */
const boxes = [
  "header, nav, main, section, aside, article, footer, form, dialog",
  "h1, h2, h3, li, dl, dt, dd, hr",
  "button, a, input:not([type=radio]), textarea, label, kbd, svg",
  "[role], [data-pane], [data-message], [data-box]",
].join(", ");

/**
 * Where pieces of text stand inside a line is the language's business: isolates
 * and whatever has a direction of its own. What code and not layout places is
 * asked about where it is made.
 */
const apart = "bdi, [dir], [data-live-announcer], [data-trigger], .sr";

interface Box {
  what: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

async function measure(page: Page): Promise<Box[]> {
  return page.evaluate(
    ([boxes, apart]) =>
      [...document.querySelectorAll<HTMLElement>(`body :is(${boxes})`)]
        .filter((e) => !e.parentElement?.closest(apart)?.matches(":not(html)") && !e.matches(apart))
        .map((e) => {
          const { x, y, width, height } = e.getBoundingClientRect();
          const label = e.getAttribute("aria-label") ?? e.textContent?.slice(0, 40) ?? "";
          const kind = `${e.tagName.toLowerCase()}.${String(e.getAttribute("class") ?? "").split(" ")[0]}`;
          return { what: `${kind} “${label}”`, x, y, width, height };
        })
        // What is not shown, or only to assistive technology, has no place.
        .map((box) =>
          box.width <= 1 || box.height <= 1 ? { ...box, x: NaN, y: 0, width: 0, height: 0 } : box,
        ),
    [boxes, apart] as const,
  );
}

/**
 * What does not stand where it would in a mirror: the page is laid out in its
 * own direction and in the other one, and the boxes of the second, flipped, are
 * held to those of the first.
 */
export async function unmirrored(page: Page): Promise<string[]> {
  const turn = () =>
    page.evaluate(async () => {
      const root = document.documentElement;
      root.dir = root.dir === "rtl" ? "ltr" : "rtl";
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
      return root.clientWidth;
    });
  let before = await measure(page);
  let width = 0;
  let after: Box[] = [];
  // What comes by itself may come in between: then it is all measured again.
  for (let tries = 0, moved = true; moved && tries < 10; tries++) {
    width = await turn();
    after = await measure(page);
    await turn();
    const again = await measure(page);
    moved = JSON.stringify(again) !== JSON.stringify(before);
    if (moved) before = again;
  }
  const found: string[] = [];
  if (before.length !== after.length) found.push(`${before.length} boxes became ${after.length}`);
  before.forEach((a, i) => {
    const b = after[i];
    if (!b) return;
    const mirrored = { ...b, x: width - b.x - b.width };
    for (const side of ["x", "y", "width", "height"] as const) {
      if (Math.abs(a[side] - mirrored[side]) > 1) {
        found.push(`${a.what}: ${side} ${a[side].toFixed(1)}, mirrored ${mirrored[side].toFixed(1)}`);
        return;
      }
    }
  });
  return found;
}

/** What is wider than the page, or whose text is cut without saying so. */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    const width = root.clientWidth;
    if (root.scrollWidth > width) found.push(`the page scrolls sideways: ${root.scrollWidth} px`);
    const name = (e: Element) =>
      `${e.tagName.toLowerCase()}.${String(e.getAttribute("class") ?? "").split(" ")[0]} “${
        e.getAttribute("aria-label") ?? e.textContent?.slice(0, 40)
      }”`;
    // Inside something that scrolls sideways by itself, or is hidden from the eye, anything may be wide.
    const excused = (e: Element) => {
      for (let at: Element | null = e; at; at = at.parentElement) {
        if (at.matches(".sr, [data-live-announcer]")) return true;
        const style = getComputedStyle(at);
        // The cut that an ellipsis tells of.
        if (at !== e && style.textOverflow === "ellipsis") return true;
        if (
          style.clipPath !== "none" ||
          (at !== e && /auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth)
        )
          return true;
      }
      return false;
    };
    for (const e of document.querySelectorAll<HTMLElement>("body *")) {
      if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || excused(e)) continue;
      const box = e.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      if (box.left < -1 || box.right > width + 1)
        found.push(`${name(e)} reaches from ${box.left.toFixed(0)} to ${box.right.toFixed(0)} of ${width}`);
      const style = getComputedStyle(e);
      const cut =
        style.overflowX !== "visible" &&
        style.textOverflow !== "ellipsis" &&
        !/auto|scroll/.test(style.overflowX);
      const bursts = e.matches("button, a, [role=button]") && style.overflowX === "visible";
      if (
        (cut || bursts) &&
        e.clientWidth > 0 &&
        e.scrollWidth > e.clientWidth + 1 &&
        !e.matches("input, textarea")
      )
        found.push(`${name(e)} needs ${e.scrollWidth} px and has ${e.clientWidth}`);
    }
    return found;
  });
}

/**
 * What is smaller than a finger needs (A27): 24 px either way, and 40 px high
 * what is to be pressed first. A link in running text may be as high as its
 * line; what stands under a label is pressed on the label.
 */
export async function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const targets =
      "a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=option], [role=menuitem]";
    for (const e of document.querySelectorAll<HTMLElement>(targets)) {
      const target = (e.matches("input[type=radio], input[type=checkbox]") && e.closest("label")) || e;
      if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (target.closest(".sr, [inert], [aria-hidden=true]") || target.matches("p a")) continue;
      const { width, height } = target.getBoundingClientRect();
      // Out of the page until it has the focus.
      if (getComputedStyle(target).clipPath !== "none" || width * height <= 1) continue;
      const first = /(^| )Button_primary_/.test(e.className) || e.matches("[class*=Button_success_]");
      if (width < 23.9 || height < (first ? 39.9 : 23.9))
        found.push(
          `${e.tagName.toLowerCase()} “${e.getAttribute("aria-label") ?? e.textContent?.slice(0, 40)}”: ` +
            `${width.toFixed(0)} × ${height.toFixed(0)}${first ? ", and is primary" : ""}`,
        );
    }
    return [...new Set(found)];
  });
}
