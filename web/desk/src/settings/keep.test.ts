import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Shelf } from "../model/drafts";
import { key, keeper, type Server } from "./keep";
import { defaults, readChoices } from "./preferences";

class Device implements Shelf {
  items = new Map<string, string>();
  getItem = (name: string) => this.items.get(name) ?? null;
  setItem = (name: string, value: string) => void this.items.set(name, value);
  removeItem = (name: string) => void this.items.delete(name);
}
const refusing: Shelf = {
  getItem: () => {
    throw new Error("denied");
  },
  setItem: () => {
    throw new Error("denied");
  },
  removeItem: () => undefined,
};
const server = (has: unknown) => ({
  load: vi.fn(() => Promise.resolve(has)),
  save: vi.fn((): Promise<void> => Promise.resolve()),
  refused: () => true,
});
const settle = () => vi.advanceTimersByTimeAsync(1000);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("preferences", () => {
  it("hold at once, and are there after a reload", () => {
    const device = new Device();
    keeper(device).change({ theme: "dark", volume: 20 });
    expect(keeper(device).get()).toEqual({ ...defaults, theme: "dark", volume: 20 });
  });

  it("hold until the page is left where storage is denied", () => {
    const kept = keeper(refusing);
    kept.change({ theme: "dark" });
    expect(kept.get().theme).toBe("dark");
  });

  it("are seen by the other tabs", () => {
    const device = new Device();
    const [one, other] = [keeper(device), keeper(device)];
    const seen = vi.fn();
    other.subscribe(seen);
    one.change({ density: "compact" });
    other.changedElsewhere();
    expect(other.get().density).toBe("compact");
    expect(seen).toHaveBeenCalledTimes(1);
  });

  it("follow what another browser changes, but for what was changed here and not saved yet", async () => {
    const kept = keeper(new Device());
    kept.join(server({ theme: "dark" }));
    await settle();
    kept.told({ theme: "light", density: "compact", sounds: "none" });
    expect(kept.get()).toEqual({ ...defaults, theme: "light", density: "compact" });
    kept.change({ theme: "dark" });
    kept.told({ theme: "light", density: "comfortable" });
    expect(kept.get()).toMatchObject({ theme: "dark", density: "comfortable" });
  });

  it("are asked for again after a time in which nobody listened", async () => {
    const kept = keeper(new Device());
    kept.askAgain(); // nobody to ask
    const remote = server({ theme: "dark" });
    kept.join(remote);
    await settle();
    remote.load.mockResolvedValue({ theme: "light" });
    kept.askAgain();
    await settle();
    expect(kept.get().theme).toBe("light");
  });

  it("come from the server, which is told of changes once", async () => {
    const kept = keeper(new Device());
    const remote = server({ theme: "dark" });
    kept.join(remote);
    await settle();
    expect(kept.get().theme).toBe("dark");
    kept.change({ volume: 10 });
    kept.change({ volume: 70 });
    await settle();
    kept.change({ volume: 70 });
    expect(remote.save.mock.calls).toEqual([[{ volume: 70 }]]);
  });

  it("that the server did not get are not lost to what it has", async () => {
    const device = new Device();
    const down: Server = {
      load: () => Promise.reject(new Error()),
      save: () => Promise.reject(new Error()),
      refused: () => false,
    };
    const before = keeper(device);
    before.join(down);
    before.change({ volume: 90 });
    await settle();
    const after = keeper(device);
    const remote = server({ volume: 50, hijri: true });
    after.join(remote);
    await settle();
    expect(after.get()).toMatchObject({ volume: 90, hijri: true });
    expect(remote.save.mock.calls).toEqual([[{ volume: 90 }]]);
  });

  it("changed while the server is asked for what it has outlive its answer, even after it was told", async () => {
    const kept = keeper(new Device());
    let answer: (has: unknown) => void = () => undefined;
    const remote = { ...server({}), load: () => new Promise<unknown>((resolve) => (answer = resolve)) };
    kept.change({ language: "en" });
    kept.join(remote);
    await settle();
    expect(remote.save).toHaveBeenCalledWith({ language: "en" });
    answer({ language: "ar", hijri: true });
    await settle();
    expect(kept.get()).toMatchObject({ language: "en", hijri: true });
  });

  it("that the server refuses go back to what it has", async () => {
    const kept = keeper(new Device());
    const remote = server({ answerFactor: 2 });
    kept.join(remote);
    await settle();
    remote.save.mockImplementation(() => Promise.reject(new Error("out_of_range")));
    kept.change({ answerFactor: 9 });
    expect(kept.get().answerFactor).toBe(9);
    await settle();
    expect(kept.get().answerFactor).toBe(2);
    kept.change({ hijri: true });
    await settle();
    expect(remote.save.mock.calls).toEqual([[{ answerFactor: 9 }], [{ hijri: true }]]);
  });

  it("are read with care: what makes no sense is left out", () => {
    const device = new Device();
    device.setItem(key, "{not json");
    expect(keeper(device).get()).toEqual(defaults);
    expect(
      readChoices({ theme: "pink", volume: 101, answerFactor: 0, hijri: 1, toString: "x", digits: "arab" }),
    ).toEqual({ digits: "arab" });
    expect(readChoices({ sounds: { message: false } })).toEqual({
      sounds: { ...defaults.sounds, message: false },
    });
    expect(readChoices({ sounds: { bark: true }, shortcuts: { end: "", bark: "" } })).toEqual({});
    expect(readChoices(null)).toEqual({});
  });
});
