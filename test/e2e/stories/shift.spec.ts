// A shift at the desk: what an agent meets beside the article's sentences.
import { Line } from "../line";
import type { Desk } from "../pages/desk";
import { plain, say } from "../words";
import { expect, test } from "../world";

/** An item of the profile menu. */
async function inProfile(desk: Desk, name: string) {
  await desk.page.getByRole("button", { name: say.meMenu(), exact: true }).click();
  return desk.page.getByRole("menuitem", { name: new RegExp(`^${name}`) });
}

test.describe("where requests may be declined", () => {
  test.use({ settings: { allow_decline: "true" } });

  test("a request is declined with a reason: the agent is Idle, the customer keeps the place", async ({
    world,
  }) => {
    const [omar] = await world.requested("omar", "Sara", "Hello");
    const layla = await world.agent("layla");
    await omar.noteEndings();
    await omar.request("Sara").getByRole("button", { name: say.actionDecline(), exact: true }).click();
    const reason = omar.page.getByRole("menuitem", { name: say.stateIdleBreak(), exact: true });
    await expect(reason).toBeVisible();
    await world.look(omar.page, "decline");
    await reason.click();
    await omar.ended("Sara", say.popoverDeclined());
    await omar.inState(plain(say.stateIdleFor({ reason: say.idleDeclined() })));
    await expect(omar.ronaBanner).toHaveCount(0);
    await layla.available();
    await layla.accept("Sara");
    await layla.reads("Hello");
  });
});

test("signing out waits for requests and open work, and says why", async ({ world }) => {
  const [omar] = await world.requested("omar", "Sara", "Hello");
  let item = await inProfile(omar, say.actionSignOut());
  await expect(item).toContainText(say.popoverNoSignOut());
  await world.look(omar.page, "no-sign-out");
  await item.click();
  await expect(omar.request("Sara")).toBeVisible();
  await omar.accept("Sara");
  item = await inProfile(omar, say.actionSignOut());
  await expect(item).toContainText(say.errorSignOutOpenWork());
  await item.click();
  await expect(omar.heading("Sara")).toBeVisible();
  await omar.end();
  await omar.wrapUp(say.wrapupReasonResolved());
  item = await inProfile(omar, say.actionSignOut());
  await expect(item).toHaveText(say.actionSignOut());
  await item.click();
  await expect(omar.page).toHaveURL(/\/login/);
});

test("what the customer said before is beside the conversation, each time with its transcript", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("My lamp is broken");
  await omar.accept("Sara");
  await omar.write("A new one is on its way");
  await sara.reads("A new one is on its way");
  await omar.end();
  await omar.wrapUp(say.wrapupReasonFollowUp());
  await sara.frame.getByRole("button", { name: say.wAgain(), exact: true }).click();
  await sara.frame.getByRole("textbox", { name: say.wQuestion(), exact: true }).fill("Where is it?");
  await sara.begin.click();
  await omar.accept("Sara");

  const aside = omar.page.getByRole("complementary", { name: say.labelAuxPane(), exact: true });
  await aside.getByRole("tab", { name: say.customerHistory(), exact: true }).click();
  const past = aside.getByRole("listitem").first().getByRole("button");
  await expect(past).toContainText(world.queue("sales"));
  await expect(past).toContainText(omar.name);
  await expect(past).toContainText(say.wrapupReasonFollowUp());
  await expect(past).toHaveAttribute("aria-expanded", "false");
  await past.click();
  const transcript = aside.getByRole("list", { name: say.transcriptTitle(), exact: true });
  await expect(transcript.getByRole("listitem")).toHaveText([/My lamp is broken/, /A new one is on its way/]);
  await expect(transcript).not.toContainText("Where is it?");
  await world.look(omar.page, "history");
});

