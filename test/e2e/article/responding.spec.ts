// Responding: S16 to S30.
import type { Locator } from "@playwright/test";
import type { Desk } from "../pages/desk";
import { expect, test, type World } from "../world";
import { plain, say } from "../words";

/** As many characters as an agent's message may have. */
const limit = 1000;

test("S16 Accept opens the conversation with the compose box and the interaction pane", async ({ world }) => {
  const [omar] = await world.requested("omar", "Sara", "Hello");
  await omar.acceptButton("Sara").click();
  await expect(omar.pane).toBeVisible();
  await expect(omar.compose).toBeFocused();
  await expect(omar.request("Sara")).toHaveCount(0);
  await expect(omar.heading("Sara")).toBeVisible();
  const head = omar.pane.locator("header").first();
  await expect(head).toContainText(world.queue("sales"));
  await expect(head).toContainText(plain(say.labelAgentNames({ names: omar.name })));
  await expect(head.locator("time")).toBeVisible();
  await expect(omar.timer(head)).toHaveText(/^\d?\d:\d\d$/);
  await omar.status(say.statusActive());
  for (const name of [say.actionTransfer(), say.actionConference(), say.actionEnd()]) {
    await expect(omar.button(name)).toBeVisible();
  }
  await omar.reads("Hello");
});

test("S17 customer messages are grey and carry the initials", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Omar Al-Sayed", "My order");
  await sara.write("has not come");
  await omar.reads("has not come");
  // The name, by its first letter and that of the family without the article.
  await expect(omar.thread.getByText("OS", { exact: true }).first()).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await omar.page.emulateMedia({ colorScheme });
    for (const text of ["My order", "has not come"]) {
      const { red, green, blue, opaque } = await bubble(omar.thread.getByText(text, { exact: true }));
      expect(opaque).toBe(true);
      expect(Math.max(red, green, blue) - Math.min(red, green, blue), `${text}, ${colorScheme}`).toBeLessThan(
        16,
      );
    }
  }
  // Who said it is also in words.
  await expect(omar.thread.getByRole("article", { name: /Omar Al-Sayed.*My order/ })).toBeVisible();

  // In Arabic letters, which stay apart.
  const [karim] = await world.talking("layla", "هند القحطاني", "مرحبًا");
  await expect(karim.thread.getByText("ه\u200cق", { exact: true })).toBeVisible();
});

test("S18 agent messages are in solid blue", async ({ world }) => {
  const [omar] = await world.talking("omar", "Sara");
  await omar.write("How can I help?");
  for (const colorScheme of ["light", "dark"] as const) {
    await omar.page.emulateMedia({ colorScheme });
    const colour = await bubble(omar.thread.getByText("How can I help?", { exact: true }));
    expect(colour.opaque && colour.solid).toBe(true);
    expect(colour.blue - Math.max(colour.red, colour.green), colorScheme).toBeGreaterThan(60);
  }
  await world.look(omar.page, "conversation");
  await expect(
    omar.thread.getByRole("article", { name: new RegExp(`${say.labelYou()}.*How can I help\\?`) }),
  ).toBeVisible();
});

test("S19 the reply is typed in the compose box, and nobody reads it before it is sent", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara سارة");
  await sara.ask("طلبي 1200-AB/7 لم يصل");
  await omar.accept("Sara سارة");
  await sara.sees(say.wJoined({ agent: omar.name }));
  await omar.page.keyboard.type("Hello Sara, one ");
  await expect(omar.compose).toHaveValue("Hello Sara, one ");
  await sara.sees(say.labelTyping({ name: omar.name }));
  await expect(sara.thread.getByText("Hello Sara")).toHaveCount(0);
  await omar.page.keyboard.type("moment.");
  await omar.page.keyboard.press("Enter");
  await sara.reads("Hello Sara, one moment.");
  await expect(omar.compose).toHaveValue("");

  // What the customer types is not shown before it is sent either, only that they type.
  await sara.compose.pressSequentially("th");
  await expect(omar.pane.getByText(plain(say.labelTyping({ name: sara.name })))).toBeVisible();
  await world.look(sara.page, "conversation-customer");
});

