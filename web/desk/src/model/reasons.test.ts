import { expect, it } from "vitest";
import type { Shelf } from "./drafts";
import { chosenReason, keepChosen, keepList, lastList, rememberUse, usedReasons } from "./reasons";

function shelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

it("remembers the last five used, the latest first, each once", () => {
  const device = shelf();
  for (const id of ["a", "b", "c", "a", "d", "e", "f"]) rememberUse(device, "omar", id);
  expect(usedReasons(device, "omar")).toEqual(["f", "e", "d", "a", "c"]);
  expect(usedReasons(device, "layla")).toEqual([]);
});

it("keeps what was chosen for one part until it is submitted", () => {
  const device = shelf();
  keepChosen(device, "omar", 7, "a");
  expect(chosenReason(device, "omar", 7)).toBe("a");
  expect(chosenReason(device, "omar", 8)).toBeNull();
  keepChosen(device, "omar", 7, null);
  expect(chosenReason(device, "omar", 7)).toBeNull();
});

it("knows the list that each queue had last", () => {
  const device = shelf();
  expect(lastList(device, "omar", "sales")).toBeUndefined();
  keepList(device, "omar", "sales", { required: true, reasons: ["a"] });
  keepList(device, "omar", "billing", { required: true, reasons: ["b"] });
  keepList(device, "omar", "sales", { required: false, reasons: ["a", "c"] });
  expect(lastList(device, "omar", "sales")).toEqual({ required: false, reasons: ["a", "c"] });
  expect(lastList(device, "omar", "billing")).toEqual({ required: true, reasons: ["b"] });
  expect(lastList(device, "layla", "sales")).toBeUndefined();
});

it("goes on without storage, and with nonsense in it", () => {
  const broken: Shelf = {
    getItem: () => "{no",
    setItem: () => {
      throw new Error("denied");
    },
    removeItem: () => {
      throw new Error("denied");
    },
  };
  expect(usedReasons(broken, "omar")).toEqual([]);
  expect(lastList(broken, "omar", "sales")).toBeUndefined();
  keepList(broken, "omar", "sales", { required: true, reasons: [] });
  rememberUse(broken, "omar", "a");
  keepChosen(undefined, "omar", 1, "a");
  expect(chosenReason(undefined, "omar", 1)).toBeNull();
});
