// Receiving the request: S1 to S15.
import type { Locator, WebSocketRoute } from "@playwright/test";
import { expect, test, type AgentName, type World } from "../world";
import { plain, say } from "../words";

test("S1 a conversation that is assigned appears as a request on that agent's desktop", async ({ world }) => {
  const [omar, layla] = [await world.agent("omar"), await world.agent("layla")];
  await world.look(omar.page, "empty-desk");
  await omar.available();
  const sara = await world.customer("Sara سارة");
  await sara.launcher.click();
  await expect(sara.frame.getByRole("textbox", { name: say.wName(), exact: true })).toBeFocused();
  await world.look(sara.page, "start-form");
  await sara.page.getByRole("button", { name: say.wClose(), exact: true }).click();
  await sara.ask("طلبي 1200-AB/7 لم يصل");
  await sara.sees(say.wWaiting());
  await expect(omar.request("Sara سارة")).toBeVisible();
  await world.look(omar.page, "request");
  await world.look(sara.page, "waiting");
  // On that agent's desktop and on no other.
  expect((await (await world.staff("layla")).desk()).cards).toEqual([]);
  await expect(layla.page.getByRole("region", { name: say.popoverTitle(), exact: true })).toHaveCount(0);
});

test("S2 the request shows the customer's name", async ({ world }) => {
  const [omar] = await world.requested("omar", "عبد الله بن سعيد");
  await expect(
    omar.request("عبد الله").getByRole("heading", { name: "عبد الله بن سعيد", exact: true }),
  ).toBeVisible();
});

test("S3 the request shows the queue's name", async ({ world }) => {
  const karim = await world.agent("karim");
  await karim.available();
  await world.visitor("Sara", "I was charged twice", "account");
  const request = karim.request("Sara");
  await expect(request.getByText(world.queue("billing"), { exact: true })).toBeVisible();
  await expect(request).toContainText(`${say.labelQueue()}: `);
});

test("S4 the request shows the thread: the last three messages at once, the others by scrolling", async ({
  world,
}) => {
  const [omar] = await world.requested("omar", "Sara", "one", "two", "three", "four", "five");
  const thread = omar.request("Sara").getByRole("log", { name: say.labelThread(), exact: true });
  for (const text of ["three", "four", "five"]) {
    await expect(thread.getByText(text, { exact: true })).toBeInViewport({ ratio: 0.9 });
  }
  await expect(thread.getByText("two", { exact: true })).not.toBeInViewport({ ratio: 0.9 });
  await thread.focus();
  await thread.press("Home");
  await expect(thread.getByText("one", { exact: true })).toBeInViewport({ ratio: 0.9 });
  await expect(thread).toHaveText(/one\s*two\s*three\s*four\s*five/);
});

test("S5 the request shows the agent's name", async ({ world }) => {
  const [omar] = await world.requested("omar", "Sara");
  await expect(omar.request("Sara")).toContainText(plain(say.labelAgentNames({ names: omar.name })));
});

test("S6 the request shows the date, in the organization's time zone", async ({ world }) => {
  const [omar] = await world.requested("omar", "Sara");
  const card = await (await world.staff("omar")).card("Sara");
  const at = new Date(card?.made_at ?? "");
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(world.lang === "ar" ? "ar-u-nu-latn" : "en-GB", {
      timeZone: "Asia/Riyadh",
      ...options,
    }).format(at);
  const date = omar.request("Sara").locator("time").first();
  const long = world.lang === "ar" ? "long" : "short";
  for (const piece of [
    part({ weekday: long }),
    part({ day: "numeric" }),
    part({ month: long }),
    part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  ]) {
    await expect(date).toContainText(piece);
  }
});

test.describe("with six seconds to answer", () => {
  test.use({ settings: { rona: "6s" } });

  test("S7 the timer counts from the moment this agent received the request", async ({ world }) => {
    const [omar, layla] = [await world.agent("omar"), await world.agent("layla")];
    await omar.available();
    const sara = await world.customer("Sara");
    await sara.ask("Is anybody there?");
    await shows(omar.timer(omar.request("Sara")), await receivedAt(world, "omar"));
    await expect(omar.timer(omar.request("Sara"))).toHaveText(/^0?0:0[3-9]$/); // it counts up
    await (await world.staff("layla")).takesTime(10);
    await layla.available();
    await omar.inState(say.stateRona());

    // Sara has been waiting for six seconds and more; Layla has had her for none.
    const received = await receivedAt(world, "layla");
    const missed = (await (await world.staff("omar")).desk()).agent;
    expect(missed.presence).toBe("rona");
    await shows(layla.timer(layla.request("Sara")), received);
    await layla.accept("Sara");
    await shows(layla.timer(layla.pane).first(), received); // and goes on after acceptance …
    await layla.page.reload();
    await shows(layla.timer(layla.pane).first(), received); // … and a reload
    await sara.reads("Is anybody there?");
  });

  async function receivedAt(world: World, name: AgentName): Promise<number> {
    const staff = await world.staff(name);
    let at = "";
    await expect.poll(async () => (at = (await staff.card("Sara"))?.received_at ?? "")).not.toBe("");
    return Date.parse(at);
  }

  /** The timer shows the time since the moment, to the second. */
  async function shows(timer: Locator, since: number): Promise<void> {
    await expect(timer).toBeVisible();
    const before = Date.now();
    const [minutes = 0, seconds = 0] = ((await timer.textContent()) ?? "").split(":").map(Number);
    const after = Date.now();
    const shown = minutes * 60 + seconds;
    expect(shown).toBeGreaterThanOrEqual(Math.floor((before - since) / 1000) - 1);
    expect(shown).toBeLessThanOrEqual(Math.ceil((after - since) / 1000));
  }
});

