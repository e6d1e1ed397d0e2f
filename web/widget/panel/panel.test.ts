// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import type { ToHost } from "../bridge/bridge";
import type { Conversation, Entry } from "../../protocol/src";
import { Refused, type Api, type Beginning, type Proven } from "./api";
import { nothing, plainForm, type Said } from "./form";
import { Keep } from "./keep";
import { empty, Store, type Config, type Door, type EarlierChat, type EarlierPage } from "./model";
import { Panel } from "./panel";

const said: Said = { ...nothing, name: "Sara", question: "Where is it?" };
const open: Door = { open: true, leave_message: false };
const start = {
  hiwar: "start",
  dir: "ltr",
  lang: "en",
  page: "https://shop.example/",
  color: "",
  token: { value: "t" },
  prefill: { name: "", email: "", phone: "", question: "" },
  attributes: {},
} as const;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

/** A panel whose server says that the door is so, and answers every try with a failure. */
function panel(
  door: Door,
  fail: () => Error,
  given: {
    prove?: (identity: string) => Promise<Proven>;
    required?: boolean;
    work?: number;
    earlier?: (before: string) => Promise<EarlierPage>;
    conversation?: (id: string) => Promise<Conversation>;
  } = {},
) {
  const config: Config = {
    name: { en: "Shop", ar: "" },
    languages: ["en"],
    language: "en",
    color: "",
    form: plainForm,
    door,
    identity_required: given.required ?? false,
    ...(given.work ? { work: given.work } : {}),
  };
  const tries: { call: "start" | "leave"; id: string; with_: Beginning }[] = [];
  const trying = (call: "start" | "leave") => (id: string, with_: Beginning) => {
    tries.push({ call, id, with_ });
    return Promise.reject(fail());
  };
  const forgotten: string[] = [];
  const api = {
    token: "",
    config: () => Promise.resolve(config),
    start: trying("start"),
    leave: trying("leave"),
    prove: (_: string, identity: string): Promise<Proven> =>
      given.prove?.(identity) ?? Promise.reject(fail()),
    forget: () => Promise.resolve(forgotten.push(api.token)),
    earlier: (before = ""): Promise<EarlierPage> => given.earlier?.(before) ?? Promise.reject(fail()),
    conversation: (id: string) => given.conversation?.(id) ?? Promise.reject(fail()),
    attachmentRules: () => Promise.reject(fail()),
    older: () => Promise.resolve({ entries: [entry(1)], more: false }),
  };
  const told: ToHost[] = [];
  const store = new Store(empty);
  const keep = new Keep("key");
  const made = new Panel({
    store,
    keep,
    host: { exists: true, tell: (m) => void told.push(m) },
    api: api as unknown as Api,
  });
  return { made, store, keep, tries, forgotten, told };
}

/** Waits for a try to have failed. */
const failed = (store: Store) => vi.waitFor(() => expect(store.get().form.problem).toBeDefined());
/** Lets go on what has its answer. */
const soon = () => new Promise((then) => setTimeout(then));
const shown = (store: Store) => vi.waitFor(() => expect(store.get().view).toBe("start"));

test("where it is closed the form leaves a message, and the same content is the same message", async () => {
  const { made, store, tries } = panel({ open: false, leave_message: true }, () => new Error("no network"));
  made.hear({ ...start, attributes: { plan: "gold" } });
  await shown(store);
  expect(store.get().form.leaving).toBe(true);
  made.acts.start(said);
  await failed(store);
  made.acts.start(said);
  await vi.waitFor(() => expect(tries).toHaveLength(2));
  made.hear({ hiwar: "page", page: "https://shop.example/lamp", title: "Lamp" });
  made.acts.start({ ...said, question: "Another" });
  await vi.waitFor(() => expect(tries).toHaveLength(3));
  expect(tries.map((t) => t.call)).toEqual(["leave", "leave", "leave"]);
  expect(tries[1]?.id).toBe(tries[0]?.id);
  expect(tries[2]?.id).not.toBe(tries[0]?.id);
  expect(tries[0]?.with_.attributes).toEqual([{ name: "plan", value: "gold" }]);
  expect(tries[1]?.with_).toMatchObject({ page: start.page });
  expect(tries[2]?.with_).toMatchObject({ page: "https://shop.example/lamp", page_title: "Lamp" });
});

