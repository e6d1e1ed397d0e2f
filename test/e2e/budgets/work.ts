// What the desk does together with the server.
import { Line } from "../line";
import type { Desk } from "../pages/desk";
import { say } from "../words";
import { expect, type World } from "../world";
import { span, throttle, timed, took } from "./paint";
import { few, full, many, record, rounds, samples, some } from "./record";

const composer = "[data-pane=compose] textarea";
const sent = "[data-mark=sent], [data-mark=delivered], [data-mark=seen]";

/** Customers one after the other: asked, accepted, ended, wrapped up. */
export async function customers(world: World, speed: number): Promise<void> {
  const omar = await world.agent("omar", async (context) => {
    await timed(context);
    await context.addInitScript(noteSounds);
  });
  const page = omar.page;
  await throttle(page, speed);
  const session = await world.staff("omar");
  // At work: before that there is no state to change.
  await omar.available();
  await samples(speed, "change state → shown", some, async () => {
    await session.presence("idle");
    await omar.inState(say.stateIdle());
    return took(page, "keydown", { selector: "[data-pane=header]", text: say.stateAvailable() }, () =>
      page.keyboard.press("Control+Alt+R"),
    );
  });
  await samples(speed, "route change, desk and statistics", some, (i) => {
    const [to, selector, text] =
      i % 2 ? [say.navHome(), "h1", say.homeEmptyTitle()] : [say.navMe(), "h1", say.meTitle()];
    const link = page
      .getByRole("navigation", { name: say.navMain(), exact: true })
      .getByRole("link", { name: to });
    return took(page, "click", { selector, text }, () => link.click());
  });
  const parts = [
    "assignment → popover painted",
    "assignment → sound",
    "accept → caret ready",
    "accept → server confirmed",
    "open Wrap-up",
  ] as const;
  await rounds(speed, parts, full ? 100 : 8, async (i) => {
    const name = `Customer ${i}.`;
    await page.evaluate(() => (window.soundedAt = []));
    const { end } = await span(
      page,
      undefined,
      { selector: "[data-pane=requests] article", text: name },
      () => world.visitor(name, `Question ${i}`),
    );
    const made = Date.parse(
      (await omar.request(name).locator("time").first().getAttribute("datetime")) ?? "",
    );
    await expect.poll(() => page.evaluate(() => window.soundedAt.length)).toBeGreaterThan(0);
    const sounded = (await page.evaluate(() => window.soundedAt[0])) ?? NaN;
    const accept = await span(page, "keydown", { selector: composer, state: "focused" }, () =>
      page.keyboard.press("Control+Alt+A"),
    );
    // Only what the server has confirmed can be ended.
    const confirmed = await span(
      page,
      undefined,
      { selector: "[data-pane=control] button:not([aria-disabled])", text: say.actionEnd() },
      () => Promise.resolve(),
    );
    await expect(omar.heading(name)).toBeVisible();
    return [
      end - made,
      sounded - made,
      accept.end - accept.start,
      confirmed.end - accept.start,
      await endOf(omar),
    ];
  });
}

declare global {
  interface Window {
    /** When a tone was struck, in milliseconds since 1970. */
    soundedAt: number[];
  }
}

function noteSounds(): void {
  window.soundedAt = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) {
    window.soundedAt.push(performance.timeOrigin + performance.now());
    return start.call(this, when);
  };
}

/** Two conversations, back and forth. */
export async function talk(world: World, speed: number): Promise<void> {
  const [omar] = await world.talking("omar", "Sara");
  const mona = await world.visitor("Mona", "Hello");
  await omar.accept("Mona");
  await timed(omar.page.context());
  await omar.page.reload();
  await expect(omar.heading("Mona")).toBeVisible();
  const page = omar.page;
  await throttle(page, speed);
  await samples(speed, "send → sent mark", many, async (i) => {
    const text = `Answer ${i} to Mona.`;
    await omar.compose.fill(text);
    return took(page, "keydown", { selector: sent, text }, () => page.keyboard.press("Enter"));
  });
  await samples(speed, "customer sends → agent sees", many, async (i) => {
    const text = `Question ${i} of Mona.`;
    let began = 0;
    const { end } = await span(page, undefined, { selector: "[data-item]", text }, () => {
      began = Date.now();
      return mona.write(text);
    });
    return end - began;
  });
  await samples(speed, "switch conversation, cached", many, (i) =>
    took(page, "keydown", { selector: "[data-pane=conversation] h1", text: i % 2 ? "Mona" : "Sara" }, () =>
      page.keyboard.press("Control+Alt+8"),
    ),
  );
}

