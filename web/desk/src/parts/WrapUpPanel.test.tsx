// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { state, wrapping, yusuf } from "../stories/cast";
import { click, key, mount, type, type Mounted } from "../stories/mount";
import { WrapUpPanel } from "./WrapUpPanel";

let page: Mounted;
afterEach(() => {
  page.unmount();
  localStorage.clear();
});

const card = wrapping(yusuf, 9);

function show(change = {}) {
  const submitWrapUp = vi.fn(() => Promise.resolve());
  const onFinished = vi.fn();
  page = mount(<WrapUpPanel card={{ ...card, ...change }} onFinished={onFinished} />, {
    state: state([card], {}),
    actions: { submitWrapUp },
  });
  return { submitWrapUp, onFinished };
}
const submit = () =>
  [...page.page.querySelectorAll("button")].find((b) => b.textContent === "Submit wrap-up") as HTMLElement;
/** Lets what was promised happen. */
const settle = () => act(() => Promise.resolve());
const checked = () => page.page.querySelector<HTMLInputElement>("input[type=radio]:checked")?.value;

describe("the wrap-up panel", () => {
  it("belongs to its conversation: a dialog with a heading, and not a modal one", () => {
    show();
    const dialog = page.find('[role="dialog"]');
    expect(document.getElementById(dialog.getAttribute("aria-labelledby") ?? "")?.textContent).toBe(
      "Wrap-up reasons",
    );
    expect(dialog.hasAttribute("aria-modal")).toBe(false);
  });

  it("takes the caret only if nobody else has it", () => {
    show();
    expect((document.activeElement as HTMLInputElement).type).toBe("radio");
  });

  it("is chosen by a number key and submitted by Ctrl+Enter", async () => {
    const { submitWrapUp, onFinished } = show();
    key(page.find("input[type=radio]"), "3", { code: "Digit3" });
    expect(checked()).toBe("rsn_followup");
    key(page.find("input[type=radio]"), "Enter", { ctrlKey: true });
    await settle();
    expect(submitWrapUp).toHaveBeenCalledExactlyOnceWith(9, "rsn_followup");
    expect(onFinished).toHaveBeenCalledOnce();
  });

  it("without a choice is refused, says so, and moves focus to the list", () => {
    const { submitWrapUp } = show();
    click(submit());
    expect(submitWrapUp).not.toHaveBeenCalled();
    expect(page.find('[role="radiogroup"]').textContent).toContain("Choose a wrap-up reason");
    expect((document.activeElement as HTMLInputElement).type).toBe("radio");
    expect(page.said()).toContain("Choose a wrap-up reason");
  });

  it("may be left without a reason where none is required", async () => {
    const { submitWrapUp } = show({ wrapup: { ...card.wrapup, required: false } });
    click(submit());
    await settle();
    expect(submitWrapUp).toHaveBeenCalledExactlyOnceWith(9, "");
  });

  it("narrows by search in both languages, and a digit typed there is text", () => {
    show();
    const search = page.find("input[type=search]");
    type(search, "متابعه");
    expect(
      [...page.page.querySelectorAll("label")]
        .map((l) => l.textContent)
        .filter((t) => t?.startsWith("Follow")),
    ).toHaveLength(1);
    key(search, "1", { code: "Digit1" });
    expect(checked()).toBeUndefined();
  });
});

describe("a wrap-up without a connection", () => {
  it("keeps the choice, says so, and is sent once the connection is back", async () => {
    const { submitWrapUp } = show();
    act(() => page.store.set((now) => ({ ...now, link: { state: "offline", since: 0 } })));
    key(page.find("input[type=radio]"), "2", { code: "Digit2" });
    click(submit());
    expect(submitWrapUp).not.toHaveBeenCalled();
    expect(page.page.textContent).toContain("The wrap-up will be sent when the connection returns");
    act(() => page.store.set((now) => ({ ...now, link: { state: "online", since: 0 } })));
    await act(() => new Promise((resolve) => setTimeout(resolve)));
    expect(submitWrapUp).toHaveBeenCalledExactlyOnceWith(9, "rsn_escalated");
  });

  it("still has the choice after a reload", () => {
    show();
    key(page.find("input[type=radio]"), "3", { code: "Digit3" });
    page.unmount();
    show();
    expect(checked()).toBe("rsn_followup");
  });
});
