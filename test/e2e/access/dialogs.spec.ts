// Dialogs, lists and the interrupted conversation by keyboard and by ear (A19–A23).
import { expect, test, type Book } from "../scene";
import { plain, say } from "../words";
import { heard, listen, words } from "./heard";

const active = (book: Book) => book.page.locator(":focus");

test("A19 a dialog takes the focus, keeps it, and gives it back", async ({ own }) => {
  const desk = await own.open("conversation");
  const button = desk.button(say.actionTransfer());
  await button.focus();
  await own.page.keyboard.press("Enter");
  const dialog = own.page.getByRole("dialog", { name: say.transferTitle(), exact: true });
  await expect(dialog.getByRole("combobox")).toBeFocused();
  const stops = new Set<string>();
  for (let i = 0; i < 14; i++) {
    await own.page.keyboard.press("Tab");
    const at = await dialog.evaluate((e) =>
      e.contains(document.activeElement) ? (document.activeElement?.outerHTML.slice(0, 80) ?? "") : "outside",
    );
    stops.add(at);
  }
  expect([...stops], "Tab stays inside").not.toContain("outside");
  expect(stops.size).toBeGreaterThan(3);
  // The page behind is out of reach for assistive technology too.
  expect(await desk.compose.evaluate((e) => e.closest("[inert], [aria-hidden=true]") !== null)).toBe(true);
  await own.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
});

test("A20 the list to search is a combobox that says where one is and how many are left", async ({ own }) => {
  const desk = await own.open("conversation");
  const dialog = await desk.openDialog(say.actionTransfer(), say.transferTitle());
  const box = dialog.getByRole("combobox");
  await listen(own.page);
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await own.page.keyboard.press("ArrowDown");
  await expect(box).toHaveAttribute("aria-expanded", "true");
  const list = own.page.getByRole("listbox");
  await expect(list).toBeVisible();
  await expect(box).toHaveAttribute("aria-controls", (await list.getAttribute("id")) ?? "");
  const current = async () => {
    const id = await box.getAttribute("aria-activedescendant");
    return id ? own.page.locator(`[id="${id}"]`).textContent() : null;
  };
  await expect.poll(current).not.toBeNull();
  const first = await current();
  await own.page.keyboard.press("ArrowDown");
  await expect.poll(current).not.toBe(first);
  await own.page.keyboard.press("ArrowUp");
  await expect.poll(current).toBe(first);
  await expect(box).toBeFocused();
  await own.page.keyboard.press("Escape");
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await expect(dialog).toBeVisible(); // the first Escape closes the list only

  // By typing, in Arabic also.
  const [query, option] = own.lang === "ar" ? ["الفوا", "الفواتير"] : ["bill", "Billing"];
  await box.pressSequentially(query);
  await expect(own.page.getByRole("option")).toHaveCount(1);
  await expect.poll(async () => (await words(own.page)).join(" ")).toMatch(/1|واحد/);
  await own.page.keyboard.press("ArrowDown");
  await own.page.keyboard.press("Enter");
  await expect(box).toHaveValue(new RegExp(option));
});

test("A21 refreshing a list says so and moves nothing", async ({ own }) => {
  const desk = await own.open("conversation");
  const dialog = await desk.openDialog(say.actionTransfer(), say.transferTitle());
  const refresh = dialog.getByRole("button", { name: say.actionRefreshList(), exact: true });
  await refresh.focus();
  await listen(own.page);
  await own.page.keyboard.press("Enter");
  await expect
    .poll(() => words(own.page))
    .toContain(plain(say.transferListRefreshedSr({ results: say.nResults({ n: 3 }) })));
  await expect(active(own)).toHaveAccessibleName(say.actionRefreshList());
});

test("A22 wrap-up is announced, belongs to its conversation and traps nobody", async ({ own }) => {
  const desk = await own.open("wrapup");
  const panel = desk.wrapUpPanel;
  await expect(panel).toBeVisible();
  await expect(panel).not.toHaveAttribute("aria-modal", "true");
  await expect(panel.getByRole("heading", { name: say.wrapupTitle(), exact: true })).toBeVisible();
  await expect(desk.group(say.labelWrapup()).getByRole("link").filter({ hasText: /يوسف/ })).toContainText(
    say.statusWrapup(),
  );
  // Tab leaves it, and the other conversations can be used.
  await panel.getByRole("button", { name: say.actionSubmitWrapup(), exact: true }).focus();
  for (let i = 0; i < 30 && (await panel.evaluate((e) => e.contains(document.activeElement))); i++)
    await own.page.keyboard.press("Tab");
  expect(await panel.evaluate((e) => e.contains(document.activeElement))).toBe(false);
  await desk.open("Mona");
  await expect(desk.compose).toBeEditable();
});

test("A23 an asset deleted while typing: the box keeps focus and words, it is said, and End comes next", async ({
  own,
}) => {
  const desk = await own.open("conversation");
  await desk.compose.focus();
  await own.page.keyboard.type("half a sentence");
  await listen(own.page);
  await own.drive((drive) => drive.interrupt("sara"));
  const box = own.page.getByRole("textbox", { name: say.labelCompose(), exact: true });
  await expect(box).toHaveAttribute("aria-disabled", "true");
  await expect(box).toHaveAttribute("readonly", "");
  await expect(box).toBeFocused();
  await expect(box).toHaveValue("half a sentence");
  const said = async () =>
    (await heard(own.page)).filter((s) => s.text.includes(plain(say.assetAlertTitle()))).length;
  await expect.poll(said).toBe(1);
  await own.page.keyboard.press("Tab");
  await expect(active(own)).toHaveAccessibleName(say.actionEnd());
});
