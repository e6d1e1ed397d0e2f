// Shortcuts by the physical key: other layouts, AltGr, and a Mac (ux §4.2); and
// the palette's second Enter for what cannot be taken back (§4.3).
import { expect, test, type Book } from "../scene";
import { plain, say } from "../words";
import { listen, words } from "./heard";

/** A press as the system reports it, for keys that this machine's layout does not have. */
const press = (book: Book, code: string, key: string, held: Record<string, boolean>) =>
  book.page.evaluate(
    ([code, key, held]) =>
      void document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { code, key, bubbles: true, cancelable: true, ...held }),
      ),
    [code, key, held] as const,
  );

const both = { ctrlKey: true, altKey: true };

test("on an Arabic layout a shortcut is the same key, whatever it types", async ({ own }) => {
  const desk = await own.open("conversation");
  await desk.compose.focus();
  await press(own, "KeyX", "ء", both);
  await expect(own.page.getByRole("dialog", { name: say.transferTitle(), exact: true })).toBeVisible();
});

test("AltGr types and calls nothing, and neither does a word that is being composed", async ({ own }) => {
  const desk = await own.open("conversation");
  await desk.compose.focus();
  await press(own, "KeyX", "×", { ...both, modifierAltGraph: true });
  await press(own, "KeyX", "x", { ...both, isComposing: true });
  await press(own, "KeyI", "i", both);
  // The third was heard, so the other two were not.
  await expect(
    own.page.getByRole("dialog", { name: say.termNotificationCenter(), exact: true }),
  ).toBeVisible();
  await expect(own.page.getByRole("dialog", { name: say.transferTitle(), exact: true })).toHaveCount(0);
});

test("on a Mac shortcuts are held with Control and Shift, and written with its signs", async ({ own }) => {
  const { page } = own;
  await page.addInitScript(() => Object.defineProperty(navigator, "platform", { get: () => "MacIntel" }));
  const desk = await own.open("request");
  const accept = desk.acceptButton("Khalid Al-Harbi");
  await expect(accept.locator("kbd")).toHaveText("⌃⇧A");
  await expect(accept).toHaveAttribute("aria-keyshortcuts", "Control+Shift+A");
  await page.keyboard.press("Control+Alt+KeyA"); // VoiceOver's own
  await expect(accept).toBeVisible();
  await page.keyboard.press("Meta+KeyK");
  const palette = page.getByRole("combobox", { name: say.paletteTitle(), exact: true });
  await expect(palette).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Shift+KeyA");
  await expect(desk.heading("Khalid Al-Harbi")).toBeVisible();
  await page.keyboard.press("Control+Shift+KeyF");
  const list = page.getByRole("dialog", { name: say.meShortcuts(), exact: true });
  await expect(list.getByText("⌃⇧X", { exact: true })).toBeVisible();
});

test("letters by themselves call nothing until they are wanted, and nothing while one writes", async ({
  own,
}) => {
  const { page } = own;
  const desk = await own.open("conversation");
  const list = page.getByRole("dialog", { name: say.meShortcuts(), exact: true });
  await desk.thread.focus();
  await page.keyboard.press("Shift+Slash");
  await page.keyboard.press("KeyR");
  await expect(desk.thread).toBeFocused();
  await page.keyboard.press("Control+Alt+KeyF");
  await expect(list).toBeVisible();
  await list.getByRole("switch", { name: new RegExp(`^${say.keysSingles()}`) }).press("Space");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await desk.thread.focus();
  await page.keyboard.press("KeyR");
  await expect(desk.compose).toBeFocused();
  await page.keyboard.type("r?");
  await expect(desk.compose).toHaveValue("r?");
  await expect(list).toBeHidden();
  await desk.thread.focus();
  await page.keyboard.press("Shift+Slash");
  await expect(list).toBeVisible();
});

test("the palette asks again, aloud, before it ends a conversation", async ({ own }) => {
  const { page } = own;
  const desk = await own.open("english");
  await listen(page);
  await page.keyboard.press("Control+KeyK");
  const field = page.getByRole("combobox", { name: say.paletteTitle(), exact: true });
  await field.fill(say.actionEnd());
  const end = page.getByRole("option", { name: say.actionEnd() }).first();
  await expect(end).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByText(say.paletteConfirm(), { exact: true })).toBeVisible();
  await expect
    .poll(() => words(page, "assertive"))
    .toContain(plain(say.paletteConfirmSr({ command: say.actionEnd() })));
  await expect(desk.wrapUpPanel).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(field).toBeHidden();
  await expect(desk.wrapUpPanel.or(desk.pane.getByText(say.endHint())).first()).toBeVisible();
});
