// How the times are taken. A press is timed by the time stamp that the browser
// gave its event; the end is a paint: from the change of the page that shows
// what was waited for, the next animation frame begins the drawing, and a
// message posted in it is delivered after the frame went out. Both are moments
// of the machine's clock, so what begins on one page may end on another.
// Nothing of the test runner's own work lies between.
import type { BrowserContext, Page } from "@playwright/test";

/** What has to be on the page. */
export interface Until {
  selector: string;
  /** Some element of the selector contains it. */
  text?: string;
  /** It has the focus, or it is a field with that text in it. */
  state?: "shown" | "focused" | "value";
}

/** Moments in milliseconds since 1970, with fractions. */
export interface Span {
  start: number;
  end: number;
}

interface Watch {
  arm(event: string | undefined, until: Until): void;
  span: Promise<Span>;
  /** Durations of the interactions so far, by Event Timing; those too short to be reported are left out. */
  slow(): number[];
}

declare global {
  interface Window {
    paint: Watch;
  }
  interface Performance {
    readonly interactionCount?: number;
  }
}

function install(): void {
  const slow = new Map<number, number>();
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId?: number })[]) {
      const id = entry.interactionId ?? 0;
      if (id > 0) slow.set(id, Math.max(slow.get(id) ?? 0, entry.duration));
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  // What shows without the page being changed: what is written, focused, pressed.
  const signs = ["input", "focusin", "pointerdown"];
  const holds = ({ selector, text = "", state = "shown" }: Until): boolean => {
    const found = [...document.querySelectorAll<HTMLElement>(selector)];
    if (state === "value") return found.some((e) => (e as HTMLTextAreaElement).value.includes(text));
    if (state === "focused") return found.some((e) => e === document.activeElement);
    return found.some(
      (e) => e.textContent?.replace(/[\u2068\u2069]/g, "").includes(text) && e.getClientRects().length > 0,
    );
  };
  window.paint = {
    slow: () => [...slow.values()],
    span: Promise.resolve({ start: 0, end: 0 }),
    arm(event, until) {
      let start = performance.now();
      if (event) addEventListener(event, (e) => (start = e.timeStamp), { capture: true, once: true });
      this.span = new Promise((done) => {
        let met = false;
        const check = () => {
          if (met || !holds(until)) return;
          met = true;
          observer.disconnect();
          for (const name of signs) document.removeEventListener(name, check);
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () =>
              done({
                start: performance.timeOrigin + start,
                end: performance.timeOrigin + performance.now(),
              });
            port2.postMessage(0);
          });
        };
        const observer = new MutationObserver(check);
        const all = { subtree: true, childList: true, characterData: true, attributes: true };
        observer.observe(document, all);
        for (const name of signs) document.addEventListener(name, check);
        check();
      });
    },
  };
}

/** Lets every page of the context be timed. */
export async function timed(context: BrowserContext): Promise<void> {
  await context.addInitScript(install);
}

/** From the next event of that name, or from now, until the page has painted it. */
export async function span(
  page: Page,
  event: string | undefined,
  until: Until,
  act: () => Promise<unknown>,
): Promise<Span> {
  await page.evaluate(([event, until]) => window.paint.arm(event, until), [event, until] as const);
  await act();
  // What never comes is said, not waited for.
  const seconds = 30;
  const never = new Promise<never>((_, fail) =>
    setTimeout(
      () => fail(new Error(`not painted within ${seconds} s: ${JSON.stringify(until)}`)),
      seconds * 1000,
    ).unref(),
  );
  return Promise.race([page.evaluate(() => window.paint.span), never]);
}

/** As span, in milliseconds. */
export async function took(...given: Parameters<typeof span>): Promise<number> {
  const { start, end } = await span(...given);
  return end - start;
}

/** The interactions of a page so far: those that Event Timing does not report count as 8 ms. */
export async function interactions(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const slow = window.paint.slow();
    const quick = Math.max(0, (performance.interactionCount ?? slow.length) - slow.length);
    return [...slow, ...Array<number>(quick).fill(8)];
  });
}

/** Makes a page as slow as the reference machine: a quarter of the processor, 20 Mbit/s and 40 ms for what it fetches. */
export async function throttle(page: Page, cpu: number): Promise<void> {
  if (cpu === 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 40,
    downloadThroughput: 2_500_000,
    uploadThroughput: 2_500_000,
  });
}