test("S20 the compose box takes 1000 characters, and 1001 are not sent", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  await omar.compose.fill("a".repeat(limit - 1));
  await omar.compose.press("End");
  await omar.page.keyboard.type("b");
  await expect(omar.pane.getByText(say.nCharsLeft({ n: 0 }))).toBeVisible();
  await omar.page.keyboard.type("c");
  await refusesLength(omar, "a".repeat(limit - 1) + "bc", 1);
  await world.look(omar.page, "too-long");
  await omar.page.keyboard.press("Backspace");
  await omar.compose.press("Enter");
  await expect(omar.compose).toHaveValue("");
  await expect.poll(async () => lastOf(await sara.thread())).toBe("a".repeat(limit - 1) + "b");

  // A character is a code point after composition: emoji count once, a letter with its mark as one.
  await omar.write("😀".repeat(limit));
  await omar.compose.fill("e\u0301".repeat(limit));
  await omar.compose.press("Enter");
  await expect(omar.compose).toHaveValue("");
  await expect.poll(async () => lastOf(await sara.thread())).toBe("\u00e9".repeat(limit));
  await omar.compose.fill("😀".repeat(limit + 1));
  await refusesLength(omar, "😀".repeat(limit + 1), 1);
});

test("S21 Send sends", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  await omar.compose.fill("By the button");
  await omar.send.click();
  await omar.reads("By the button");
  await expect(omar.compose).toHaveValue("");
  await expect(omar.compose).toBeFocused();
  await expect.poll(async () => lastOf(await sara.thread())).toBe("By the button");
});

test("S22 Enter sends", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  await omar.page.keyboard.type("By the key");
  await omar.page.keyboard.press("Enter");
  await omar.reads("By the key");
  await expect(omar.compose).toHaveValue("");
  await expect.poll(async () => lastOf(await sara.thread())).toBe("By the key");
  await omar.readsTimes("By the key", 1);
});

test("S23 the signs < and > cannot be sent by an agent, whichever way they came into the box", async ({
  world,
}) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  const ways: [string, (text: string) => Promise<void>][] = [
    ["typed", (text) => omar.page.keyboard.type(text)],
    ["pasted", (text) => paste(omar, text)],
    ["dictated", (text) => omar.page.keyboard.insertText(text)],
    ["dropped", (text) => drop(omar.compose, text)],
  ];
  for (const [way, put] of ways) {
    await omar.compose.fill("");
    await omar.compose.focus();
    await put("if a < b");
    await expect(omar.compose, way).toHaveValue("if a < b");
    await expect(omar.pane.getByText(say.composeReserved()).first(), way).toBeVisible();
    await expect(omar.send, way).toHaveAttribute("aria-disabled", "true");
    await omar.compose.press("Enter");
    await expect(omar.compose, way).toHaveValue("if a < b");
  }
  await world.look(omar.page, "reserved");
  expect(texts(await sara.thread())).toEqual(["Hello"]);
});

test("S23 two presses repair it, and what only looks alike may be sent", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  await omar.compose.fill("if a < b > c");
  await omar.pane.getByRole("button", { name: say.actionReplaceReserved(), exact: true }).click();
  await expect(omar.compose).toHaveValue("if a ‹ b › c");
  await expect(omar.compose).toBeFocused();
  await omar.compose.press("Enter");
  await omar.reads("if a ‹ b › c");

  await omar.compose.fill("x <y> z");
  await omar.pane.getByRole("button", { name: say.actionRemoveReserved(), exact: true }).click();
  await expect(omar.compose).toHaveValue("x y z");
  await omar.compose.press("Enter");

  await omar.write("‹ › « » ＜ ＞ → ≤");
  await expect
    .poll(async () => texts(await sara.thread()))
    .toEqual(["Hello", "if a ‹ b › c", "x y z", "‹ › « » ＜ ＞ → ≤"]);
});

test("S23 the server refuses them too and says where; customers may send them, as text", async ({
  world,
}) => {
  const omar = await world.agent("omar");
  await omar.available();
  const sara = await world.customer("Sara");
  await sara.ask("3 < 5 & <b>thank you</b>");
  await omar.accept("Sara");
  for (const side of [omar, sara]) await side.reads("3 < 5 & <b>thank you</b>");
  await expect(omar.thread.locator("b")).toHaveCount(0);
  const staff = await world.staff("omar");
  const { conversation = "" } = (await staff.card("Sara")) ?? {};
  const answer = await staff.ask<{ params: { positions: number[] } }>(
    "POST",
    `/conversations/${conversation}/messages`,
    { text: "if a < b > c" },
  );
  expect([answer.status, answer.code]).toEqual([422, "reserved_character"]);
  expect(answer.body.params.positions).toEqual([5, 9]);
  expect(texts(await staff.entries(conversation))).toHaveLength(1);
});

