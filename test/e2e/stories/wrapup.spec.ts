// Wrap-up beside the article's sentences: reasons in groups, one's favourites
// among many, and what is written with them.
import type { Locator } from "@playwright/test";
import { nothing, overflowing, small } from "../layout";
import type { Desk } from "../pages/desk";
import { plain, say } from "../words";
import { expect, test, type World } from "../world";

// The reasons are everybody's.
test.use({ alone: true });

interface Reason {
  id: string;
  kind: string;
  name: { en: string; ar: string };
  group?: string;
  archived?: boolean;
}

/** Has the reasons changed by an administrator. */
async function setReasons(world: World, change: (reasons: Reason[]) => Reason[]): Promise<void> {
  const admin = await world.staff("admin");
  const file = await admin.must<{ format: string; reasons: Reason[] }>("GET", "/configuration");
  await admin.must("PUT", "/configuration", { format: file.format, reasons: change(file.reasons) });
}

const noteIn = (panel: Locator): Locator =>
  panel.getByRole("textbox", { name: say.wrapupNote(), exact: true });

/** At 320 px nothing is cut, and all of it can be pressed. */
async function narrow({ page }: Desk, world: World, what: string): Promise<void> {
  await page.setViewportSize({ width: 320, height: 720 });
  await nothing(overflowing, page, `${what} at 320 px`);
  await nothing(small, page, `${what}: too small to press at 320 px`);
  await world.look(page, `${what}-narrow`);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("reasons stand in groups as set up in a form, and are read with the note later", async ({ world }) => {
  const group = say.wrapupReasonEscalated();
  const reason = say.wrapupReasonSpam();
  const page = await world.administrator("/admin/reasons");
  const list = page.getByRole("main").getByRole("navigation");
  await list.getByRole("link", { name: reason }).click();
  await page.getByRole("combobox", { name: say.consoleFReasonGroup(), exact: true }).fill(group);
  await page.getByRole("option", { name: group }).click();
  await world.look(page, "reason");
  await page.getByRole("button", { name: say.actionSave(), exact: true }).click();
  await expect(list.getByRole("link", { name: `${group} › ${reason}` })).toBeVisible();

  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Buy now");
  await omar.accept("Sara");
  await omar.end();
  const panel = omar.wrapUpPanel;
  const within = panel.getByRole("group", { name: group, exact: true });
  await expect(within.getByRole("radio")).toHaveCount(1);
  await expect(panel.getByRole("radio", { name: group })).toHaveCount(0);
  await panel.getByRole("searchbox", { name: say.labelSearchReasons(), exact: true }).fill(group);
  await expect(panel.getByRole("radio")).toHaveCount(1);
  await noteIn(panel).fill("The third time this week");
  await world.look(omar.page, "groups");
  await narrow(omar, world, "groups");
  await omar.wrapUp(reason);
  await omar.told(say.wrapupSaved());

  await sara.frame.getByRole("button", { name: say.wAgain(), exact: true }).click();
  await sara.frame.getByRole("textbox", { name: say.wQuestion(), exact: true }).fill("Hello again");
  await sara.begin.click();
  await omar.accept("Sara");
  const aside = omar.page.getByRole("complementary", { name: say.labelAuxPane(), exact: true });
  await aside.getByRole("tab", { name: say.customerHistory(), exact: true }).click();
  const past = aside.getByRole("listitem").first();
  await expect(past).toContainText(`${group} › ${reason}`);
  await expect(past).toContainText("The third time this week");
  await world.look(omar.page, "history");
});

test("of many reasons one's favourites come first, by keyboard, and in another browser too", async ({
  world,
}) => {
  await setReasons(world, (all) => [
    ...all,
    ...["Warranty", "Delivery", "Returns"].map((en, i) => ({
      id: `more_${i}`,
      kind: "wrapup",
      name: { en, ar: ["الضمان", "التوصيل", "الاسترجاع"][i] ?? "" },
      order: 20 + i,
    })),
  ]);
  const name = world.lang === "ar" ? "التوصيل" : "Delivery";
  const [omar] = await world.talking("omar", "Sara", "Where is it?");
  const other = await world.agent("omar");
  await omar.end();
  const search = omar.wrapUpPanel.getByRole("combobox", { name: say.labelWrapupReason(), exact: true });
  const favorite = omar.wrapUpPanel.getByRole("button", { name: say.wrapupFavorite(), exact: true });
  await expect(search).toBeFocused();
  await omar.page.keyboard.type(name);
  await omar.page.keyboard.press("ArrowDown");
  await omar.page.keyboard.press("Enter");
  await expect(search).toHaveValue(name);
  await expect(favorite).toHaveAttribute("aria-pressed", "false");
  await omar.page.keyboard.press("Tab");
  await expect(favorite).toBeFocused();
  await omar.page.keyboard.press("Space");
  await expect(favorite).toHaveAttribute("aria-pressed", "true");
  await omar.page.keyboard.press("Tab");
  await expect(noteIn(omar.wrapUpPanel)).toBeFocused();
  await world.look(omar.page, "favourite");
  await narrow(omar, world, "favourite");
  await noteIn(omar.wrapUpPanel).press("Control+Enter");
  await omar.told(say.wrapupSaved());

  await world.visitor("Mona", "And mine?");
  await other.accept("Mona");
  await other.end();
  await other.wrapUpPanel.getByRole("combobox").press("ArrowDown");
  const first = other.page.getByRole("listbox").getByRole("group").first();
  await expect(first).toHaveAccessibleName(say.wrapupFavorites());
  await expect(first.getByRole("option")).toHaveText([name]);
  await world.look(other.page, "list");
});

test("where there are no reasons a note is what can be said", async ({ world }) => {
  await setReasons(world, (all) =>
    all.map((reason) => (reason.kind === "wrapup" ? { ...reason, archived: true } : reason)),
  );
  const [omar] = await world.talking("omar", "Sara", "Hello");
  await omar.end();
  const panel = omar.wrapUpPanel;
  await expect(panel).toContainText(say.wrapupEmpty());
  await expect(noteIn(panel)).toBeFocused();
  await omar.page.keyboard.type("Found it herself");
  await world.look(omar.page, "no-reasons");
  await narrow(omar, world, "no-reasons");
  await panel.getByRole("button", { name: say.actionSubmitWrapup(), exact: true }).click();
  await omar.told(say.wrapupSaved());
  await omar.page.getByRole("button", { name: say.wrapupChange(), exact: true }).click();
  const dialog = omar.page.getByRole("dialog", { name: say.wrapupChange(), exact: true });
  const more = dialog.getByRole("textbox", { name: say.wrapupNoteMore(), exact: true });
  await more.fill("in the second drawer");
  await dialog.getByRole("button", { name: say.actionSave(), exact: true }).click();
  await omar.told(plain(say.wrapupChanged()));
});