test("where it is full a message can be left with what was typed", async () => {
  const full = new Refused(409, { code: "queue_full", detail: "Full." }, { leave_message: true });
  const { made, store, tries } = panel(open, () => full);
  made.hear(start);
  await shown(store);
  made.acts.filled(said);
  made.acts.start(said);
  await failed(store);
  expect(store.get().form).toMatchObject({ leaving: false, problem: { leave: true } });
  made.acts.leave();
  expect(store.get().form).toMatchObject({ leaving: true, said, problem: undefined });
  made.acts.start(said);
  await vi.waitFor(() => expect(tries.at(-1)?.call).toBe("leave"));
});

test("what was filled in comes back, and comes before what the site knows", async () => {
  const first = panel(open, () => new Error());
  first.made.acts.filled({ ...said, question: "Typed" });
  const { made, store } = panel(open, () => new Error());
  made.hear({
    ...start,
    prefill: { name: "Known", email: "known@shop.example", phone: "", question: "Asked" },
  });
  await shown(store);
  expect(store.get().form.said).toMatchObject({
    name: "Sara",
    email: "known@shop.example",
    question: "Typed",
  });
});

test("after a logout nothing of the visitor is kept", async () => {
  const { made, store, keep, forgotten, tries } = panel(open, () => new Error());
  made.hear(start);
  await shown(store);
  keep.set({ token: "secret", conversation: "conv_1", over: true, reach: { email: "s@shop.example" } });
  made.acts.filled(said);
  made.hear({ hiwar: "attributes", attributes: { plan: "gold" } });
  localStorage.setItem("hiwar.out.conv_1.m1", "{}");
  keep.visits();
  made.hear({ hiwar: "forget" });
  expect(Object.keys(localStorage)).toEqual([]);
  expect(forgotten).toEqual(["secret"]);
  expect(keep.get()).toBeUndefined();
  expect(keep.draft()).toBeUndefined();
  expect(store.get()).toMatchObject({ view: "start", reach: {}, form: { said: nothing } });
  made.acts.start(said);
  await failed(store);
  expect(tries.map((t) => t.with_.attributes)).toEqual([undefined]);
});

/** A token as a site signs one; nobody here looks at the signature. */
const signed = (sub: string) => `e30.${btoa(JSON.stringify({ sub }))}.c2ln`;
const person = (visitor_token: string): Proven => ({ visitor_token, open: false, name: "Sara Al-Ahmad" });

test("whom the site has signed for is known, and asked for once", async () => {
  const asked: string[] = [];
  const prove = (identity: string) => {
    asked.push(identity);
    return Promise.resolve(person("proven"));
  };
  const first = panel(open, () => new Error(), { prove, required: true });
  first.made.hear({ ...start, identity: signed("user-17") });
  await shown(first.store);
  expect(first.store.get()).toMatchObject({ verified: true, form: { said: { name: "Sara Al-Ahmad" } } });
  expect(first.keep.get()).toMatchObject({ token: "proven", person: "user-17", over: true });
  expect(first.told).toContainEqual({ hiwar: "event", name: "identity", detail: { verified: true } });
  first.made.hear({ hiwar: "identity", token: signed("user-17") });
  expect(asked).toHaveLength(1);
});

test("somebody else in the same browser finds nothing of who was there before", async () => {
  const { made, store, keep } = panel(open, () => new Error(), {
    prove: () => Promise.resolve(person("second")),
  });
  keep.set({ token: "first", conversation: "conv_1", over: false, person: "user-17" });
  keep.setDraft(said);
  localStorage.setItem("hiwar.out.conv_1.m1", "{}");
  made.hear({ ...start, identity: signed("user-18") });
  await shown(store);
  expect(keep.get()).toEqual({ token: "second", conversation: "", over: true, person: "user-18" });
  expect(localStorage.getItem("hiwar.out.conv_1.m1")).toBeNull();
  expect(store.get().form.said.question).toBe("");
});

test("a token that is refused leaves an unknown visitor, and the page is told why", async () => {
  const refused = new Refused(401, { code: "identity_invalid", detail: "" }, { reason: "expired" });
  const { made, store, told, keep } = panel(open, () => new Error(), {
    prove: () => Promise.reject(refused),
  });
  made.hear({ ...start, identity: signed("user-17") });
  await shown(store);
  expect(store.get().verified).toBe(false);
  expect(keep.get()).toBeUndefined();
  expect(told).toContainEqual({
    hiwar: "event",
    name: "identity",
    detail: { verified: false, problem: "identity_invalid", reason: "expired" },
  });
});

const entry = (seq: number): Entry => ({
  seq,
  at: "2026-11-01T09:00:00Z",
  kind: "message",
  by: 1,
  text: `${seq}`,
});
const past = (id: string): EarlierChat => ({
  id,
  started_at: "2026-11-01T09:00:00Z",
  closed_at: "2026-11-01T09:10:00Z",
  agents: ["Omar"],
});
const closed = (id: string): Conversation => ({
  id,
  status: "closed",
  started_at: "2026-11-01T09:00:00Z",
  language: "en",
  participants: [],
  entries: [entry(2)],
  more: true,
});