test.describe("where an organization allows them", () => {
  test.use({ settings: { allow_reserved: "true" } });

  test("S23 the signs < and > are sent as they are", async ({ world }) => {
    const [omar, sara] = await world.talking("omar", "Sara");
    await omar.write("if a < b > c <b>");
    await expect.poll(async () => lastOf(await sara.thread())).toBe("if a < b > c <b>");
  });
});

test.describe("with an asset to delete", () => {
  test.use({ alone: true });

  test("S24 deleting an asset interrupts each conversation on it, and no other", async ({ world }) => {
    const omar = await world.agent("omar");
    await omar.available();
    const [sara, mona] = [await world.customer("Sara"), await world.visitor("Mona", "Hello")];
    await sara.ask("Hello");
    for (const name of ["Sara", "Mona"]) await omar.accept(name);
    const [karim, elsewhere] = [await world.agent("karim"), await world.visitor("Lina", "Hello", "account")];
    await karim.available();
    await karim.accept("Lina");

    const console = await world.administrator();
    await expect(console.getByRole("heading", { name: say.adminAssets(), level: 1 })).toBeVisible();
    await world.look(console, "assets");
    await console
      .getByRole("listitem")
      .filter({ hasText: world.asset("store") })
      .getByRole("button", { name: say.adminAssetDelete(), exact: true })
      .click();
    const dialog = console.getByRole("alertdialog");
    await expect(dialog).toContainText(say.nLiveInterrupted({ n: 2 }));
    await dialog.getByRole("textbox").fill(world.asset("store"));
    await world.look(console, "delete-asset");
    await dialog.getByRole("button", { name: say.adminAssetDelete(), exact: true }).click();
    await expect(dialog).toBeHidden();

    for (const name of ["Sara", "Mona"]) {
      await omar.open(name);
      await omar.status(say.statusInterrupted());
      await omar.reads(say.threadAssetDeleted({ asset: world.asset("store") }));
    }
    expect(await mona.status()).toBe("interrupted");
    await sara.sees(say.wAssetDeleted());
    await sara.reads("Hello"); // the transcript stays
    await world.look(sara.page, "interrupted-customer");
    await karim.status(say.statusActive());
    expect(await elsewhere.status()).toBe("open");

    // Nobody can begin a new one.
    const late = await world.customer("Nora");
    await late.launcher.click();
    await late.sees(say.wUnavailable());
  });

  test("S25 an alert on the agent's desktop says so", async ({ world }) => {
    const [omar] = await world.talking("omar", "Sara");
    await deleteStore(world);
    const alert = omar.page.getByRole("alert").filter({ hasText: say.assetAlertTitle() });
    await expect(alert).toContainText(plain(say.assetAlertBody({ asset: world.asset("store") })));
    await world.look(omar.page, "interrupted");
  });

  test("S26 an interrupted conversation cannot be continued, on the page or past it", async ({ world }) => {
    const [omar, sara] = await world.talking("omar", "Sara");
    await omar.write("How can I help?");
    await expect.poll(async () => lastOf(await sara.thread())).toBe("How can I help?");
    await omar.compose.fill("A draft that must not be lost");
    await deleteStore(world);
    await omar.status(say.statusInterrupted());
    await expect(omar.compose).toHaveAttribute("readonly", "");
    await expect(omar.compose).toHaveValue("A draft that must not be lost");
    await omar.compose.press("Enter");
    await expect(omar.send).toHaveCount(0);
    for (const off of [say.actionTransfer(), say.actionConference()]) {
      await expect(omar.button(off)).toHaveAttribute("aria-disabled", "true");
      await expect(omar.button(off)).toHaveAccessibleDescription(say.assetAlertDisabled());
      await omar.button(off).dispatchEvent("click");
    }
    await expect(omar.page.getByRole("dialog")).toHaveCount(0);

    const staff = await world.staff("omar");
    const at = `/conversations/${sara.conversation}`;
    const layla = await world.staff("layla");
    await layla.reset("");
    await layla.presence("available");
    const { user } = (await layla.desk()).agent;
    for (const [path, body] of [
      ["messages", { text: "Still here" }],
      ["transfer", { agent: user }],
      ["invitation", { agent: user }],
    ] as const) {
      expect((await staff.ask("POST", `${at}/${path}`, body)).code, path).toBe("chat_interrupted");
    }
    expect((await sara.ask("POST", `${at}/messages`, { text: "Hello?" })).status).toBeGreaterThanOrEqual(400);
    expect(texts(await sara.thread())).toEqual(["Hello", "How can I help?"]);
  });

  test("S27 End stays, and leads to the wrap-up reasons", async ({ world }) => {
    const [omar] = await world.talking("omar", "Sara");
    await deleteStore(world);
    await omar.status(say.statusInterrupted());
    await expect(omar.button(say.actionEnd())).not.toHaveAttribute("aria-disabled", "true");
    await omar.end();
    await omar.wrapUp(say.wrapupReasonResolved());
    await expect(omar.tasks.getByRole("link")).toHaveCount(0);
  });

  async function deleteStore(world: World): Promise<void> {
    const admin = await world.staff("admin");
    const { assets } = await admin.must<{ assets: { id: string; key: string }[] }>("GET", "/assets");
    const store = assets.find((asset) => asset.key === "demo-store");
    await admin.must("DELETE", `/assets/${store?.id}`, { confirmation: world.asset("store") });
  }
});

