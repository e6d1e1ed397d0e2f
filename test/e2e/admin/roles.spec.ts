import { nothing, overflowing, small } from "../layout";
import { expect, test } from "../world";
import { plain, say } from "../words";

// Whoever is given another role is signed out, so the story has a floor of its own.
test.use({ alone: true });

test("a role is made, given to an agent, and what it permits is there and nothing more", async ({
  world,
  lang,
}) => {
  const console = await world.administrator("/admin/roles");
  const button = (name: string) => console.getByRole("button", { name, exact: true });
  const item = (name: string) =>
    console
      .getByRole("main")
      .getByRole("navigation")
      .getByRole("link", { name: new RegExp(name) });
  const may = (name: string) => console.getByRole("switch", { name, exact: true });

  // The built-in ones are there to be read.
  await item(say.roleSupervisor()).click();
  const builtIn = console.getByRole("region", { name: say.roleSupervisor() });
  await expect(builtIn).toContainText(say.consolePIntervene());
  await expect(builtIn).not.toContainText(say.consolePAudit());
  await expect(console.getByRole("switch")).toHaveCount(0);
  await world.look(console, "built-in");

  await button(say.consoleNew()).click();
  for (const [language, name] of [
    [say.consoleCopyEn({ field: say.consoleName() }), "Trainer"],
    [say.consoleCopyAr({ field: say.consoleName() }), "مدرّب"],
  ] as const)
    await console.getByRole("textbox", { name: plain(language), exact: true }).fill(name);

  // One that permits nothing is none.
  await button(say.actionSave()).click();
  await expect(console.getByRole("main").getByRole("alert")).toContainText(say.consoleFPermissions());
  await may(say.consolePReadAll()).press("Space");
  await may(say.consolePAudit()).press("Space");
  await button(say.actionSave()).click();
  await expect(console.getByText(say.adminSaved()).first()).toBeVisible();
  await world.look(console, "own");
  const size = console.viewportSize();
  await console.setViewportSize({ width: 320, height: 720 });
  await nothing(overflowing, console, "at 320 px");
  await nothing(small, console, "too small to press at 320 px");
  if (size) await console.setViewportSize(size);

  // Layla gets it, and has to sign in again: what is open knows what she might before.
  const layla = await world.agent("layla");
  await expect(layla.page.getByRole("link", { name: say.navAdmin() })).toHaveCount(0);
  const name = lang === "ar" ? "مدرّب" : "Trainer";
  await console
    .getByRole("navigation", { name: say.adminTitle() })
    .getByRole("link", { name: say.adminUsers(), exact: true })
    .click();
  await console
    .getByRole("listitem")
    .filter({ hasText: "layla@" })
    .getByRole("button", { name: say.actionEdit() })
    .click();
  await may(name).press("Space");
  await button(say.actionSave()).click();
  await expect(layla.page).toHaveURL(/\/login/);

  await layla.page.goto((await world.pane("layla")).url);
  await layla.page.getByRole("link", { name: say.navAdmin() }).click();
  await expect(layla.page.getByRole("heading", { name: say.adminAudit(), level: 1 })).toBeVisible();
  const ways = layla.page.getByRole("navigation", { name: say.adminTitle() });
  await expect(ways.getByRole("link")).toHaveText([say.adminAudit()]);
  await world.look(layla.page, "permitted");
  // An address that is not for her says so.
  await layla.page.goto(new URL("/admin/queues", layla.page.url()).href);
  await expect(layla.page.getByRole("main").getByRole("alert")).toContainText(say.errorForbidden());

  // Archived, it permits nothing any more.
  await console
    .getByRole("navigation", { name: say.adminTitle() })
    .getByRole("link", { name: say.consoleRoles(), exact: true })
    .click();
  await item(name).click();
  await button(say.consoleArchive()).click();
  await console
    .getByRole("alertdialog")
    .getByRole("button", { name: say.consoleArchive(), exact: true })
    .click();
  await expect(console.getByText(say.adminSaved()).first()).toBeVisible();
  await layla.page.reload();
  await expect(layla.page).toHaveURL(/\/login/);
});