test("whoever comes back finds what they wrote before, a page at a time, and only reads it", async () => {
  const asked: string[] = [];
  const { made, store } = panel(open, () => new Error("no network"), {
    prove: () => Promise.resolve(person("proven")),
    earlier: (before) => {
      asked.push(before);
      if (before) return Promise.resolve({ conversations: [past("conv_1")], more: false });
      return Promise.resolve({ conversations: [past("conv_3"), past("conv_2")], more: true });
    },
    conversation: (id) => Promise.resolve(closed(id)),
  });
  const { acts } = made;
  const now = () => store.get();
  made.hear({ ...start, identity: signed("user-17") });
  await vi.waitFor(() => expect(now().earlier?.conversations.map((c) => c.id)).toEqual(["conv_3", "conv_2"]));
  acts.earlier();
  expect(now().view).toBe("earlier");
  acts.moreEarlier();
  acts.moreEarlier(); // pressed twice: one page
  await vi.waitFor(() => expect(now().earlier?.conversations).toHaveLength(3));
  expect(now().earlier?.more).toBe(false);
  expect(asked).toEqual(["", "conv_2"]);
  acts.read("conv_1");
  await vi.waitFor(() =>
    expect(now()).toMatchObject({ view: "chat", reading: true, chat: { id: "conv_1" } }),
  );
  acts.older();
  await vi.waitFor(() => expect(now().chat?.entries.map((e) => e.seq)).toEqual([1, 2]));
  acts.back();
  expect(now()).toMatchObject({ view: "earlier", reading: false, chat: undefined });
  acts.back();
  expect(now().view).toBe("start");
  made.hear({ hiwar: "forget" });
  expect(now().earlier).toBeUndefined();
});

test("a chat that cannot be read is said in the list, and who is nobody is not asked about", async () => {
  const asked: string[] = [];
  const first = panel(open, () => new Error());
  first.made.hear(start);
  await shown(first.store);
  expect(first.store.get().earlier).toBeUndefined();
  const { made, store } = panel(open, () => new Error("no network"), {
    prove: () => Promise.resolve(person("proven")),
    earlier: () => Promise.resolve({ conversations: [past("conv_1")], more: false }),
    conversation: (id) => Promise.reject(new Error(String(asked.push(id)))),
  });
  made.hear({ ...start, identity: signed("user-17") });
  await vi.waitFor(() => expect(store.get().earlier).toBeDefined());
  made.acts.earlier();
  made.acts.read("conv_1");
  await vi.waitFor(() => expect(store.get().earlierFailed).toBe(true));
  expect(store.get()).toMatchObject({ view: "earlier", chat: undefined, reading: false });
  expect(asked).toEqual(["conv_1"]);
});

test("what is unread is said in the language that is spoken", async () => {
  const { made, told } = panel(open, () => new Error());
  const label = (m: ToHost) => (m.hiwar === "unread" ? [m.label] : []);
  made.language("en");
  made["arrived"]({ seq: 1, at: "2026-11-01T09:00:00Z", kind: "message", by: 2, text: "Hello" });
  made.language("ar");
  expect(told.flatMap(label).map((said) => said.replace(/[\u2066-\u2069]/g, ""))).toEqual([
    "Open chat. 1 new message",
    "فتح الدردشة. رسالة جديدة واحدة",
  ]);
  made.hear({ hiwar: "shown", shown: true });
  expect(told.at(-1)).toEqual({ hiwar: "unread", count: 0, label: "" });
});

test("a permission of the page that the server takes no more is asked for again, once", async () => {
  const old = new Refused(401, { code: "token_invalid", detail: "Refused." });
  const { made, store, tries, told } = panel(open, () => old);
  made.hear(start);
  await shown(store);
  made.acts.start(said);
  await vi.waitFor(() => expect(told).toContainEqual({ hiwar: "renew" }));
  made.hear({ hiwar: "token", token: { value: "t2" } });
  await failed(store);
  expect(tries.map((t) => t.with_.embed_token)).toEqual(["t", "t2"]);
  expect(tries[0]?.id).not.toBe(tries[1]?.id);
  expect(store.get().form).toMatchObject({ sending: false, problem: { code: "token_invalid" } });
});

