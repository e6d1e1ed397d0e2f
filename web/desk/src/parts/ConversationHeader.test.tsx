// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { conversation, mona, sara, state, thread } from "../stories/cast";
import { three, withLayla } from "../stories/scenes/common";
import { mount, type Mounted } from "../stories/mount";
import type { Card } from "../../../protocol/src/types";
import { ConversationHeader } from "./ConversationHeader";

let page: Mounted;
afterEach(() => page.unmount());

function show(card: Card) {
  page = mount(<ConversationHeader card={card} onBack={() => undefined} />, {
    state: state(three, {
      [sara.id]: thread(conversation(sara)),
      [mona.id]: thread(conversation(mona)),
    }),
  });
}
const letters = () =>
  [...page.page.querySelectorAll("[data-team] > *")].map((picture) => picture.textContent);

describe("who is in a conversation", () => {
  it("is one agent in words", () => {
    show(withLayla("conference_requested"));
    expect(letters()).toEqual([]);
    expect(page.page.textContent).toContain("Agent: Omar");
  });

  it("is both in a conference, by their letters and in words", () => {
    show(withLayla("conference"));
    expect(letters()).toEqual(["O", "ل"]);
    expect(page.page.textContent).toContain("+1");
    expect(page.page.textContent).toContain("ليلى");
  });
});
