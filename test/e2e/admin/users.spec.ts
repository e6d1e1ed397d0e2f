import { expect } from "@playwright/test";
import { test } from "../world";
import { say } from "../words";

// Each story changes who may sign in, so it has a floor of its own.
test.use({ alone: true });

test("somebody new is added, invited, chooses a password and is at work", async ({ world }) => {
  const console = await world.administrator("/admin/users");
  await expect(console.getByRole("heading", { name: say.adminUsers(), level: 1 })).toBeVisible();
  await world.look(console, "users");
  await console.getByRole("button", { name: say.adminUserAdd(), exact: true }).click();
  const form = console.getByRole("dialog", { name: say.adminUserAdd() });

  // What is missing is said at its field.
  await form.getByRole("button", { name: say.actionSave(), exact: true }).click();
  await expect(form.getByRole("textbox", { name: say.labelName() })).toBeFocused();
  await expect(form).toContainText(say.errorEmailInvalidPlain());

  await form.getByRole("textbox", { name: say.labelName() }).fill("دينا Hassan");
  await form.getByRole("textbox", { name: say.labelEmail() }).fill("Dina@Nakheel.example");
  await world.look(console, "new-user");
  await form.getByRole("button", { name: say.actionSave(), exact: true }).click();

  const invitation = console.getByRole("dialog").filter({ hasText: "دينا Hassan" });
  const address = await invitation.getByRole("textbox", { name: say.adminUserInviteLink() }).inputValue();
  await world.look(console, "invitation");
  await console.keyboard.press("Escape");
  await expect(console.getByRole("listitem").filter({ hasText: "dina@nakheel.example" })).toBeVisible();

  const dina = await (await world.browser()).newPage();
  await dina.goto(address);
  await expect(dina.getByRole("heading", { level: 1 })).toContainText("دينا Hassan");
  const password = dina.getByLabel(say.setupPassword(), { exact: true });
  await password.fill("short");
  await dina.getByRole("button", { name: say.welcomeFinish() }).click();
  await expect(password).toBeFocused();
  await world.look(dina, "welcome");
  await password.fill("nine quiet boats at dawn");
  await dina.getByRole("button", { name: say.welcomeFinish() }).click();
  await expect(dina).toHaveURL(/\/desk$/);
  await expect(dina.getByRole("navigation", { name: say.labelTaskList() })).toBeVisible();

  // The link worked once.
  const again = await (await world.browser()).newPage();
  await again.goto(address);
  await expect(again.getByRole("main").getByRole("alert")).toContainText(say.errorLinkExpired());

  // Disabled, she is out at once.
  await console
    .getByRole("listitem")
    .filter({ hasText: "dina@nakheel.example" })
    .getByRole("button", { name: say.adminUserDisable(), exact: true })
    .click();
  await expect(dina).toHaveURL(/\/login/);
});

test("the only administrator cannot be disabled", async ({ world }) => {
  const console = await world.administrator("/admin/users");
  const me = console.getByRole("listitem").filter({ hasText: say.roleAdministrator() });
  await me.getByRole("button", { name: say.adminUserDisable(), exact: true }).click();
  await expect(console.getByRole("main").getByRole("alert")).toContainText(say.errorLastAdministrator());
  await expect(me.getByRole("button", { name: say.adminUserDisable(), exact: true })).toBeVisible();
});
