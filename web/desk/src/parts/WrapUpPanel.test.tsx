// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Reason } from "../live/state";
import { changePreferences } from "../settings";
import { eightReasons, setup, state, wrapping, yusuf } from "../stories/cast";
import { click, key, mount, type, type Mounted } from "../stories/mount";
import { WrapUpPanel } from "./WrapUpPanel";

let page: Mounted;
afterEach(() => {
  page.unmount();
  localStorage.clear();
  changePreferences({ favoriteReasons: [] });
});

const card = wrapping(yusuf, 9);

function show(change = {}, reasons?: Reason[]) {
  const submitWrapUp = vi.fn(() => Promise.resolve());
  const onFinished = vi.fn();
  page = mount(<WrapUpPanel card={{ ...card, ...change }} onFinished={onFinished} />, {
    state: state([card], {}, reasons ? { setup: { ...setup, reasons } } : {}),
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
    expect(submitWrapUp).toHaveBeenCalledExactlyOnceWith(9, "rsn_followup", "");
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
    expect(submitWrapUp).toHaveBeenCalledExactlyOnceWith(9, "", "");
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

describe("the note", () => {
  const note = () => page.find("textarea") as HTMLTextAreaElement;

  it("goes with the reason, without the spaces around it, and is forgotten then", async () => {
    const { submitWrapUp } = show();
    type(note(), "  sent a new one ");
    key(note(), "2", { code: "Digit2" });
    expect(checked()).toBeUndefined(); // a digit there is text
    key(page.find("input[type=radio]"), "1", { code: "Digit1" });
    key(note(), "Enter", { ctrlKey: true });
    await settle();
    expect(submitWrapUp).toHaveBeenCalledExactlyOnceWith(9, "rsn_resolved", "sent a new one");
    page.unmount();
    show();
    expect(note().value).toBe("");
  });

  it("is there after a reload", () => {
    show();
    type(note(), "sent a new one");
    page.drafts.flush(); // as when the page is left
    page.unmount();
    show();
    expect(note().value).toBe("sent a new one");
  });

  it("is refused while it is too long, and focus moves there", () => {
    const { submitWrapUp } = show({ wrapup: { ...card.wrapup, required: false } });
    type(note(), "x".repeat(1001));
    click(submit());
    expect(submitWrapUp).not.toHaveBeenCalled();
    expect(page.said()).toContain("1 character over");
    expect(document.activeElement).toBe(note());
  });

  it("is what there is to say where there are no reasons", async () => {
    const { submitWrapUp } = show({ wrapup: { ...card.wrapup, reasons: [], required: false } });
    expect(page.page.textContent).toContain("There are no wrap-up reasons yet");
    expect(document.activeElement).toBe(note());
    type(note(), "was helped");
    click(submit());
    await settle();
    expect(submitWrapUp).toHaveBeenCalledExactlyOnceWith(9, "", "was helped");
  });
});

describe("reasons in groups", () => {
  const grouped: Reason[] = [
    ...setup.reasons.map((r) =>
      ["rsn_refund", "rsn_outage"].includes(r.id) ? { ...r, group: "rsn_money" } : r,
    ),
    { id: "rsn_money", kind: "wrapup", name: { en: "Money", ar: "الأموال" } },
  ];

  it("stand under their group, behind those that stand in none, and are found by it", () => {
    show({ wrapup: { ...card.wrapup, reasons: ["rsn_refund", "rsn_spam", "rsn_outage"] } }, grouped);
    const names = () => [...page.page.querySelectorAll("label bdi")].map((one) => one.textContent);
    expect(names()).toEqual(["Spam", "Refund granted", "Known outage"]);
    const group = page.find('[role="radiogroup"] [role="group"]');
    expect(group.getAttribute("aria-label")).toBe("Money");
    expect(group.querySelectorAll("input")).toHaveLength(2);
    key(page.find("input[type=radio]"), "2", { code: "Digit2" });
    expect(checked()).toBe("rsn_refund");
    type(page.find("input[type=search]"), "الاموال");
    expect(names()).toEqual(["Refund granted", "Known outage"]);
  });

  it("of a long list begin with one's favourites and what was used lately", async () => {
    await import("./dialogs"); // the search comes later, and its list with it
    const long = { wrapup: { ...card.wrapup, reasons: eightReasons } };
    localStorage.setItem("hiwar.reasons.usr_omar", JSON.stringify(["rsn_spam", "rsn_outage"]));
    show(long, grouped);
    const search = await vi.waitFor(() => page.find("[role=combobox]"));
    const options = () =>
      [...page.page.querySelectorAll('[role="listbox"] [role="group"]')].map((group) => [
        group.getAttribute("aria-label"),
        ...[...group.querySelectorAll("[role=option]")].map((o) => o.getAttribute("aria-label")),
      ]);
    type(search, "out");
    key(search, "ArrowDown");
    key(search, "Enter");
    click(page.find("button[aria-pressed]"));
    page.unmount();
    show(long, grouped);
    key(await vi.waitFor(() => page.find("[role=combobox]")), "ArrowDown");
    expect(options().slice(0, 2)).toEqual([
      ["Favourites", "Known outage"],
      ["Used lately", "Spam"],
    ]);
    expect(options().at(-1)).toEqual(["Money", "Refund granted"]);
    expect(page.find('[aria-describedby$="-detail"]').textContent).toContain("Money");
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
    expect(submitWrapUp).toHaveBeenCalledExactlyOnceWith(9, "rsn_escalated", "");
  });

  it("still has the choice after a reload", () => {
    show();
    key(page.find("input[type=radio]"), "3", { code: "Digit3" });
    page.unmount();
    show();
    expect(checked()).toBe("rsn_followup");
  });
});