test("the chat of before comes too late once nobody is known any more", async () => {
  let answer = (_: Conversation) => {};
  const conversation = () => new Promise<Conversation>((then) => (answer = then));
  const { made, store, keep } = panel(open, () => new Error("no network"), { conversation });
  keep.set({ token: "secret", conversation: "conv_1", over: true });
  made.hear(start);
  await vi.waitFor(() => expect(store.get().config).toBeDefined());
  made.hear({ hiwar: "forget" });
  answer(closed("conv_1"));
  await soon();
  expect(store.get()).toMatchObject({ view: "start", chat: undefined });
});

const waiting = () => JSON.stringify({ ...localStorage });

test("a chat that another tab began is gone on with, and what was asked here is sent there", async () => {
  const { made, store, keep, tries } = panel(open, () => new Error("no network"));
  made.hear(start);
  await shown(store);
  keep.set({ token: "theirs", conversation: "conv_9", over: false });
  made.acts.start(said);
  await vi.waitFor(() => expect(waiting()).toContain(said.question));
  expect(tries).toEqual([]);
  expect(store.get().form).toMatchObject({ sending: false, said: { name: "Sara", question: "" } });
  made.hear({ hiwar: "forget" });
});

test("a chat that somebody proven has on another device is gone on with in the same way", async () => {
  const exists = new Refused(409, { code: "chat_exists", detail: "" }, { conversation: "conv_9" });
  const { made, store, tries } = panel(open, () => exists, {
    prove: () => Promise.resolve(person("proven")),
    earlier: () => Promise.resolve({ conversations: [past("conv_1")], more: false }),
  });
  made.hear({ ...start, identity: signed("user-17") });
  await vi.waitFor(() => expect(store.get().earlier).toBeDefined());
  made.acts.start(said);
  await vi.waitFor(() => expect(waiting()).toContain(said.question));
  expect(tries).toHaveLength(1);
  expect(store.get().form).toMatchObject({ sending: false, said: { question: "" } });
  made.hear({ hiwar: "forget" });
});

/** Workers that answer as told, in the place of the browser's. */
function workers() {
  const tasks: { token: string; zeros: number }[] = [];
  class Fake {
    onmessage: ((e: { data: unknown }) => void) | undefined;
    postMessage(task: { token: string; zeros: number }): void {
      tasks.push(task);
      setTimeout(() => this.onmessage?.({ data: [tasks.length] }));
    }
    terminate(): void {}
  }
  vi.stubGlobal("Worker", Fake);
  return tasks;
}

test("the work that an asset asks for begins with the filling in, is done once, and again on another token", async () => {
  const tasks = workers();
  const used = new Refused(428, { code: "work_needed", detail: "Again." }, { reason: "used", zeros: 14 });
  const { made, store, tries, told } = panel(open, () => used, { work: 13 });
  made.hear(start);
  await shown(store);
  expect(tasks).toEqual([]);
  made.acts.filled(said);
  await vi.waitFor(() => expect(tasks).toEqual([{ token: "t", zeros: 13 }]));
  made.acts.filled(said);
  made.acts.start(said);
  await vi.waitFor(() => expect(told).toContainEqual({ hiwar: "renew" }));
  made.hear({ hiwar: "token", token: { value: "t2" } });
  await failed(store);
  expect(tasks).toEqual([
    { token: "t", zeros: 13 },
    { token: "t2", zeros: 14 },
  ]);
  expect(tries.map((t) => [t.with_.embed_token, t.with_.work])).toEqual([
    ["t", [1]],
    ["t2", [2]],
  ]);
  vi.unstubAllGlobals();
});

test("work that is asked for only since the form was fetched is done, and whom the site has signed for does none", async () => {
  const tasks = workers();
  const needed = new Refused(
    428,
    { code: "work_needed", detail: "Again." },
    { reason: "missing", zeros: 13 },
  );
  const { made, store, tries } = panel(open, () => needed, {
    prove: () => Promise.resolve({ visitor_token: "proven", open: false }),
  });
  made.hear(start);
  await shown(store);
  made.acts.start(said);
  await vi.waitFor(() => expect(tries).toHaveLength(1));
  made.hear({ hiwar: "token", token: { value: "t2" } });
  await failed(store);
  expect(tasks).toEqual([{ token: "t2", zeros: 13 }]);
  made.hear({ hiwar: "identity", token: signed("user-17") });
  await vi.waitFor(() => expect(store.get().verified).toBe(true));
  made.acts.start(said);
  await vi.waitFor(() => expect(tries.length).toBeGreaterThan(2));
  expect(tries[2]?.with_.work).toBeUndefined();
  expect(tasks).toHaveLength(1);
  vi.unstubAllGlobals();
});
