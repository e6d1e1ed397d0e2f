import { expect, test } from "../world";
import { site } from "../pages/site";
import { say } from "../words";

test("the page is left alone until somebody reaches for the chat", async ({ world }) => {
  const context = await world.browser();
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (r) => asked.push(new URL(r.url()).pathname));
  await page.addInitScript(() => {
    const w = window as unknown as { shifted: number };
    w.shifted = 0;
    new PerformanceObserver((list) => {
      for (const e of list.getEntries()) w.shifted += (e as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto((await world.pane("customer")).url);
  const launcher = page.getByRole("button", { name: say.wLaunch() });
  await expect(launcher).toBeVisible();

  // S-widget: one script; no frame, socket, cookie, storage or shift before intent.
  expect(asked.filter((path) => path.startsWith("/api/") || path.startsWith("/widget/"))).toEqual([]);
  expect(asked.filter((path) => path === "/hiwar.js")).toHaveLength(1);
  expect(page.frames()).toHaveLength(1);
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);

  await launcher.hover();
  await expect.poll(() => page.frames().length).toBe(2);
  expect(await page.evaluate(() => (window as unknown as { shifted: number }).shifted)).toBe(0);
  await launcher.click();
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("textbox", { name: say.wName(), exact: true })).toBeFocused();

  // Escape gives the focus back to where it came from.
  await page.keyboard.press("Escape");
  await expect(launcher).toBeFocused();
});

test("the launcher stands at the inline end of the page", async ({ world }) => {
  const customer = await world.customer("Sara");
  await expect(customer.launcher).toBeVisible();
  const width = customer.page.viewportSize()?.width ?? 0;
  const middle = async () => {
    const box = await customer.launcher.boundingBox();
    return (box?.x ?? NaN) + (box?.width ?? NaN) / 2;
  };
  if (world.lang === "en") await expect.poll(middle).toBeGreaterThan(width / 2);
  else await expect.poll(middle).toBeLessThan(width / 2);
  await world.look(customer.page, "shop");
});

test("on a narrow screen the chat takes all of it", async ({ world }) => {
  const customer = await world.customer("Sara");
  await customer.page.setViewportSize({ width: 320, height: 640 });
  await customer.launcher.click();
  await expect(customer.frame.getByRole("textbox", { name: say.wName(), exact: true })).toBeVisible();
  // It rises into its place, so it is there when it has come to rest.
  await expect
    .poll(() => customer.page.locator("iframe").boundingBox())
    .toEqual({ x: 0, y: 0, width: 320, height: 640 });
  await world.look(customer.page, "narrow");
});

test("on a site that is not the asset's the chat steps aside", async ({ world }) => {
  const page = await (await world.browser()).newPage();
  const { origin } = new URL((await world.pane("customer")).url);
  const code = `<script async src="${origin}/hiwar.js" data-key="demo-store"></script>`;
  const elsewhere = await site(() => code, world.lang);
  const said = page.waitForEvent("console", (m) =>
    m.text().includes(`origin_not_allowed: ${elsewhere.origin}`),
  );
  await page.goto(elsewhere.origin);
  const launcher = page.getByRole("button", { name: say.wLaunch() });
  await launcher.hover();
  await said;
  await expect(launcher).toBeHidden();
  elsewhere.server.close();
});