test("S28 nothing is sent where nothing is written, and the box says why", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  for (const text of ["", "   ", "\n \u00a0\u200b\n"]) {
    await omar.compose.fill(text);
    await omar.compose.press("Enter");
    await expect(omar.pane.getByText(say.composeEmpty()).first()).toBeVisible();
    await expect(omar.compose).toBeFocused();
    await omar.compose.fill("x"); // what is written takes the complaint away
    await expect(omar.pane.getByText(say.composeEmpty())).toHaveCount(0);
  }
  await omar.compose.fill("  ");
  await omar.send.click();
  await expect(omar.pane.getByText(say.composeEmpty()).first()).toBeVisible();
  const staff = await world.staff("omar");
  const answer = await staff.ask("POST", `/conversations/${sara.conversation}/messages`, { text: " \n " });
  expect([answer.status, answer.code]).toEqual([422, "text_empty"]);
  expect(texts(await sara.thread())).toEqual(["Hello"]);
});

test("S29 Shift+Enter breaks the line, and Enter that ends a composition does not send", async ({
  world,
}) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  await omar.page.keyboard.type("one");
  await omar.page.keyboard.press("Shift+Enter");
  await omar.page.keyboard.type("two");
  await expect(omar.compose).toHaveValue("one\ntwo");
  await omar.compose.press("Enter");
  await expect.poll(async () => lastOf(await sara.thread())).toBe("one\ntwo");

  const line = await omar.page.context().newCDPSession(omar.page);
  await line.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  await expect(omar.compose).toHaveValue("にほ");
  await omar.page.keyboard.press("Enter");
  await line.send("Input.imeSetComposition", { text: "日本", selectionStart: 2, selectionEnd: 2 });
  await line.send("Input.insertText", { text: "日本" });
  await expect(omar.compose).toHaveValue(/日本/);
  expect(texts(await sara.thread())).toEqual(["Hello", "one\ntwo"]);
  await omar.compose.fill("日本");
  await omar.compose.press("Enter");
  await expect.poll(async () => lastOf(await sara.thread())).toBe("日本");
});

