// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import type { ToPanel } from "../bridge/bridge";
import { Host } from "./host";

const shop = "https://shop.example";
const told: [unknown, string][] = [];
const page = { postMessage: (m: unknown, to: string) => void told.push([m, to]) } as unknown as Window;

beforeEach(() => {
  told.length = 0;
  Object.defineProperty(window, "parent", { value: page, configurable: true });
  history.replaceState(null, "", `?origin=${encodeURIComponent(shop)}`);
});

/** The panel's side, and a way to say something to it. */
function host() {
  const heard: ToPanel[] = [];
  const made = new Host((m) => heard.push(m));
  const post = (data: unknown, from: MessageEventInit = {}) =>
    window.dispatchEvent(new MessageEvent("message", { data, origin: shop, source: page, ...from }));
  return { made, heard, post };
}

test("the panel hears the page that it stands in, and speaks to its exact origin", () => {
  const { made, heard, post } = host();
  expect(made.exists).toBe(true);
  post({ hiwar: "shown", shown: true });
  made.tell({ hiwar: "ready" });
  expect(heard).toEqual([{ hiwar: "shown", shown: true }]);
  expect(told).toEqual([[{ hiwar: "ready" }, shop]]);
});

test.each<[string, unknown, MessageEventInit]>([
  ["another origin", { hiwar: "forget" }, { origin: "https://evil.example" }],
  ["a suffix of the origin", { hiwar: "forget" }, { origin: `${shop}.evil.example` }],
  ["another port", { hiwar: "forget" }, { origin: `${shop}:8443` }],
  ["another case", { hiwar: "forget" }, { origin: "https://SHOP.example" }],
  ["a sandbox", { hiwar: "forget" }, { origin: "null" }],
  ["another window of the right origin", { hiwar: "forget" }, { source: window }],
  ["a name that is none", { hiwar: "eval", code: "1" }, {}],
  ["an identity that is no text", { hiwar: "identity", token: { sub: "somebody" } }, {}],
  ["attributes in a list", { hiwar: "attributes", attributes: ["gold"] }, {}],
  ["a text", "forget", {}],
  ["nothing", undefined, {}],
])("the panel ignores what comes from or with %s", (_, data, from) => {
  const { heard, post } = host();
  post(data, from);
  expect(heard).toEqual([]);
});

test("a page of its own has nobody to speak to", () => {
  history.replaceState(null, "", "?");
  const { made, heard, post } = host();
  made.tell({ hiwar: "ready" });
  post({ hiwar: "forget" });
  expect([made.exists, told, heard]).toEqual([false, [], []]);
});