/** The network goes without a word, something is said meanwhile, and it comes back. */
export async function network(world: World, speed: number): Promise<void> {
  let line: Line | undefined;
  const omar = await world.agent("omar", async (context) => {
    await timed(context);
    line = await Line.of(context);
  });
  await omar.available();
  const mona = await world.visitor("Mona", "Hello");
  await omar.accept("Mona");
  await throttle(omar.page, speed);
  await samples(speed, "network back → all is there", few, async (i) => {
    if (!line) throw new Error("no line to cut");
    const text = `Said meanwhile ${i}.`;
    const lost = line.lost;
    // What a browser takes for a lost network leaves open sockets as they are.
    line.silence(true);
    await omar.page.context().setOffline(true);
    await expect(omar.page.getByText(say.netOffline()).first()).toBeVisible();
    await mona.write(text);
    await expect.poll(() => line?.lost).toBeGreaterThan(lost);
    line.silence(false); // a new connection is well
    const time = await took(omar.page, "online", { selector: "[data-item]", text }, () =>
      omar.page.context().setOffline(false),
    );
    await expect(omar.page.getByText(say.netOffline())).toHaveCount(0);
    return time;
  });
}

/** The first load with nothing kept, and a second one. */
export async function loads(world: World, speed: number): Promise<void> {
  const first = await world.agent("omar");
  await first.available();
  const { cookies } = await first.page.context().storageState();
  const address = new URL("/desk", first.page.url()).href;
  await first.page.context().close();
  const usable = { selector: "[data-pane=tasks]", text: say.listEmptyRequests() };
  await rounds(speed, ["cold load → usable list", "warm load → usable list"], some, async () => {
    const context = await world.browser();
    await context.addCookies(cookies);
    await timed(context);
    const page = await context.newPage();
    await throttle(page, speed);
    const load = async () => {
      await page.goto(address, { waitUntil: "commit" });
      return page.evaluate((until) => {
        window.paint.arm(undefined, until);
        return window.paint.span.then(({ end }) => end - performance.timeOrigin);
      }, usable);
    };
    const times = [await load(), await load()];
    await context.close();
    return times;
  });
}

/** The asset of a running conversation is deleted; once, because then it is gone. */
export async function asset(world: World, speed: number): Promise<void> {
  const admin = await world.staff("admin");
  const omar = await world.agent("omar", timed);
  await throttle(omar.page, speed);
  await omar.available();
  await world.visitor("Sara", "Hello");
  await omar.accept("Sara");
  await expect(omar.button(say.actionEnd())).toBeEnabled();
  const list = await admin.must<Record<string, { id: string; name: { en: string } }[]>>("GET", "/assets");
  const store = Object.values(list)
    .flat()
    .find((a) => a.name?.en === world.asset("store"));
  if (!store) throw new Error("no asset to delete");
  let began = 0;
  const { end } = await span(
    omar.page,
    undefined,
    { selector: "[role=alert]", text: say.assetAlertTitle() },
    () => {
      began = Date.now();
      return admin.must("DELETE", `/assets/${store.id}`, { confirmation: store.name.en });
    },
  );
  record(speed, "asset deleted → alert", [end - began]);
}

/**
 * Ends the open conversation by its button, because its keys are taken once a
 * second only: how long until the reasons are there. Gives one.
 */
async function endOf(agent: Desk): Promise<number> {
  const panel = { selector: "[role=dialog]", text: say.wrapupTitle() };
  const press = () => agent.button(say.actionEnd()).click();
  // Answered, so that the first press ends: while the customer wrote last it would ask.
  await agent.write("Done.");
  const time = await took(agent.page, "click", panel, press);
  await agent.wrapUp(say.wrapupReasonResolved());
  return time;
}