test("S30 the limit holds for what is typed and pasted, with a counter, and again at the server", async ({
  world,
}) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  // The counter speaks up with 200 left.
  await omar.compose.fill("a".repeat(limit - 201));
  await expect(omar.pane.getByText(say.nCharsLeft({ n: 201 }))).toHaveCount(0);
  await omar.compose.press("End");
  await omar.page.keyboard.type("a");
  await expect(omar.pane.getByText(say.nCharsLeft({ n: 200 }))).toBeVisible();

  // A paste is not cut: the whole of it stays, and says how much is too much.
  const long = "سلام ".repeat(limit / 5) + "123";
  await omar.compose.fill("");
  await paste(omar, long);
  await refusesLength(omar, long, 3);
  await expect(omar.compose).toHaveAccessibleDescription(new RegExp(say.nCharsOver({ n: 3 })));
  for (let i = 0; i < 3; i++) await omar.compose.press("Backspace");
  await expect(omar.send).not.toHaveAttribute("aria-disabled", "true");

  const staff = await world.staff("omar");
  const at = `/conversations/${sara.conversation}/messages`;
  const tooLong = await staff.ask<{ params: object }>("POST", at, { text: "x".repeat(limit + 1) });
  expect([tooLong.status, tooLong.code]).toEqual([422, "text_too_long"]);
  expect(tooLong.body.params).toMatchObject({ count: limit + 1, max: limit });
  expect((await staff.ask("POST", at, { text: "😀".repeat(limit) })).status).toBe(200);
  // Customers have 4000.
  expect((await sara.ask("POST", at, { text: "ن".repeat(4000) })).status).toBe(200);
  expect((await sara.ask("POST", at, { text: "ن".repeat(4001) })).code).toBe("text_too_long");
});

test("S30 a template counts as it is filled, and none of its fields is left open", async ({ world }) => {
  const [omar, sara] = await world.talking("omar", "Sara");
  const insert = async () => {
    await omar.compose.fill("");
    await omar.compose.pressSequentially("/refund");
    await expect(omar.page.getByRole("option").first()).toBeVisible();
    await omar.page.keyboard.press("Enter");
    await expect(omar.compose).toHaveValue(/<refund_amount>[^]*<order_number>/);
  };
  await insert();
  await omar.compose.press("Enter");
  await expect(omar.send).toHaveAttribute("aria-disabled", "true");
  await expect(omar.send).toHaveAccessibleDescription(say.composeParamMissing({ param: "refund amount" }));
  await expect(omar.compose).toHaveValue(/<refund_amount>/);
  // The field that is missing is selected, Tab goes to the next.
  await omar.page.keyboard.type("50 SAR");
  await omar.page.keyboard.press("Tab");
  await omar.page.keyboard.type("1200-AB/7");
  await expect(omar.compose).toHaveValue(/^[^<>]*50 SAR[^<>]*1200-AB\/7[^<>]*$/);
  await omar.compose.press("Enter");
  await expect.poll(async () => lastOf(await sara.thread())).toMatch(/50 SAR[^<>]*1200-AB\/7/);

  await insert();
  await omar.compose.press("Enter");
  await omar.page.keyboard.insertText("5".repeat(limit));
  await omar.page.keyboard.press("Tab");
  await omar.page.keyboard.type("1");
  await expect(omar.send).toHaveAttribute("aria-disabled", "true");
  await omar.compose.press("Enter");
  await expect(omar.compose).toHaveValue(/5{1000}/);
  expect(texts(await sara.thread())).toHaveLength(2);
});

/** The text stays in the box, the excess is said, and neither Enter nor Send sends. */
async function refusesLength(desk: Desk, text: string, over: number): Promise<void> {
  await expect(desk.pane.getByText(say.nCharsOver({ n: over })).first()).toBeVisible();
  await expect(desk.send).toHaveAttribute("aria-disabled", "true");
  await desk.compose.press("Enter");
  await expect(desk.compose).toHaveValue(text);
}

/** From the real clipboard, by the real key. */
async function paste(desk: Desk, text: string): Promise<void> {
  await desk.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await desk.page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await desk.compose.focus();
  await desk.page.keyboard.press("Control+V");
}

/** As text dragged from another window arrives: as an insertion the browser makes. */
async function drop(box: Locator, text: string): Promise<void> {
  await box.evaluate((element: HTMLTextAreaElement, text) => {
    element.focus();
    element.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertFromDrop", data: text }));
    element.setRangeText(text);
    element.dispatchEvent(new InputEvent("input", { inputType: "insertFromDrop", bubbles: true }));
  }, text);
}

/** The colour that lies behind a text. */
function bubble(text: Locator) {
  return text.evaluate((element) => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      const [red = 0, green = 0, blue = 0, alpha = 1] = (backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
      if (alpha === 0) continue;
      return { red, green, blue, opaque: alpha === 1, solid: backgroundImage === "none" };
    }
    throw new Error("nothing lies behind the text");
  });
}

type Entries = { kind: string; text?: string }[];

const texts = (entries: Entries) =>
  entries.filter((entry) => entry.kind === "message").map((entry) => entry.text);

const lastOf = (entries: Entries) => texts(entries).at(-1);
