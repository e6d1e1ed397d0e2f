// An asset that asks browsers to compute before a chat: whoever writes notices
// nothing of it.
import type { Request } from "@playwright/test";
import { expect, test } from "../world";
import { say } from "../words";

test.use({ alone: true });

test("a browser works before a chat, and nobody has to see or solve anything", async ({ world }) => {
  const page = await world.administrator();
  const asset = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ hasText: world.asset("store") });
  await asset.getByRole("button", { name: say.actionEdit() }).click();
  const work = page.getByRole("radiogroup", { name: say.consoleFWork(), exact: true });
  await work.getByRole("radio", { name: say.consoleVWorkLight(), exact: true }).check();
  await world.look(page, "asset");
  await page.getByRole("button", { name: say.actionSave(), exact: true }).click();
  await expect(page.getByText(say.adminSaved()).first()).toBeVisible();

  const sara = await world.customer("Sara");
  const starts: Request[] = [];
  sara.page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/conversations")) starts.push(request);
  });
  await sara.ask("Did anything have to be solved?");
  await world.look(sara.page, "asked");
  expect(starts.map((start) => (start.postDataJSON() as Beginning).work?.length)).toEqual([8]);

  // A program that begins another chat with what was done for this one, or with nothing done.
  const [first] = starts;
  if (!first) throw new Error("nothing was started");
  const begun = first.postDataJSON() as Beginning;
  const address = new URL(new URL(first.url()).pathname, world.server.base);
  const program = async (change: Partial<Beginning>) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
      body: JSON.stringify({ ...begun, ...change }),
    });
    const { params } = (await answer.json()) as { params?: { reason: string } };
    return [answer.status, params?.reason];
  };
  expect(await program({})).toEqual([428, "used"]);
  expect(await program({ work: Array<number>(8).fill(0) })).toEqual([428, "wrong"]);
  expect(await program({ work: undefined })).toEqual([428, "missing"]);
});

interface Beginning {
  embed_token: string;
  work?: number[] | undefined;
}