test("S8 the request has Accept, and no way to decline", async ({ world }) => {
  const [omar] = await world.requested("omar", "Sara");
  await expect(omar.acceptButton("Sara")).toBeVisible();
  await expect(omar.request("Sara").getByRole("button")).toHaveCount(1);
  const staff = await world.staff("omar");
  const offer = (await staff.card("Sara"))?.offer;
  const answer = await staff.ask("POST", `/offers/${offer}/decline`, {});
  expect(answer.code).toBe("decline_not_allowed");
});

test("S9 requests come in the state Available only", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.inState(say.stateIdle());
  const staff = await world.staff("omar");
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await sara.sees(say.wWaiting());
  // What was started is offered in the same moment or not at all.
  expect((await staff.desk()).cards).toEqual([]);
  await omar.chooseState(say.stateIdleLunch());
  await omar.inState(say.stateIdleLunch());
  expect((await staff.desk()).cards).toEqual([]);
  await expect(omar.request("Sara")).toHaveCount(0);

  await omar.chooseState(say.stateAvailable());
  await expect(omar.request("Sara")).toBeVisible();

  // Whoever stops being Available keeps no request: it waits for somebody else.
  await omar.chooseState(say.stateIdle());
  await expect(omar.acceptButton("Sara")).toHaveCount(0);
  expect((await staff.desk()).cards).toEqual([]);
});

test.describe("with three seconds to answer", () => {
  test.use({ settings: { rona: "3s" } });

  test("S10 an agent in RONA gets no request, and only the agent leaves RONA", async ({ world }) => {
    const omar = await world.agent("omar");
    await omar.available();
    await world.visitor("Sara", "Is anybody there?");
    await omar.inState(say.stateRona());

    await world.visitor("Mona", "Me too");
    await world.visitor("Lina", "And I");
    const staff = await world.staff("omar");
    expect((await staff.desk()).cards).toEqual([]);
    await omar.page.reload();
    await omar.inState(say.stateRona());
    const admin = await world.staff("admin");
    const { user } = (await staff.desk()).agent;
    const set = await admin.ask("PUT", `/users/${user}/presence`, { presence: "available" });
    expect(set.code).toBe("state_not_allowed");
    expect((await staff.desk()).agent.presence).toBe("rona");

    await staff.takesTime(10);
    await omar.available();
    for (const name of ["Sara", "Mona", "Lina"]) await expect(omar.request(name)).toBeVisible();
  });

  test("S11 a request that nobody answers says that it expired, goes, and waits for the next agent", async ({
    world,
  }) => {
    const [omar, layla] = [await world.agent("omar"), await world.agent("layla")];
    await omar.available();
    await omar.noteEndings();
    const sara = await world.customer("Sara");
    await sara.ask("Is anybody there?");
    await omar.inState(say.stateRona());
    await expect(omar.acceptButton("Sara")).toHaveCount(0);
    await omar.ended("Sara", say.popoverExpired());
    await expect(omar.group(say.labelRequests()).getByRole("listitem")).toHaveCount(0);
    // To the customer nothing has happened: the place is kept.
    await sara.sees(say.wWaiting());
    await sara.sees(say.nAhead({ n: 0 }));
    await layla.available();
    await expect(layla.request("Sara")).toBeVisible();
  });

  test("S12 the RONA banner offers Available and the idle reasons, and the same chat comes again", async ({
    world,
  }) => {
    const omar = await world.agent("omar");
    await omar.available();
    const sara = await world.visitor("Sara", "Is anybody there?");
    await omar.inState(say.stateRona());
    await expect(omar.ronaBanner).toContainText("Sara");
    await world.look(omar.page, "rona");
    await omar.page.getByRole("button", { name: say.ronaIdle(), exact: true }).click();
    await omar.page.getByRole("menuitem", { name: say.stateIdleBreak(), exact: true }).click();
    await omar.inState(say.stateIdleBreak());
    await expect(omar.ronaBanner).toHaveCount(0);
    expect((await (await world.staff("omar")).desk()).cards).toEqual([]);

    await omar.chooseState(say.stateAvailable());
    await expect(omar.request("Sara")).toBeVisible();
    await omar.inState(say.stateRona()); // missed again
    await (await world.staff("omar")).takesTime(10);
    await omar.available();
    await omar.accept("Sara");
    await omar.reads("Is anybody there?");
    await sara.write("Still here");
    await omar.reads("Still here"); // the thread goes on
  });
});

