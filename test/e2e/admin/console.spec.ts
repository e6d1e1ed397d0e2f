import type { Page } from "@playwright/test";
import { nothing, overflowing, small } from "../layout";
import { expect, test } from "../world";
import { plain, say } from "../words";

// What is set up here is everybody's.
test.use({ alone: true });

test("queues, reasons, hours and assets are set up by their forms", async ({ world, lang }) => {
  const page = await world.administrator("/admin/reasons");
  const field = (name: string) => page.getByRole("textbox", { name: plain(name), exact: true });
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const item = (name: string) =>
    page
      .getByRole("main")
      .getByRole("navigation")
      .getByRole("link", { name: new RegExp(name) });
  const inEnglish = say.consoleCopyEn({ field: say.consoleName() });
  const inArabic = say.consoleCopyAr({ field: say.consoleName() });
  const save = async () => {
    await button(say.actionSave()).click();
    await expect(page.getByRole("status").filter({ hasText: say.consoleDirty() })).toBeHidden();
    await expect(page.getByText(say.adminSaved()).first()).toBeVisible();
    await button(say.actionDismiss()).first().click();
  };
  const visit = (name: string) =>
    page.getByRole("navigation", { name: say.adminTitle() }).getByRole("link", { name, exact: true }).click();

  // What is missing is said at its field, and in a summary that leads to it.
  await button(say.consoleNew()).click();
  await button(say.actionSave()).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(say.consoleErrors());
  await page.getByRole("main").getByRole("alert").getByRole("button").click();
  await expect(field(lang === "ar" ? inArabic : inEnglish)).toBeFocused();
  await field(inEnglish).fill("  Call back  ");
  await field(inArabic).fill("معاودة الاتصال");

  // Unsaved, it is not left without a question.
  await visit(say.adminTeams());
  const question = page.getByRole("alertdialog", { name: say.adminLeave() });
  await question.getByRole("button", { name: say.consoleLeaveStay() }).click();
  await save();
  const name = lang === "ar" ? "معاودة الاتصال" : "Call back";
  await expect(item(name)).toHaveAttribute("aria-current", "true");

  // Hours, and a queue that keeps them.
  await visit(say.consoleHours());
  await button(say.consoleNew()).click();
  await field(inEnglish).fill("Office");
  await field(inArabic).fill("المكتب");
  await field(say.consoleWeekSunday()).fill("9-12، ١٣:٠٠-١٧:٣٠");
  await field(say.consoleWeekMonday()).fill("17:00-09:00");
  await button(say.actionSave()).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(plain(say.consoleFDays()));
  await field(say.consoleWeekMonday()).fill("");
  await save();
  await expect(field(say.consoleWeekSunday())).toHaveValue("09:00-12:00, 13:00-17:30");
  await world.look(page, "hours");
  await narrow(page);

  await visit(say.adminQueues());
  const queue = lang === "ar" ? "الفواتير" : "Billing";
  await item(queue).click();
  const hours = page.getByRole("combobox", { name: say.consoleFHours(), exact: true });
  await hours.fill(lang === "ar" ? "المكتب" : "Office");
  await page.getByRole("option").first().click();
  await field(say.consoleFRona()).fill("9999");
  await button(say.actionSave()).click();
  // The server's refusal, in the words of the form.
  await expect(page.getByRole("main").getByRole("alert")).toContainText(say.consoleFRona());
  await field(say.consoleFRona()).fill("90");
  await world.look(page, "queue");
  await narrow(page, async () => {
    // The ways to the other pages are behind a button, and go away with its second press.
    const ways = page.getByRole("navigation", { name: say.adminTitle() });
    await expect(ways.getByRole("link")).toHaveCount(0);
    await ways.getByRole("button").press("Enter");
    await expect(ways.getByRole("link", { name: say.adminQueues(), exact: true })).toBeVisible();
    await ways.getByRole("button").click();
    await expect(ways.getByRole("link")).toHaveCount(0);
  });

  // Somebody else changed the same queue: whose is to stand is asked, not decided.
  const admin = await world.staff("admin");
  const file = await admin.must<{ queues: { id: string; name: { en: string } }[]; format: string }>(
    "GET",
    "/configuration",
  );
  const theirs = file.queues.find((one) => one.name.en === "Billing");
  await admin.must("PUT", "/configuration", { format: file.format, queues: [{ ...theirs, priority: 2 }] });
  await button(say.actionSave()).click();
  const conflict = page.getByRole("alertdialog", { name: say.consoleConflict() });
  await expect(conflict).toContainText(say.consoleFPriority());
  await conflict.getByRole("button", { name: say.consoleConflictMine() }).click();
  await expect(page.getByText(say.adminSaved()).first()).toBeVisible();
  await expect(field(say.consoleFPriority())).toHaveValue("2");
  await expect(field(say.consoleFRona())).toHaveValue("90");

  // Archiving says what would be left behind; what would make no sense is refused.
  await button(say.consoleArchive()).click();
  const archive = page.getByRole("alertdialog");
  await expect(archive).toContainText(say.consoleUsed());
  await archive.getByRole("button", { name: say.consoleArchive(), exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await expect(button(say.consoleDiscard())).toHaveCount(0);

  await visit(say.consoleReasons());
  await item(name).click();
  await button(say.consoleArchive()).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: say.consoleArchive(), exact: true })
    .click();
  await expect(item(name)).toContainText(say.consoleArchived());

  // A new asset begins from the list, and nothing is asked when nothing of it was filled in.
  await visit(say.adminAssets());
  await button(say.consoleNew()).click();
  await expect(field(say.consoleFColor()).first()).toBeVisible(); // its text, and its picture
  await visit(say.adminAssets());

  // An asset, with a site that is no address.
  await page
    .getByRole("main")
    .getByRole("listitem")
    .first()
    .getByRole("button", { name: say.actionEdit() })
    .click();
  await field(say.consoleFOrigins()).fill("shop");
  await button(say.actionSave()).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(say.consoleFOrigins());
  await field(say.consoleFOrigins()).fill("https://shop.example\n");
  await world.look(page, "asset");
  await save();

  // Its chat as it will stand on a site, in both directions, with the colour that is chosen.
  const frame = (lang: "En" | "Ar") => page.frameLocator(`iframe[title="${say[`consolePreview${lang}`]()}"]`);
  await field(say.consoleFColor()).first().fill("#7a1fa2");
  for (const [which, dir] of [
    ["En", "ltr"],
    ["Ar", "rtl"],
  ] as const) {
    await expect(frame(which).locator("html")).toHaveAttribute("dir", dir);
    const launcher = frame(which).getByRole("button", { expanded: false });
    await expect(launcher).toHaveCSS("background-color", "rgb(122, 31, 162)");
  }
  await world.look(page, "asset-preview");
  await narrow(page);
  await button(say.consoleDiscard()).click();

  // A template as the customer reads it, while it is written.
  await visit(say.consoleTemplates());
  await item(lang === "ar" ? "ترحيب" : "Welcome")
    .first()
    .click();
  const preview = page.getByRole("region", { name: say.consolePreview() });
  await page
    .getByRole("textbox", { name: plain(say.consoleCopyEn({ field: say.consoleFText() })) })
    .fill("Hello @@customer_name, is it <order number>?");
  await expect(preview).toContainText("Hello Sara, is it order number?");
  await expect(preview.locator("mark")).toHaveText(["order number"]);
  await world.look(page, "template-preview");
  await narrow(page);
  await button(say.consoleDiscard()).click();
});

/** At 320 px it is one column, and nothing is cut. */
async function narrow(page: Page, there?: () => Promise<void>): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 720 });
  await nothing(overflowing, page, "at 320 px");
  await nothing(small, page, "too small to press at 320 px");
  await there?.();
  if (size) await page.setViewportSize(size);
}
