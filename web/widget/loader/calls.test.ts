// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import type { Chat, Events } from "../module/hiwar";
import { calls } from "./calls";
import type { Settings } from "./settings";

const server = "https://chat.example";
const sent: { message: Record<string, unknown>; to: string }[] = [];
const heard: [string, unknown][] = [];

// jsdom knows neither constructed sheets nor a server; whoever watches the page
// would outlive it here.
vi.stubGlobal(
  "CSSStyleSheet",
  class {
    replaceSync() {}
  },
);
vi.stubGlobal(
  "MutationObserver",
  class {
    observe() {}
  },
);
vi.stubGlobal("fetch", () => Promise.resolve(new Response('{"embed_token":"t"}')));

const events: (keyof Events)[] = [
  "ready",
  "open",
  "close",
  "message",
  "unread",
  "status",
  "queue",
  "ended",
  "identity",
];
for (const name of events) {
  document.addEventListener(`hiwar:${name}`, (e) => heard.push([name, (e as CustomEvent).detail]));
}

const shadow = () => document.body.lastElementChild?.shadowRoot;
const button = () => shadow()?.querySelector("button");
const iframe = () => shadow()?.querySelector("iframe");

beforeEach(() => {
  document.body.replaceChildren();
  localStorage.clear();
  sent.length = heard.length = 0;
});

function begin() {
  const settings: Settings = {
    server,
    key: "shop",
    lang: "en",
    dir: "ltr",
    side: "end",
    color: "",
    prefill: { name: "", email: "", phone: "", question: "" },
    attributes: {},
  };
  const all = calls(settings);
  const call = (name: keyof Chat, arg?: unknown, other?: unknown) => all.get(name)?.(arg, other);
  return { all, call };
}

/** What the page's window is told, by whom. */
function post(data: unknown, from: Partial<MessageEventInit> = {}): void {
  const source = iframe()?.contentWindow ?? null;
  window.dispatchEvent(new MessageEvent("message", { data, origin: server, source, ...from }));
}

/** The panel has come and been told how to start. */
async function arrive(): Promise<void> {
  const inside = {
    postMessage: (message: Record<string, unknown>, to: string) => sent.push({ message, to }),
  };
  Object.defineProperty(iframe(), "contentWindow", { value: inside });
  post({ hiwar: "ready" });
  await vi.waitFor(() => expect(sent.map((s) => s.message.hiwar)).toContain("shown"));
}

test("the calls are those of the module, and nothing on a prototype is one", () => {
  const { all } = begin();
  const names: Record<keyof Chat, true> = {
    open: true,
    close: true,
    toggle: true,
    show: true,
    hide: true,
    setLocale: true,
    setAttributes: true,
    startChat: true,
    identify: true,
    logout: true,
    on: true,
    off: true,
  };
  expect([...all.keys()].sort()).toEqual(Object.keys(names).sort());
  for (const name of ["toString", "constructor", "__proto__"]) expect(all.get(name)).toBeUndefined();
});

test("open, close, toggle, show and hide do so once, and say so", () => {
  const { call } = begin();
  call("open");
  call("open");
  expect(button()?.ariaExpanded).toBe("true");
  call("close");
  call("toggle");
  call("hide");
  expect(shadow()?.querySelector<HTMLElement>(".root")?.style.display).toBe("none");
  call("show");
  expect(shadow()?.querySelector<HTMLElement>(".root")?.style.display).toBe("");
  expect(heard.map(([name]) => name)).toEqual(["ready", "open", "close", "open"]);
});

test("the panel starts with what was said before it came, and hears what is said after", async () => {
  const { call } = begin();
  call("setAttributes", { plan: "gold", secret: { deep: 1 } });
  call("identify", () => "e30.e30.c2ln");
  call("startChat", { question: "Where is it?", toString: "no" });
  await arrive();
  expect(sent[0]?.message).toMatchObject({
    hiwar: "start",
    attributes: { plan: "gold" },
    identity: "e30.e30.c2ln",
    token: { value: "t" },
  });
  expect(sent[0]?.message.prefill).toEqual({ name: "", email: "", phone: "", question: "Where is it?" });
  sent.length = 0;
  call("setAttributes", { seats: 3 });
  call("setLocale", "ar");
  call("startChat", { name: "Sara" });
  document.title = "Lamp";
  window.dispatchEvent(new Event("blur"));
  expect(button()?.ariaLabel).toBe("إغلاق نافذة الدردشة");
  call("logout");
  expect(sent.map((s) => s.message)).toMatchObject([
    { hiwar: "attributes", attributes: { plan: "gold", seats: "3" } },
    { hiwar: "language", lang: "ar", dir: "rtl" },
    { hiwar: "prefill", prefill: { name: "Sara", question: "Where is it?" } },
    { hiwar: "page", page: location.href, title: "Lamp" },
    { hiwar: "forget" },
    { hiwar: "shown", shown: false },
  ]);
  expect(new Set(sent.map((s) => s.to))).toEqual(new Set([server]));
  call("setLocale", "en");
});

