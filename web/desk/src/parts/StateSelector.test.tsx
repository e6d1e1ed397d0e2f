// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { active, khalid, mona, request, state } from "../stories/cast";
import { mount, type Mounted } from "../stories/mount";
import type { Card } from "../../../protocol/src/types";
import { StateSelector } from "./StateSelector";

let page: Mounted;
afterEach(() => page.unmount());

const show = (cards: Card[]) => {
  page = mount(<StateSelector />, { state: state(cards, {}) });
};
const cards = (next: Card[]) =>
  act(() => page.store.set((s) => (s.desk ? { ...s, desk: { ...s.desk, cards: next } } : s)));
const breath = () => page.find("#state-selector").dataset.breath;

describe("the state when a request arrives", () => {
  it("breathes once for each, and not for those that were there or that go", () => {
    const there = request(khalid, { offer: 7 });
    show([there]);
    expect(breath()).toBeUndefined();
    cards([there, request(mona, { offer: 8 })]);
    expect(breath()).toBe("in");
    cards([there]);
    expect(breath()).toBe("in");
    cards([active(mona, 10)]);
    expect(breath()).toBe("in");
    cards([request(khalid, { offer: 9 })]);
    expect(breath()).toBe("out");
  });
});