test("S13 a customer who leaves before anybody accepts takes the request along, without RONA", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello?");
  await expect(omar.request("Sara")).toBeVisible();
  await omar.noteEndings();
  await sara.leave();
  await omar.ended("Sara", say.popoverWithdrawn());
  await omar.inState(say.stateAvailable());
});

test("S14 what the customer writes while the request waits is shown in order, and none is lost", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("first");
  const thread = omar.request("Sara").getByRole("log", { name: say.labelThread(), exact: true });
  await expect(thread).toContainText("first");
  const texts = ["first", "second", "third", "fourth"];
  for (const text of texts.slice(1)) await sara.write(text);
  await expect(thread).toHaveText(new RegExp(texts.join("\\s*")));
  await sara.write("fifth"); // may still be on its way when Accept is pressed
  await omar.accept("Sara");
  for (const text of [...texts, "fifth"]) await omar.readsTimes(text, 1);
  await expect(omar.thread).toHaveText(new RegExp([...texts, "fifth"].join("[^]*")));
});

test("S15 two sessions accept at once: exactly one wins", async ({ world }) => {
  const [omar, sara] = await world.requested("omar", "Sara");
  const second = await world.agent("omar");
  await expect(second.request("Sara")).toBeVisible();
  const buttons = await Promise.all([omar, second].map((desk) => desk.acceptButton("Sara").elementHandle()));
  await Promise.all(buttons.map((button) => button?.evaluate((b) => (b as HTMLElement).click())));
  const staff = await world.staff("omar");
  await expect.poll(async () => (await staff.card("Sara"))?.kind).toBe("active");
  expect((await staff.desk()).agent.occupied).toBe(1);
  for (const desk of [omar, second]) await expect(desk.acceptButton("Sara")).toHaveCount(0);
  expect((await sara.thread()).filter((entry) => entry.kind === "joined")).toHaveLength(1);

  // The server says so to each: of ten presses for another request one is answered with yes.
  await world.visitor("Mona", "Hello");
  await expect(omar.request("Mona")).toBeVisible();
  const offer = (await staff.card("Mona"))?.offer;
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => staff.ask("POST", `/offers/${offer}/acceptance`, {})),
  );
  expect(answers.filter((answer) => answer.status < 300)).toHaveLength(1);
  expect(new Set(answers.flatMap((answer) => answer.code ?? []))).toEqual(new Set(["offer_expired"]));
});

test.describe("with four seconds to answer", () => {
  test.use({ settings: { rona: "4s" } });

  test("S15 Accept that comes after the time is refused, said, and the request leaves the list", async ({
    world,
  }) => {
    let held: (() => void) | undefined;
    const omar = await world.agent("omar", (context) =>
      context.routeWebSocket(/\/api\/v1\/socket$/, (line: WebSocketRoute) => {
        const server = line.connectToServer();
        line.onMessage((frame) => {
          const send = () => server.send(frame);
          if (String(frame).includes('"type":"accept"')) held = send;
          else send();
        });
      }),
    );
    await omar.available();
    await world.visitor("Sara", "Hello");
    await omar.acceptButton("Sara").click();
    const staff = await world.staff("omar");
    await expect.poll(async () => (await staff.desk()).agent.presence).toBe("rona");
    await expect.poll(() => held !== undefined).toBe(true);
    held?.();
    await omar.told(say.errorOfferExpired());
    await omar.inState(say.stateRona());
    await expect(omar.tasks.getByRole("listitem")).toHaveCount(0);
    await expect(omar.heading("Sara")).toHaveCount(0);
    // The other winner is the queue: the request is there for the next agent.
    const layla = await world.agent("layla");
    await (await world.staff("layla")).takesTime(10);
    await layla.available();
    await layla.accept("Sara");
  });

  test("S15 Accept that comes in time wins over the clock", async ({ world }) => {
    const omar = await world.agent("omar");
    await omar.available();
    await world.visitor("Sara", "Hello");
    await omar.acceptButton("Sara").click();
    await expect(omar.timer(omar.pane).first()).toHaveText(/^0?0:(0[6-9]|[1-5]\d)$/);
    await omar.inState(say.stateAvailable());
    await omar.write("Welcome");
  });
});
