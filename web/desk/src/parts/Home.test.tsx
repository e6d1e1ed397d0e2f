// @vitest-environment jsdom
import { afterEach, expect, it } from "vitest";
import { agent, conversation, khalid, request, state, thread } from "../stories/cast";
import { mount, type Mounted } from "../stories/mount";
import { Home } from "./Home";

let page: Mounted;
afterEach(() => page.unmount());

const buttons = () => [...page.page.querySelectorAll("button")].map((button) => button.textContent);

it("offers the one thing to do, and why no requests come", () => {
  page = mount(<Home />, {
    state: state([], {}, { desk: { agent: agent({ presence: "idle" }), cards: [] } }),
  });
  expect(buttons()).toEqual(["Change to Available", "Why am I not getting requests?"]);
});

it("does not ask why none come while one is there", () => {
  page = mount(<Home />, { state: state([request(khalid)], { [khalid.id]: thread(conversation(khalid)) }) });
  expect(buttons()).toEqual([]);
});
