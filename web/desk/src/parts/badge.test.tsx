// @vitest-environment jsdom
import { act } from "react";
import { expect, it } from "vitest";
import { request, khalid, state, thread, conversation } from "../stories/cast";
import { mount } from "../stories/mount";
import { useBadge } from "./badge";

function Badge() {
  useBadge(undefined);
  return null;
}

it("what waits is counted in the title and marked on the picture, until nothing does", () => {
  const icon = document.createElement("link");
  icon.rel = "icon";
  icon.href = "/app/desk/icon.svg";
  document.head.append(icon);
  const threads = { [khalid.id]: thread(conversation(khalid)) };
  const { store, unmount } = mount(<Badge />, { state: state([request(khalid)], threads) });
  expect([document.title.startsWith("(1)"), icon.getAttribute("href")?.endsWith("/icon-dot.svg")]).toEqual([
    true,
    true,
  ]);
  act(() => store.set(() => state([], threads)));
  expect([document.title.startsWith("("), icon.getAttribute("href")?.endsWith("/icon.svg")]).toEqual([
    false,
    true,
  ]);
  unmount();
});