test.describe("with an automatic wrap-up", () => {
  test.use({ settings: { "sales.wrapup_auto": "40s" } });

  test("it counts down, can be given more time and stopped, and a reason can be changed afterwards", async ({
    world,
  }) => {
    const [omar] = await world.talking("omar", "Sara", "Hello");
    await omar.end();
    const panel = omar.wrapUpPanel;
    const [before = ""] = plain(say.wrapupAuto({ time: "\0" })).split("\0");
    const left = panel.getByRole("timer").filter({ hasText: before });
    await expect(left).toHaveText(/00:[0-4]\d/);
    await world.look(omar.page, "automatic");
    await panel.getByRole("button", { name: say.actionMoreTime(), exact: true }).click();
    await expect(left).toBeVisible();
    await panel.getByRole("button", { name: say.actionStopTimer(), exact: true }).click();
    await expect(left).toHaveCount(0);
    await expect(panel).toBeVisible();

    await omar.wrapUp(say.wrapupReasonSpam());
    await omar.told(say.wrapupSaved());
    await omar.page.getByRole("button", { name: say.wrapupChange(), exact: true }).click();
    const dialog = omar.page.getByRole("dialog", { name: say.wrapupChange(), exact: true });
    await expect(dialog.getByRole("radio", { name: say.wrapupReasonSpam() })).toBeChecked();
    await dialog.getByRole("radio", { name: say.wrapupReasonResolved() }).check({ force: true });
    await dialog.getByRole("button", { name: say.actionSave(), exact: true }).click();
    await omar.told(say.wrapupChanged());
    await expect(dialog).toBeHidden();
  });
});

test.describe("a desk that stays open", () => {
  test.use({ alone: true });

  test("follows what an administrator sets up, without a reload", async ({ world }) => {
    const [omar] = await world.talking("omar", "Sara", "Hello");
    const admin = await world.staff("admin");
    type Named = { id: string; name: { en: string; ar: string } };
    const file = await admin.must<{
      reasons: (Named & { kind: string })[];
      templates: (Named & { text: { en: string; ar: string } })[];
      queues: (Named & { wrapup_reasons?: string[] })[];
    }>("GET", "/configuration");
    const name = { en: "Warranty", ar: "الضمان" };
    file.templates.push({ id: "warranty", name, text: { en: "Two years.", ar: "سنتان." } });
    file.reasons.push({ id: "warranty_case", kind: "wrapup", name });
    for (const queue of file.queues) queue.wrapup_reasons?.push("warranty_case");
    await admin.must("PUT", "/configuration", file);

    await expect(async () => {
      await omar.compose.fill("");
      await omar.compose.pressSequentially(world.lang === "ar" ? "/الضمان" : "/warranty");
      await expect(omar.page.getByRole("option").filter({ hasText: name[world.lang] })).toHaveCount(1, {
        timeout: 500,
      });
    }).toPass();
    await omar.page.keyboard.press("Enter");
    await expect(omar.compose).toHaveValue(world.lang === "ar" ? "سنتان." : "Two years.");
    await omar.compose.press("Enter");
    await omar.end();
    await omar.wrapUp(name[world.lang]);
  });
});

test("a newer version on the server is said when the connection is back, and taken when it suits", async ({
  world,
}) => {
  let line: Line | undefined;
  const omar = await world.agent("omar", async (context) => (line = await Line.of(context)));
  await omar.available();
  await world.visitor("Sara", "Hello");
  await omar.accept("Sara");
  const { page } = omar;
  const banner = page.getByRole("region", { name: say.netUpdatedTitle(), exact: true });
  const again = async () => {
    await line?.drop();
    await expect(page.getByText(say.netReconnecting()).first()).toBeAttached();
    await expect(page.getByRole("img", { name: new RegExp(say.netLive()) })).toBeVisible();
  };
  await again();
  await expect(banner).toHaveCount(0); // the same as before

  await omar.compose.fill("half a sentence");
  await page.context().route(/\/desk$/, async (route) => {
    if (route.request().resourceType() !== "fetch") return route.continue();
    const script = '<script type="module" crossorigin src="/app/desk/assets/index-of-tomorrow.js">';
    await route.fulfill({ contentType: "text/html", body: `<!doctype html><head>${script}</script></head>` });
  });
  await again();
  await expect(banner).toContainText(say.netUpdated());
  await world.look(page, "updated");
  await banner.getByRole("button", { name: say.netReload(), exact: true }).click();
  await expect(omar.heading("Sara")).toBeVisible();
  await expect(omar.compose).toHaveValue("half a sentence");
  await expect(banner).toHaveCount(0);
});
