import type { BrowserContext } from "@playwright/test";
import { expect, test } from "../world";
import { say } from "../words";

/** As a proxy does that knows nothing of WebSockets. */
const blockSockets = (context: BrowserContext) => context.routeWebSocket(/./, (socket) => socket.close());

test("behind a proxy that lets no socket through, both sides go on over a stream", async ({ world }) => {
  const omar = await world.agent("omar", blockSockets);
  const told = omar.page.getByRole("region", { name: say.netRoundaboutTitle(), exact: true });
  await expect(told).toContainText(say.netRoundabout());
  await world.look(omar.page, "roundabout");
  await told.getByRole("button", { name: say.actionDismiss(), exact: true }).click();
  await expect(told).toBeHidden();

  await omar.available();
  const sara = await world.customer("Sara", blockSockets);
  await sara.ask("Does this come through?");
  await omar.accept("Sara");
  await omar.write("It does.");
  await sara.reads("It does.");
  for (let n = 1; n <= 5; n++) await sara.write(`line ${n}`);
  for (let n = 1; n <= 5; n++) await omar.reads(`line ${n}`);

  // A restart is no end here either.
  await world.server.restart();
  await sara.write("after the restart");
  await omar.reads("after the restart");
  await omar.write("still here");
  await sara.reads("still here");
});
