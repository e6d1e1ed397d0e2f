// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { active, conversation, mona, now, staffThread, state, thread } from "../stories/cast";
import { click, key, mount, type Mounted } from "../stories/mount";
import type { ThreadState } from "../live/state";
import { Thread } from "./Thread";

let page: Mounted;
afterEach(() => page.unmount());

const card = active(mona, 10);

function show(change: Partial<ThreadState> = {}, view = conversation(mona)) {
  const [reload, older, retry, discard] = [vi.fn(), vi.fn(() => Promise.resolve()), vi.fn(), vi.fn()];
  page = mount(<Thread card={card} />, {
    state: state([card], { [mona.id]: thread(view, change) }),
    actions: { reload, older, retry, discard },
  });
  return { reload, older, retry, discard, log: page.find("[role=log]") };
}

const items = () => [...page.page.querySelectorAll<HTMLElement>("[data-item]")];
const label = () => document.activeElement?.getAttribute("aria-label");
describe("reading by keyboard (A14)", () => {
  it("is one stop of Tab, and goes by message: who, what, when, how far", () => {
    const { log } = show();
    expect([...log.querySelectorAll("[tabindex='0'], a:not([tabindex])")]).toEqual([]);
    log.focus();
    key(log, "End");
    expect(label()).toBe(
      "You: Glad to hear it. Is there anything else I can help you with? · 12:01 · Delivered",
    );
    key(document.activeElement as HTMLElement, "ArrowUp");
    expect(label()).toBe("Mona Lindqvist-Johnson-Smith the Third: It worked, thank you! · 12:01");
    key(document.activeElement as HTMLElement, "Home");
    expect(document.activeElement).toBe(items()[0]);
    key(document.activeElement as HTMLElement, "ArrowUp");
    expect(document.activeElement).toBe(items()[0]);
  });
});

describe("a thread that could not be had", () => {
  it("says so and is asked for again", () => {
    const { reload } = show();
    act(() =>
      page.store.set((s) => ({
        ...s,
        threads: { [mona.id]: { typing: [], outgoing: [], older: "idle", failed: true } },
      })),
    );
    expect(page.find("[role=alert]").textContent).toContain("The messages could not be loaded");
    click(
      [...page.page.querySelectorAll("button")].find((b) => b.textContent === "Try again") as HTMLElement,
    );
    expect(reload).toHaveBeenCalledExactlyOnceWith(mona.id);
  });
});

describe("a note on its way", () => {
  const note = { clientId: "n1", text: "for us", at: now, note: true as const };

  it("stands as a note, and can be sent again or deleted when it was refused", () => {
    const { retry, discard } = show({
      outgoing: [{ ...note, mark: "failed", problem: { code: "not_participant" } }],
    });
    const last = items().at(-1) as HTMLElement;
    expect(last.textContent).toContain("Not visible to the customer");
    const [again, forget] = [...last.querySelectorAll("button")];
    click(again as HTMLElement);
    click(forget as HTMLElement);
    expect(retry).toHaveBeenCalledWith(mona.id, "n1");
    expect(discard).toHaveBeenCalledWith(mona.id, "n1");
  });

  it("says whose it is in one piece, not in pieces of a row", () => {
    show({
      staff: staffThread(mona, [
        { seq: 1, at: new Date(now).toISOString(), after: 5, kind: "note", name: "Layla", text: "for us" },
      ]),
    });
    const head = (items().at(-1) as HTMLElement).querySelector("p");
    expect([...(head?.childNodes ?? [])].map((node) => node.nodeName.toLowerCase())).toEqual([
      "svg",
      "span",
      "time",
    ]);
    expect(head?.textContent).toContain("Internal note by Layla");
  });

  it("is there once when the server has it before we have heard", () => {
    show({
      outgoing: [{ ...note, mark: "sending" }],
      staff: staffThread(mona, [
        {
          seq: 1,
          at: new Date(now).toISOString(),
          after: 5,
          kind: "note",
          user: "usr_omar",
          name: "Omar",
          client_id: "n1",
          text: "for us",
        },
      ]),
    });
    expect(items().filter((item) => item.textContent?.includes("for us"))).toHaveLength(1);
  });
});
