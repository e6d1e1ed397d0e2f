// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import type { Chat, Options } from "./hiwar";

const options: Options = { server: "https://chat.example", key: "shop" };
const tags = () => [...document.head.querySelectorAll("script")];

/** As on a page that has just been opened. */
async function fresh(): Promise<(o: Options) => Chat> {
  vi.resetModules();
  return (await import("./hiwar")).load;
}

/** The script arrives, and says what it was told. */
function arrive(): unknown[][] {
  const said: unknown[][] = [];
  const hiwar = (...call: unknown[]) => {
    said.push(call);
    return Promise.resolve();
  };
  Object.assign(window, { hiwar });
  tags()[0]?.dispatchEvent(new Event("load"));
  return said;
}

beforeEach(() => {
  document.head.replaceChildren();
  Reflect.deleteProperty(window, "trustedTypes");
});

test("importing does nothing, loading twice puts in one script", async () => {
  const load = await fresh();
  expect(tags()).toEqual([]);
  load({ ...options, lang: "ar", color: "#0e7c66", nonce: "n1", attributes: { plan: "gold" } });
  load(options);
  expect(tags()).toHaveLength(1);
  const [tag] = tags();
  expect(tag?.src).toBe("https://chat.example/hiwar.js");
  expect({ ...tag?.dataset }).toEqual({ key: "shop", lang: "ar", color: "#0e7c66" });
  expect(tag?.nonce).toBe("n1");
  expect(() => load({ ...options, key: "other" })).toThrow("shop is on this page already");
});

test("every call waits for the script, and is the script's own", async () => {
  const load = await fresh();
  const chat = load({ ...options, attributes: { plan: "gold" } });
  const call = () => undefined;
  const all = [
    chat.open(),
    chat.close(),
    chat.toggle(),
    chat.show(),
    chat.hide(),
    chat.setLocale("ar"),
    chat.setAttributes({ seats: 3 }),
    chat.startChat({ question: "Where is it?" }),
    chat.identify("e30.e30.c2ln"),
    chat.logout(),
    chat.on("unread", call),
    chat.off("unread", call),
  ];
  const said = arrive();
  await Promise.all(all);
  expect(said).toEqual([
    ["setAttributes", { plan: "gold" }],
    ["open"],
    ["close"],
    ["toggle"],
    ["show"],
    ["hide"],
    ["setLocale", "ar"],
    ["setAttributes", { seats: 3 }],
    ["startChat", { question: "Where is it?" }],
    ["identify", "e30.e30.c2ln"],
    ["logout"],
    ["on", "unread", call],
    ["off", "unread", call],
  ]);
});

test("a script that does not come rejects the calls, and the next load tries again", async () => {
  const load = await fresh();
  const opened = load(options).open();
  tags()[0]?.dispatchEvent(new Event("error"));
  await expect(opened).rejects.toThrow("https://chat.example does not answer");
  expect(tags()).toEqual([]);
  const again = load(options).open();
  expect(arrive()).toEqual([]);
  await again;
});

test("where Trusted Types are required the address comes from the policy named hiwar", async () => {
  const made: string[] = [];
  const createPolicy = (name: string, rules: { createScriptURL(url: string): string }) => {
    made.push(name);
    return { createScriptURL: (url: string) => `${rules.createScriptURL(url)}?trusted` };
  };
  Object.assign(window, { trustedTypes: { createPolicy } });
  (await fresh())(options);
  expect(made).toEqual(["hiwar"]);
  expect(tags()[0]?.src).toBe("https://chat.example/hiwar.js?trusted");
});

// Compiled, never called: what the types promise, and what they refuse.
export function typed(chat: Chat): void {
  void chat.on("unread", (count: number) => count);
  void chat.on("status", ({ status }) => status === "open");
  void chat.identify(async () => "e30.e30.c2ln");
  // @ts-expect-error the detail of unread is a number
  void chat.on("unread", (count: string) => count);
  // @ts-expect-error there is no such event
  void chat.on("typing", () => undefined);
  // @ts-expect-error two languages are spoken
  void chat.setLocale("fr");
  // @ts-expect-error an attribute is a text, a number, or yes or no
  void chat.setAttributes({ cart: ["lamp"] });
  // @ts-expect-error without a key there is no asset
  const nobody: Options = { server: "https://chat.example" };
  void nobody;
}
