import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { draftAgeMs, draftQuietMs, Drafts, type Draft, type OpenShelf } from "./drafts";

interface Device extends OpenShelf {
  values(): Record<string, Draft>;
}

function device(): Device {
  const map = new Map<string, string>();
  return {
    get length() {
      return map.size;
    },
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    values: () => Object.fromEntries([...map].map(([key, value]) => [key, JSON.parse(value) as Draft])),
  };
}

let kept: [string, string][];
const open = (shelf: OpenShelf | undefined, user = "usr_omar") =>
  new Drafts({ user, shelf, now: Date.now, keep: (c, draft) => kept.push([c, draft.text]) });

beforeEach(() => {
  kept = [];
  vi.useFakeTimers({ now: Date.parse("2026-11-22T09:00:00Z") });
});
afterEach(() => vi.useRealTimers());

const quiet = () => vi.advanceTimersByTime(draftQuietMs);

describe("a draft", () => {
  it("is of one agent and one conversation", () => {
    const disk = device();
    const mine = open(disk);
    mine.write("conv_1", "مرحبًا");
    quiet();
    expect(open(disk, "usr_layla").read("conv_1")).toBe("");
    expect(open(disk).read("conv_1")).toBe("مرحبًا");
    expect(open(disk).read("conv_2")).toBe("");
  });

  it("is written down half a second after the last key, once, here and on the server", () => {
    const disk = device();
    const drafts = open(disk);
    for (const text of ["h", "he", "hel"]) {
      drafts.write("conv_1", text);
      vi.advanceTimersByTime(draftQuietMs - 1);
    }
    expect(disk.values()).toEqual({});
    vi.advanceTimersByTime(1);
    expect(Object.values(disk.values()).map((d) => d.text)).toEqual(["hel"]);
    expect(kept).toEqual([["conv_1", "hel"]]);
    drafts.write("conv_1", "hel");
    quiet();
    expect(kept).toHaveLength(1);
  });

  it("is written down at once when the page may go", () => {
    const disk = device();
    const drafts = open(disk);
    drafts.write("conv_1", "half a sen");
    drafts.flush();
    expect(open(disk).read("conv_1")).toBe("half a sen");
    quiet();
    expect(kept).toHaveLength(1);
  });

  it("is forgotten at once when it is empty, here and on the server", () => {
    const disk = device();
    const drafts = open(disk);
    drafts.write("conv_1", "x");
    quiet();
    drafts.write("conv_1", "");
    expect(disk.values()).toEqual({});
    expect(kept.at(-1)).toEqual(["conv_1", ""]);
  });

  it("that nobody touched for a day is forgotten on this device", () => {
    const disk = device();
    open(disk).write("old", "secret");
    quiet();
    vi.advanceTimersByTime(draftAgeMs - draftQuietMs);
    expect(open(disk).read("old")).toBe("secret");
    vi.advanceTimersByTime(1);
    expect(open(disk).read("old")).toBe("");
    expect(disk.values()).toEqual({});
  });
});

describe("two tabs", () => {
  /** Two tabs on one device: what one writes the other hears. */
  function tabs() {
    const disk = device();
    const heard: string[] = [];
    const a = open(disk);
    const b = open(disk);
    // Both show the box.
    for (const tab of [a, b]) tab.read("conv_1");
    b.follow("conv_1", (text) => heard.push(text));
    const tell = (to: Drafts) =>
      to.stored("hiwar.draft.usr_omar.conv_1", disk.getItem("hiwar.draft.usr_omar.conv_1"));
    return { a, b, heard, tell, disk };
  }

  it("show the same, and the one that only listens writes nothing back", () => {
    const { a, b, heard, tell } = tabs();
    expect(b.read("conv_1")).toBe("");
    a.write("conv_1", "from a");
    quiet();
    tell(b);
    expect(heard).toEqual(["from a"]);
    expect(b.read("conv_1")).toBe("from a");
    quiet();
    expect(kept).toEqual([["conv_1", "from a"]]);
  });

  it("agree on what was written last", () => {
    const { a, b, heard, tell } = tabs();
    a.write("conv_1", "older");
    vi.advanceTimersByTime(100);
    b.write("conv_1", "newer");
    vi.advanceTimersByTime(draftQuietMs - 100);
    tell(b); // a has written down what is older than what stands in b
    expect(b.read("conv_1")).toBe("newer");
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(100);
    tell(a);
    expect(a.read("conv_1")).toBe("newer");
  });

  it("forget what one has sent, unless the other is writing", () => {
    const { a, b, heard, tell } = tabs();
    a.write("conv_1", "sent soon");
    quiet();
    tell(b);
    vi.advanceTimersByTime(10);
    a.write("conv_1", "");
    vi.advanceTimersByTime(10);
    tell(b);
    expect(heard).toEqual(["sent soon", ""]);
    b.write("conv_1", "my own");
    tell(b);
    expect(b.read("conv_1")).toBe("my own");
  });

  it("hear nothing of other people's, of other keys, or of rubbish", () => {
    const { b, heard } = tabs();
    b.stored("hiwar.draft.usr_layla.conv_1", '{"text":"no","at":9e15}');
    b.stored("other", "x");
    b.stored(null, null);
    b.stored("hiwar.draft.usr_omar.conv_1", "rubbish");
    b.stored("hiwar.draft.usr_omar.conv_1", '{"text":3,"at":9e15}');
    expect(heard).toEqual([]);
  });
});

describe("a draft that comes back", () => {
  it("is a surprise once in each part, and never one that was written just now", () => {
    const disk = device();
    const before = open(disk);
    before.write("conv_1", "half a sen");
    before.shown("conv_1", "part/1");
    expect(before.surprises("conv_1", "part/1")).toBe(false);
    before.flush();
    const after = open(disk);
    expect(after.surprises("conv_1", "part/1")).toBe(true);
    after.shown("conv_1", "part/1");
    expect(after.surprises("conv_1", "part/1")).toBe(false);
    expect(after.surprises("conv_1", "part/7")).toBe(true);
    expect(after.surprises("conv_2", "part/2")).toBe(false);
  });

  it("from the server is taken if it is newer, and not told if it says the same", () => {
    const drafts = open(device());
    const heard: string[] = [];
    drafts.follow("conv_1", (text) => heard.push(text));
    drafts.write("conv_1", "here");
    drafts.take("conv_1", { text: "older", at: Date.now() - 1 });
    drafts.take("conv_1", { text: "here", at: Date.now() + 1 });
    drafts.take("conv_1", { text: "newer", at: Date.now() + 2 });
    expect(heard).toEqual(["newer"]);
    quiet();
    expect(kept).toEqual([]);
  });
});

it("lives without storage, and with one that refuses", () => {
  const broken: OpenShelf = {
    get length(): number {
      throw new Error("denied");
    },
    key: () => null,
    getItem: () => {
      throw new Error("denied");
    },
    setItem: () => {
      throw new Error("full");
    },
    removeItem: () => undefined,
  };
  for (const shelf of [broken, undefined]) {
    const drafts = open(shelf);
    drafts.write("c", "x");
    quiet();
    expect(drafts.read("c")).toBe("x");
  }
});
