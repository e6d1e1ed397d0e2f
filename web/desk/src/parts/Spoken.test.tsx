// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { active, conversation, mona, sara, state, thread } from "../stories/cast";
import { mount, type Mounted } from "../stories/mount";
import { withThread } from "../live/state";
import { changePreferences } from "../settings";
import { Spoken } from "./Spoken";

let page: Mounted;

beforeEach(() => {
  vi.useFakeTimers();
  page = mount(<Spoken open={mona.id} />, {
    state: state([active(mona, 10), active(sara, 11)], {
      [mona.id]: thread(conversation(mona)),
      [sara.id]: thread(conversation(sara)),
    }),
  });
});

afterEach(() => {
  page.unmount();
  changePreferences({ verbosity: "all" });
  localStorage.clear();
  vi.useRealTimers();
});

/** The server tells a message; by is the number of who wrote it. */
function comes(id: string, text: string, by = 1, clientId = `c-${text}`): void {
  act(() =>
    page.store.set((s) =>
      withThread(s, id, (now) => {
        const view = now.conversation;
        if (!view) return now;
        const seq = view.entries.length + 1;
        const entry = {
          seq,
          at: "2026-11-22T09:07:12Z",
          kind: "message" as const,
          by,
          text,
          client_id: clientId,
        };
        return {
          ...now,
          conversation: { ...view, entries: [...view.entries, entry] },
          outgoing: now.outgoing.filter((message) => message.clientId !== clientId),
        };
      }),
    ),
  );
}

/** Everything said until now and in the next seconds, without the signs that keep names apart. */
function heard(): string[] {
  const all = page.said();
  act(() => void vi.advanceTimersByTime(3000));
  return [...all, ...page.said()].map((words) => words.replace(/[\u2068\u2069]/g, ""));
}

const name = mona.name;
const ten = () => Array.from({ length: 10 }, (_, i) => comes(mona.id, `m${i}`));

describe("ten messages within a moment are read", () => {
  it("three in full and the others as a number (A10, A11)", () => {
    ten();
    expect(page.said().map((words) => words.replace(/[\u2068\u2069]/g, ""))).toEqual([
      `${name}: m0`,
      `${name}: m1`,
      `${name}: m2`,
    ]);
    act(() => void vi.advanceTimersByTime(2000));
    expect(page.said()).toEqual(["7 new messages"]);
  });

  it("by name only", () => {
    changePreferences({ verbosity: "names" });
    ten();
    expect(heard().filter((words) => words === `New message from ${name}`)).toHaveLength(3);
  });

  it("as a number only", () => {
    changePreferences({ verbosity: "count" });
    ten();
    expect(page.said()).toEqual([]);
    act(() => void vi.advanceTimersByTime(2000));
    expect(page.said()).toEqual(["10 new messages"]);
  });

  it("not at all", () => {
    changePreferences({ verbosity: "off" });
    ten();
    comes(sara.id, "elsewhere");
    expect(heard()).toEqual([]);
  });
});

it("in another conversation is told at most every five seconds (A12)", () => {
  comes(sara.id, "one");
  comes(sara.id, "two");
  expect(page.said()).toHaveLength(1);
  act(() => void vi.advanceTimersByTime(5000));
  comes(sara.id, "three");
  expect(page.said()).toHaveLength(1);
});

describe("one's own message (A13)", () => {
  const outgoing = (mark: "sending" | "failed") =>
    act(() =>
      page.store.set((s) =>
        withThread(s, mona.id, (now) => ({
          ...now,
          outgoing: [{ clientId: "own", text: "mine", at: 0, mark }],
        })),
      ),
    );

  it("is never read back; that it was sent is told to those who hear all", () => {
    outgoing("sending");
    comes(mona.id, "mine", 2, "own");
    expect(heard()).toEqual(["Sent"]);
    changePreferences({ verbosity: "names" });
    outgoing("sending");
    comes(mona.id, "mine", 2, "own");
    expect(heard()).toEqual([]);
  });

  it("that failed is told at once, whatever is to be heard", () => {
    changePreferences({ verbosity: "off" });
    outgoing("failed");
    expect(page.find("[aria-live=assertive]").textContent).toBe("Not sent.");
  });
});

it("nobody hears who is writing (A16)", () => {
  act(() =>
    page.store.set((s) =>
      withThread(s, mona.id, (now) => ({ ...now, typing: [{ by: 1, name, until: Date.now() + 8000 }] })),
    ),
  );
  expect(heard()).toEqual([]);
});
