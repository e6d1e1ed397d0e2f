// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DeskState } from "../live/state";
import { agent, conversation, khalid, layla, mona, request, sara, state, thread } from "../stories/cast";
import { mount, type Mounted } from "../stories/mount";
import { acceptable, endingText, RequestStack } from "./RequestPopover";

let page: Mounted;
const confirm = vi.fn();
const accept = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["requestAnimationFrame", "cancelAnimationFrame", "setTimeout", "clearTimeout"],
  });
});
afterEach(() => {
  page.unmount();
  vi.useRealTimers();
  vi.clearAllMocks();
});

const show = (s: DeskState, lang: "en" | "ar" = "en") =>
  (page = mount(<RequestStack onAccept={accept} />, { state: s, lang, actions: { confirm } }));
const threads = { [khalid.id]: thread(conversation(khalid)), [sara.id]: thread(conversation(sara)) };

describe("a request", () => {
  it("says in order: name, queue, timer, agent, date, thread, time left, Accept", () => {
    show(state([request(khalid, { offer: 7 })], threads));
    const text = page.find("article").textContent ?? "";
    const order = [
      "Khalid Al-Harbi",
      "Billing",
      "00:12",
      "Agent: ",
      "Omar",
      "Sun 22 Nov, 12:07",
      "Is anybody there?",
      "18 seconds left",
      "Accept",
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(page.find("section").getAttribute("aria-label")).toBe("Contact request");
  });

  it("says the same in Arabic", () => {
    show(state([request(khalid, { offer: 7 })], threads), "ar");
    const text = page.find("article").textContent ?? "";
    for (const part of ["الفواتير", "الوكيل: ", "الأحد 22 نوفمبر، 12:07", "تبقّت 18 ثانية", "قبول"])
      expect(text).toContain(part);
  });

  it("is confirmed once it is painted, not before", () => {
    show(state([request(khalid, { offer: 7 })], threads));
    expect(confirm).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(50));
    expect(confirm).toHaveBeenCalledExactlyOnceWith(7);
  });

  it("cannot be accepted without a connection, and says why", () => {
    show(state([request(khalid)], threads, { link: { state: "offline", since: 0 } }));
    const button = page.find("article button");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    act(() => button.click());
    expect(accept).not.toHaveBeenCalled();
    expect(document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
      "Accepting is not possible without a connection",
    );
  });

  it("says who it is from", () => {
    show(state([request(sara, { request_kind: "transfer", from: layla.name })], threads));
    expect(page.find("article").textContent).toContain("Transferred by ليلى");
    page.unmount();
    show(state([request(sara, { request_kind: "conference", from: layla.name })], threads), "ar");
    expect(page.find("article").textContent).toContain("دعوة إلى مكالمة جماعية من ليلى");
  });
});

describe("the stack", () => {
  it("shows five, the first to expire on top, and says of how many", () => {
    const cards = [1, 2, 3, 4, 5, 6, 7].map((n) => request({ ...khalid, name: `K${n}` }, { offer: n }, n));
    show(state(cards, threads, { desk: { agent: agent({ occupied: 7, capacity: 8 }), cards } }));
    const shown = [...page.page.querySelectorAll("article")].map((a) => a.getAttribute("aria-label"));
    expect(shown).toEqual(["K7", "K6", "K5", "K4", "K3"]);
    expect(page.page.textContent).toContain("1 to 5 of 7");
    expect(page.page.textContent).toContain("Accept 5 requests");
  });

  it("accepts no more at once than the capacity allows, and says how many", () => {
    const cards = [1, 2, 3].map((n) => request({ ...khalid, name: `K${n}` }, { offer: n }, n));
    // Four slots are held: three by the requests, one by a conversation.
    show(state(cards, threads, { desk: { agent: agent({ occupied: 4, capacity: 3 }), cards } }));
    const all = [...page.page.querySelectorAll("button")].find((b) => b.textContent === "Accept 2 requests");
    act(() => all?.click());
    expect(accept.mock.calls.map(([card]) => card.customer.name)).toEqual(["K3", "K2"]);
  });

  it("offers nothing to accept together where nothing fits", () => {
    const cards = [1, 2].map((n) => request(khalid, { offer: n }, n));
    expect(acceptable({ agent: agent({ occupied: 5, capacity: 3 }), cards }, 2)).toBe(0);
    expect(acceptable({ agent: agent({ occupied: 2, capacity: 3 }), cards }, 2)).toBe(2);
    // One of them is being accepted already.
    expect(acceptable({ agent: agent({ occupied: 3, capacity: 2 }), cards }, 1)).toBe(0);
  });
});

describe("declining", () => {
  const offered = state([request(khalid, { offer: 7 })], threads);
  const buttons = () => [...page.page.querySelectorAll("article button")].map((b) => b.textContent);

  it("is offered only where the organization allows it", () => {
    show(offered);
    expect(buttons()).not.toContain("Decline");
    page.unmount();
    show({ ...offered, setup: { ...offered.setup, allowDecline: true } });
    expect(buttons()).toContain("Decline");
  });

  it("is not offered while the request is being accepted, nor without a connection", () => {
    const may = { ...offered, setup: { ...offered.setup, allowDecline: true } };
    show({ ...may, accepting: { 7: 0 } });
    expect(buttons()).not.toContain("Decline");
    page.unmount();
    show({ ...may, link: { state: "offline", since: 0 } });
    expect(buttons()).not.toContain("Decline");
  });
});

describe("a request that ended", () => {
  it("says how, without a button", () => {
    show({ ...state([], threads), departed: [{ card: request(khalid), how: "missed" }] });
    expect(page.find("article").textContent).toContain("The request has expired");
    expect(page.page.querySelector("article button")).toBeNull();
  });

  it("tells a customer who left from a withdrawal", () => {
    const en = {
      popoverExpired: () => "x",
      popoverTaken: () => "t",
      popoverDeclined: () => "d",
      popoverWithdrawn: () => "left",
      popoverCancelled: () => "c",
    } as never;
    const card = request(mona);
    expect(endingText({ card, how: "withdrawn", cause: "customer" }, en)).toBe("left");
    expect(endingText({ card, how: "withdrawn", cause: "went_idle" }, en)).toBe("c");
    expect(endingText({ card, how: "accepted" }, en)).toBe("t");
    expect(endingText({ card, how: "declined" }, en)).toBe("d");
  });
});
