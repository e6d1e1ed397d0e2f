import { expect, test } from "../world";
import { say } from "../words";

test("the demo shows a customer and two agents on one page", async ({ world }) => {
  // Put back to the first day before the next story, as whoever is at a desk of their own.
  for (const name of ["omar", "layla"] as const) await world.staff(name);
  const page = await (await world.browser()).newPage();
  await page.goto(`${world.server.origin}/try?lang=${world.lang}`);
  await expect(page.getByText(say.demoBadge(), { exact: true })).toBeVisible();
  const [shop, omar, layla] = ["customer", "omar", "layla"].map((name) =>
    page.frameLocator(`[data-pane="${name}"] iframe`),
  );
  await expect(shop!.getByRole("heading", { name: say.demoShopHero() })).toBeVisible();
  for (const desk of [omar!, layla!]) {
    await expect(desk.getByRole("button", { name: say.actionGoAvailable(), exact: true })).toBeVisible();
  }
  await world.look(page, "demo");

  // The three are three people in one browser.
  await omar!.getByRole("button", { name: say.actionGoAvailable(), exact: true }).click();
  await expect(layla!.getByRole("button", { name: say.actionGoAvailable(), exact: true })).toBeVisible();
  await shop!.getByRole("button", { name: say.wLaunch() }).click();
  const chat = shop!.frameLocator("iframe");
  await chat.getByRole("textbox", { name: say.wName(), exact: true }).fill("Sara سارة");
  await chat
    .getByRole("textbox", { name: say.wQuestion(), exact: true })
    .fill("السلام عليكم، طلبي 1200-AB/7 لم يصل");
  await chat.getByRole("button", { name: say.wStart(), exact: true }).click();
  await omar!.getByRole("button", { name: new RegExp(`^${say.actionAccept()}`) }).click();
  const compose = omar!.getByRole("textbox", {
    name: say.labelCompose(),
    exact: true,
  });
  await compose.fill(
    world.lang === "ar" ? "أهلًا يا سارة، أتحقق من الأمر الآن." : "Hello Sara, I am looking at it now.",
  );
  await compose.press("Enter");
  await expect(chat.getByRole("log").getByText(/Sara,|سارة،/)).toBeVisible();
  await world.look(page, "demo-conversation");
});
