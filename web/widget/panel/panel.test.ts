// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import { Refused, type Api, type Beginning } from "./api";
import { nothing, plainForm, type Said } from "./form";
import { Keep } from "./keep";
import { empty, Store, type Config, type Door } from "./model";
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
function panel(door: Door, fail: () => Error) {
  const config: Config = {
    name: { en: "Shop", ar: "" },
    languages: ["en"],
    language: "en",
    color: "",
    form: plainForm,
    door,
  };
  const tries: { call: "start" | "leave"; id: string; with_: Beginning }[] = [];
  const trying = (call: "start" | "leave") => (id: string, with_: Beginning) => {
    tries.push({ call, id, with_ });
    return Promise.reject(fail());
  };
  const api = { config: () => Promise.resolve(config), start: trying("start"), leave: trying("leave") };
  const store = new Store(empty);
  const keep = new Keep("key");
  const made = new Panel({
    store,
    keep,
    host: { exists: true, tell: () => undefined },
    api: api as unknown as Api,
  });
  return { made, store, keep, tries };
}

/** Waits for a try to have failed. */
const failed = (store: Store) => vi.waitFor(() => expect(store.get().form.problem).toBeDefined());
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
  made.acts.start({ ...said, question: "Another" });
  await vi.waitFor(() => expect(tries).toHaveLength(3));
  expect(tries.map((t) => t.call)).toEqual(["leave", "leave", "leave"]);
  expect(tries[1]?.id).toBe(tries[0]?.id);
  expect(tries[2]?.id).not.toBe(tries[0]?.id);
  expect(tries[0]?.with_.attributes).toEqual([{ name: "plan", value: "gold" }]);
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
  const { made, store, keep } = panel(open, () => new Error());
  made.hear(start);
  await shown(store);
  keep.set({ token: "secret", conversation: "conv_1", over: true, reach: { email: "s@shop.example" } });
  made.acts.filled(said);
  localStorage.setItem("hiwar.out.conv_1.m1", "{}");
  keep.visits();
  made.hear({ hiwar: "forget" });
  expect(Object.keys(localStorage)).toEqual([]);
  expect(keep.get()).toBeUndefined();
  expect(keep.draft()).toBeUndefined();
  expect(store.get()).toMatchObject({ view: "start", reach: {}, form: { said: nothing } });
});
