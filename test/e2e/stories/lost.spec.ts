import { readFileSync } from "node:fs";
import type { WebSocketRoute } from "@playwright/test";
import { expect, test } from "../world";
import { plain, say } from "../words";

test("the server restarts in the middle of a conversation", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("Hello");
  await omar.accept("Sara");
  await omar.write("Before");

  await world.server.restart();
  await sara.write("Written after the restart");
  await omar.reads("Written after the restart");
  await omar.write("And answered");
  await sara.reads("And answered");

  // Killed, nothing that was accepted is gone either.
  await world.server.restart("SIGKILL");
  await omar.write("After the kill");
  await sara.reads("After the kill");
  await omar.inState(say.stateAvailable());
  await omar.end();
  await omar.wrapUp(say.wrapupReasonResolved());
});

test("the customer's connection drops, and nothing is lost or doubled", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  let away = false;
  let line: WebSocketRoute | undefined;
  await sara.page.context().routeWebSocket(/\/api\/v1\/socket$/, (route) => {
    if (away) return void route.close({ code: 4408 });
    line = route;
    route.connectToServer();
  });
  await sara.ask("Hello");
  await omar.accept("Sara");
  await omar.write("Before the tunnel");
  await sara.reads("Before the tunnel");

  away = true;
  await line?.close({ code: 4408 });
  await sara.sees(say.netReconnecting());
  await sara.write("Typed in the tunnel");
  await sara.sees(say.composeQueued());
  await omar.write("Said meanwhile");
  await world.look(sara.page, "reconnecting");

  away = false;
  await sara.reads("Said meanwhile");
  await omar.reads("Typed in the tunnel");
  await sara.write("Out again");
  await omar.reads("Out again");
  for (const text of ["Typed in the tunnel", "Out again"]) {
    await expect(omar.thread.getByText(text, { exact: true })).toHaveCount(1);
    await expect(sara.thread.getByText(text, { exact: true })).toHaveCount(1);
  }
});

test("the customer takes the transcript along", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara سارة");
  await sara.ask("طلبي 1200-AB/7");
  await omar.accept("Sara");
  await omar.write("On its way");
  await sara.reads("On its way"); // or it may come after the end
  await sara.leave();
  const file = sara.page.waitForEvent("download");
  await sara.frame.getByRole("button", { name: say.wTranscript(), exact: true }).click();
  const path = await (await file).path();
  const text = plain(readFileSync(path, "utf8"));
  for (const words of [
    "Sara سارة: طلبي 1200-AB/7",
    `${omar.name}: On its way`,
    plain(say.wJoined({ agent: omar.name })),
    say.wEnded(),
  ]) {
    expect(text).toContain(words);
  }
  await omar.wrapUp(say.wrapupReasonResolved());
});

test("a start whose answer is lost begins one chat", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  let lost = 0;
  await sara.page.context().route("**/conversations", async (route) => {
    if (lost++ > 0) return route.continue();
    // The server has begun it … (only browsers know the demo's host names)
    await route.fetch({
      url: route
        .request()
        .url()
        .replace(/\/\/[^:]+:/, "//127.0.0.1:"),
    });
    await route.abort("connectionreset"); // … and nobody hears of it
  });
  await sara.launcher.click();
  await sara.frame.getByRole("textbox", { name: say.wName(), exact: true }).fill("Sara");
  await sara.frame.getByRole("textbox", { name: say.wQuestion(), exact: true }).fill("Only once");
  const start = sara.frame.getByRole("button", { name: say.wStart(), exact: true });
  await start.click();
  await expect(sara.frame.getByRole("alert")).toContainText(say.wStartFailed());
  await world.look(sara.page, "start-failed");
  await start.click();
  await sara.reads("Only once");
  await expect(omar.group(say.labelRequests()).getByRole("listitem")).toHaveCount(1);
  await omar.accept("Sara");
  await omar.write("Hello");
  await sara.reads("Hello");
});

test("the chat as a page of its own", async ({ world }) => {
  const omar = await world.agent("omar");
  await omar.available();
  const page = await (await world.browser()).newPage();
  await page.goto(`${world.server.origin}/widget/demo-store?lang=${world.lang}`);
  await page.getByRole("textbox", { name: say.wName(), exact: true }).fill("Mona");
  await page.getByRole("textbox", { name: say.wQuestion(), exact: true }).fill("From a link");
  await page.getByRole("button", { name: say.wStart(), exact: true }).click();
  await omar.accept("Mona");
  await omar.write("Welcome");
  await expect(page.getByRole("log").getByText("Welcome", { exact: true })).toBeVisible();
  await world.look(page, "alone");
});
