import { expect, it } from "vitest";
import { readDraft, writeDraft, type Shelf } from "./drafts";

function shelf(): Shelf & { keys(): string[] } {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  };
}

it("keeps a draft for each agent and conversation", () => {
  const s = shelf();
  writeDraft(s, "usr_omar", "conv_1", "مرحبًا");
  writeDraft(s, "usr_layla", "conv_1", "hello");
  expect(readDraft(s, "usr_omar", "conv_1")).toBe("مرحبًا");
  expect(readDraft(s, "usr_omar", "conv_2")).toBe("");
});

it("forgets an empty one", () => {
  const s = shelf();
  writeDraft(s, "u", "c", "x");
  writeDraft(s, "u", "c", "");
  expect(s.keys()).toEqual([]);
});

it("lives without storage, and with one that refuses", () => {
  const broken: Shelf = {
    getItem: () => {
      throw new Error("denied");
    },
    setItem: () => {
      throw new Error("full");
    },
    removeItem: () => undefined,
  };
  expect(() => writeDraft(broken, "u", "c", "x")).not.toThrow();
  expect(readDraft(broken, "u", "c")).toBe("");
  expect(readDraft(undefined, "u", "c")).toBe("");
});