test("a frame that the page has put elsewhere starts anew, and forgets what it was told to forget", async () => {
  const { call } = begin();
  call("setAttributes", { plan: "gold" });
  call("startChat", { name: "Sara" });
  call("identify", "e30.e30.c2ln");
  await arrive();
  call("logout");
  /** What a frame that comes again is told. */
  const again = async () => {
    sent.length = 0;
    vi.stubGlobal("fetch", () => Promise.resolve(new Response('{"embed_token":"later"}')));
    post({ hiwar: "ready" });
    await vi.waitFor(() => expect(sent.at(-1)?.message.hiwar).toBe("shown"));
    return sent.map((s) => s.message);
  };
  const nobody = {
    hiwar: "start",
    identity: "",
    prefill: { name: "", email: "", phone: "", question: "" },
    token: { value: "later" },
  };
  // It went before it heard; then it was heard.
  const told = await again();
  expect(told).toMatchObject([nobody, { hiwar: "forget" }, { hiwar: "shown" }]);
  expect(told[0]?.attributes).toEqual({});
  post({ hiwar: "conversation", open: true }); // said before it heard
  expect(await again()).toMatchObject([nobody, { hiwar: "forget" }, { hiwar: "shown" }]);
  post({ hiwar: "conversation", open: false });
  post({ hiwar: "conversation", open: true }); // of whoever came after
  expect(await again()).toMatchObject([nobody, { hiwar: "shown" }]);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response('{"embed_token":"t"}')));
});

test("a site that never comes to an end with signing has an unknown visitor too", async () => {
  const { call } = begin();
  call("identify", () => new Promise(() => undefined));
  call("open");
  vi.useFakeTimers();
  const came = arrive();
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  await came;
  expect(sent[0]?.message).toMatchObject({ hiwar: "start", identity: "" });
});

test("a site that fails to sign has an unknown visitor, not a broken chat", async () => {
  const { call } = begin();
  call("identify", () => Promise.reject(new Error("the site's server is down")));
  call("open");
  await arrive();
  expect(sent[0]?.message).toMatchObject({ hiwar: "start", identity: "" });
});

test("what the panel says reaches the page, and on and off hear it", async () => {
  const { call } = begin();
  const counted: unknown[] = [];
  const count = (n: unknown) => counted.push(n);
  call("on", "unread", count);
  call("on", "ready", () => counted.push("ready"));
  call("open");
  await arrive();
  post({ hiwar: "close" });
  post({ hiwar: "conversation", open: true });
  post({ hiwar: "unread", count: 120, label: "Open chat. 120 new messages" });
  post({ hiwar: "unread", count: 120, label: "فتح الدردشة" }); // in another language: nothing new
  expect(button()?.ariaLabel).toBe("فتح الدردشة");
  expect(shadow()?.querySelector("span")?.textContent).toBe("99+");
  call("off", "unread", count);
  post({ hiwar: "unread", count: 0, label: "" });
  post({ hiwar: "event", name: "queue", detail: { ahead: 2 } });
  expect(counted).toEqual(["ready", 120]);
  expect(heard.slice(1)).toEqual([
    ["open", null],
    ["close", null],
    ["unread", 120],
    ["unread", 0],
    ["queue", { ahead: 2 }],
  ]);
  expect(localStorage.getItem("hiwar.shop.running")).toBe("1");
  expect(button()?.ariaLabel).toBe("Open chat");
});

const words = () => shadow()?.querySelector("output")?.textContent;

test("a frame that did not come is asked for again when there is a network", async () => {
  const { call } = begin();
  call("open");
  const frame = iframe() as HTMLIFrameElement;
  const asked = vi.fn<(address: string) => void>();
  Object.defineProperty(frame, "src", { set: asked });
  window.dispatchEvent(new Event("online"));
  expect(asked.mock.calls[0]?.[0]).toContain(`${server}/widget/shop?lang=en`);
  await arrive();
  window.dispatchEvent(new Event("online"));
  expect(asked).toHaveBeenCalledTimes(1);
});

test("until the frame has come words say why, and it is asked for again after a while that grows", async () => {
  vi.useFakeTimers();
  const { call } = begin();
  call("open");
  expect(words()).toBe("Connecting…");
  const frame = iframe() as HTMLIFrameElement;
  const asked = vi.fn<(address: string) => void>();
  Object.defineProperty(frame, "src", { set: asked });
  const failed = async (then: number) => {
    frame.dispatchEvent(new Event("load")); // what is shown of a failure
    await vi.advanceTimersByTimeAsync(1000);
    expect(words()).toBe("No connection. The chat opens when it is back.");
    const before = asked.mock.calls.length;
    await vi.advanceTimersByTimeAsync(then - 1);
    expect(asked).toHaveBeenCalledTimes(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toHaveBeenCalledTimes(before + 1);
  };
  await failed(2000);
  await failed(4000);
  vi.useRealTimers();
  await arrive();
  expect(words()).toBeUndefined();
  frame.dispatchEvent(new Event("load"));
  expect(asked).toHaveBeenCalledTimes(2);
});

test.each<[string, unknown, MessageEventInit]>([
  ["another origin", { hiwar: "close" }, { origin: "https://evil.example" }],
  ["a suffix of the origin", { hiwar: "close" }, { origin: `${server}.evil.example` }],
  ["the origin without its scheme's s", { hiwar: "close" }, { origin: "http://chat.example" }],
  ["no origin", { hiwar: "close" }, { origin: "null" }],
  ["another window of the right origin", { hiwar: "close" }, { source: window }],
  ["a name that is none", { hiwar: "navigate", to: "https://evil.example" }, {}],
  ["an event that is none", { hiwar: "event", name: "ready", detail: {} }, {}],
  ["an event with markup in it", { hiwar: "event", name: "message", detail: { text: { html: "<b>" } } }, {}],
  ["a count that is none", { hiwar: "unread", count: "1", label: "" }, {}],
  ["a text", "close", {}],
  ["nothing", null, {}],
])("a message is ignored that comes from or with %s", async (_, data, from) => {
  const { call } = begin();
  call("open");
  await arrive();
  const before = [...heard];
  post(data, from);
  expect(button()?.ariaExpanded).toBe("true");
  expect(heard).toEqual(before);
});
