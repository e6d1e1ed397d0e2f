// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { active, conversation, mona, setup, state, thread } from "../stories/cast";
import { click, key, mount, type, type Mounted } from "../stories/mount";
import { templates } from "../stories/templates";
import type { Outgoing } from "../model/thread";
import { Composer, type ComposerProps } from "./Composer";
import { insertQuestion, insertTemplate } from "./insert";

let page: Mounted;
const card = active(mona, 10);
const exit = { name: "End", go: () => undefined };

interface Opened {
  box: HTMLTextAreaElement;
  send: ReturnType<typeof vi.fn>;
  note: ReturnType<typeof vi.fn>;
  retry: ReturnType<typeof vi.fn>;
  typing: ReturnType<typeof vi.fn>;
}

function compose(
  change: Partial<ComposerProps> = {},
  outgoing: Outgoing[] = [],
  allowReserved = false,
): Opened {
  const [send, note, retry, typing] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  page = mount(<Composer card={card} readOnly={undefined} exit={exit} {...change} />, {
    state: state(
      [card],
      { [mona.id]: thread(conversation(mona), { outgoing }) },
      { setup: { ...setup, allowReserved } },
    ),
    actions: { send, note, retry, typing },
  });
  const box = page.find("textarea") as HTMLTextAreaElement;
  box.focus();
  return { box, send, note, retry, typing };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  page.unmount();
  localStorage.clear();
  vi.useRealTimers();
});

const button = (name: string) =>
  [...page.page.querySelectorAll("button")].find((b) => b.textContent === name);

describe("sending", () => {
  it("is done by Enter, and empties the box", () => {
    const { box, send } = compose();
    type(box, "Hello");
    expect(key(box, "Enter")).toBe(false);
    expect(send).toHaveBeenCalledExactlyOnceWith(mona.id, "Hello");
    expect(box.value).toBe("");
    expect(document.activeElement).toBe(box);
  });

  it("is not done by Shift+Enter, nor by the Enter that ends a composed word", () => {
    const { box, send } = compose();
    type(box, "Hello");
    expect(key(box, "Enter", { shiftKey: true })).toBe(true);
    key(box, "Enter", { isComposing: true });
    key(box, "Enter", { keyCode: 229 });
    expect(send).not.toHaveBeenCalled();
    expect(box.value).toBe("Hello");
  });

  it("of nothing is refused, and the box says why", () => {
    const { box, send } = compose();
    type(box, " \n ");
    key(box, "Enter");
    expect(send).not.toHaveBeenCalled();
    expect(page.page.textContent).toContain("The message is empty");
    expect(box.getAttribute("aria-invalid")).toBe("true");
    expect(page.said()).toContain("The message is empty");
  });

  it("of 1000 characters is done, of 1001 is refused with all of them kept", () => {
    const { box, send } = compose();
    type(box, "س".repeat(1001));
    key(box, "Enter");
    expect(send).not.toHaveBeenCalled();
    expect(box.value).toHaveLength(1001);
    expect(page.page.textContent).toContain("1 character over");
    type(box, "س".repeat(1000));
    key(box, "Enter");
    expect(send).toHaveBeenCalledOnce();
  });
});

describe("reserved signs", () => {
  it("block sending, are named in words, and go by either fix", () => {
    const { box, send } = compose();
    type(box, "a < b > c");
    key(box, "Enter");
    expect(send).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(box);
    const described = (box.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent);
    expect(described.join(" ")).toContain('The "less than" and "greater than" signs are reserved');
    click(button("Replace with ‹ ›") as HTMLElement);
    expect(box.value).toBe("a ‹ b › c");
    type(box, "a < b");
    click(button("Remove them") as HTMLElement);
    expect(box.value).toBe("a  b");
  });
});

describe("a draft", () => {
  it("is there again after a reload, and says so once, politely", () => {
    type(compose().box, "half a sen");
    page.unmount();
    expect(compose().box.value).toBe("half a sen");
    expect(page.page.textContent).toContain("Draft restored");
    act(() => void vi.advanceTimersByTime(800));
    expect(page.said()).toEqual(["Draft restored"]);
    act(() => void vi.advanceTimersByTime(5000));
    expect(page.said()).toEqual([]);
  });

  it("that was just written is no news when the conversation is opened again", () => {
    type(compose().box, "half a sen");
    page.redraw(<p />);
    page.redraw(<Composer card={card} readOnly={undefined} exit={exit} />);
    expect((page.find("textarea") as HTMLTextAreaElement).value).toBe("half a sen");
    act(() => void vi.advanceTimersByTime(800));
    expect(page.said()).toEqual([]);
    expect(page.page.textContent).not.toContain("Draft restored");
  });

  it("follows what another tab writes", () => {
    const { box } = compose();
    act(() => page.drafts.take(mona.id, { text: "from the other tab", at: Date.now() + 1 }));
    expect(box.value).toBe("from the other tab");
  });

  it("is read-only in an interrupted conversation, and keeps its place in the tab order", () => {
    type(compose().box, "half a sen");
    page.unmount();
    const { box } = compose({ readOnly: "interrupted" });
    expect(box.readOnly).toBe(true);
    expect(box.getAttribute("aria-disabled")).toBe("true");
    expect(box.disabled).toBe(false);
    expect(box.value).toBe("half a sen");
    expect(button("Send")).toBeUndefined();
  });

  it("can be copied then, behind the way out, which is the next thing after the box", () => {
    type(compose().box, "half a sen");
    page.unmount();
    const go = vi.fn();
    const { box } = compose({ readOnly: "interrupted", exit: { name: "End", go } });
    const after = [...page.page.querySelectorAll("textarea, button")];
    expect(after[0]).toBe(box);
    expect(after.slice(1).map((b) => b.textContent)).toEqual(["End", "Copy draft"]);
    click(after[1] as HTMLElement);
    expect(go).toHaveBeenCalledOnce();
  });
});

describe("what cannot be seen", () => {
  it("is taken out of what is pasted, and that is said", () => {
    const { box, send } = compose();
    type(box, "invoice\u202etxt.exe\u0007");
    expect(box.value).toBe("invoicetxt.exe");
    expect(page.page.textContent).toContain("Invisible control characters were removed");
    expect(page.said()).toContain("Invisible control characters were removed");
    key(box, "Enter");
    expect(send).toHaveBeenCalledWith(mona.id, "invoicetxt.exe");
  });
});

describe("a pasted book", () => {
  it("is cut where the box is full, and that is said; what stays is marked and not sent", () => {
    const { box, send } = compose();
    type(box, "كلمة ".repeat(20_000));
    expect(box.value).toHaveLength(8000);
    expect(page.page.textContent).toContain("Only the first 8,000 characters were kept");
    expect(page.page.textContent).toContain("7,000 characters over");
    key(box, "Enter");
    expect(send).not.toHaveBeenCalled();
  });

  it("is cut before the browser lays it out", () => {
    const { box } = compose();
    type(box, "Dear ");
    box.setSelectionRange(5, 5);
    const paste = Object.assign(new Event("paste", { bubbles: true, cancelable: true }), {
      clipboardData: {
        files: [],
        getData: (kind: string) => (kind === "text/plain" ? "x".repeat(100_000) : "<b>"),
      },
    });
    act(() => void box.dispatchEvent(paste));
    expect(paste.defaultPrevented).toBe(true);
    expect(box.value).toBe(`Dear ${"x".repeat(7995)}`);
  });
});

describe("templates", () => {
  const options = () => [...page.page.querySelectorAll<HTMLElement>("[role=option]")];
  const chosen = (box: HTMLElement) =>
    document.getElementById(box.getAttribute("aria-activedescendant") ?? "")?.textContent ?? "";

  it("open with a slash at the beginning of a line, and close with Escape", () => {
    const { box } = compose();
    type(box, "and/or");
    expect(options()).toEqual([]);
    type(box, "/");
    expect(options()).toHaveLength(templates.length);
    expect(page.find("[role=listbox]").getAttribute("aria-label")).toBe("Templates");
    expect(page.said()).toContain(`${templates.length} results`);
    expect(key(box, "Escape")).toBe(false);
    expect(options()).toEqual([]);
    expect(box.value).toBe("/");
    type(box, "/g");
    expect(options()).toEqual([]);
    type(box, "");
    type(box, "/g");
    expect(options()).not.toEqual([]);
  });

  it("are found in either language, walked with the arrows, and put in with Enter", () => {
    const { box, send } = compose();
    type(box, "Hi\n/الختام");
    expect(options()).toHaveLength(1);
    type(box, "/re");
    const before = chosen(box);
    key(box, "ArrowDown");
    expect(chosen(box)).not.toBe(before);
    key(box, "ArrowUp");
    expect(chosen(box)).toBe(before);
    type(box, "/greeting");
    expect(key(box, "Enter")).toBe(false);
    expect(send).not.toHaveBeenCalled();
    expect(box.value).toBe(
      "Hello Mona Lindqvist-Johnson-Smith the Third, this is Omar from Support. How can I help you?",
    );
    expect(options()).toEqual([]);
  });

  it("that nobody has leave Enter to sending", () => {
    const { box, send } = compose();
    type(box, "/zzz");
    expect(page.page.textContent).toContain("No templates match");
    key(box, "Enter");
    expect(send).toHaveBeenCalledWith(mona.id, "/zzz");
  });

  it("with fields are not sent until each is filled; Tab goes from one to the next", () => {
    const { box, send } = compose();
    type(box, "/refund granted");
    key(box, "Enter");
    const selected = () => box.value.slice(box.selectionStart, box.selectionEnd);
    expect(selected()).toBe("<refund_amount>");
    expect(key(box, "Tab")).toBe(false);
    expect(selected()).toBe("<order_number>");
    expect(key(box, "Tab")).toBe(true);
    key(box, "Enter");
    expect(send).not.toHaveBeenCalled();
    expect(page.said()).toContain("Fill in \u2068refund amount\u2069 before sending");
    expect(selected()).toBe("<refund_amount>");
    type(box, box.value.replace("<refund_amount>", "84.50"));
    key(box, "Enter");
    expect(send).not.toHaveBeenCalled();
    type(box, box.value.replace("<order_number>", "1200-AB/7"));
    key(box, "Enter");
    expect(send).toHaveBeenCalledWith(
      mona.id,
      "We have refunded 84.50 for order 1200-AB/7. It takes 3 to 5 working days.",
    );
  });

  it("keep their fields through a reload, also where the signs are allowed", () => {
    const first = compose({}, [], true);
    type(first.box, "/on its way");
    key(first.box, "Enter");
    page.unmount();
    const { box, send } = compose({}, [], true);
    expect(box.value).toContain("<order_number>");
    key(box, "Enter");
    expect(send).not.toHaveBeenCalled();
    type(box, "if a < b");
    key(box, "Enter");
    expect(send).toHaveBeenCalledWith(mona.id, "if a < b");
  });

  it("lose a field as a whole: the first Backspace shows it", () => {
    const { box } = compose();
    type(box, "Order <order_number>");
    box.setSelectionRange(20, 20);
    expect(key(box, "Backspace")).toBe(false);
    expect([box.selectionStart, box.selectionEnd]).toEqual([6, 20]);
    expect(key(box, "Backspace")).toBe(true);
  });

  it("chosen beside the conversation go where the caret was", () => {
    const { box } = compose();
    const [closing] = templates.filter((template) => template.end);
    if (!closing) throw new Error("no closing question");
    act(() => void insertTemplate(mona.id, closing));
    expect(box.value).toBe("Is there anything else I can help you with?");
    expect(insertTemplate("conv_other", closing)).toBe(false);
  });
});

describe("variables", () => {
  it("open with two at signs and are replaced by what they stand for", () => {
    const { box } = compose();
    type(box, "Dear @@cus");
    expect([...page.page.querySelectorAll("[role=option]")]).toHaveLength(1);
    key(box, "Enter");
    expect(box.value).toBe("Dear Mona Lindqvist-Johnson-Smith the Third");
  });
});

describe("a note", () => {
  const toggle = () => page.find("[aria-label='Internal note']");

  it("is for colleagues: its own text, reserved signs allowed, and nobody hears of the typing", () => {
    const { box, send, note, typing } = compose();
    type(box, "for the customer");
    typing.mockClear();
    click(toggle());
    expect(toggle().getAttribute("aria-pressed")).toBe("true");
    expect(box.value).toBe("");
    expect(page.page.textContent).toContain("Not visible to the customer");
    type(box, "price < 5 <order_number>");
    expect(typing).not.toHaveBeenCalledWith(mona.id, true);
    key(box, "Enter");
    expect(send).not.toHaveBeenCalled();
    expect(note).toHaveBeenCalledExactlyOnceWith(mona.id, "price < 5 <order_number>");
    click(toggle());
    expect(box.value).toBe("for the customer");
  });

  it("has the limit of messages", () => {
    const { box, note } = compose();
    click(toggle());
    type(box, "س".repeat(1001));
    key(box, "Enter");
    expect(note).not.toHaveBeenCalled();
    expect(page.page.textContent).toContain("1 character over");
  });
});

describe("messages that were not sent", () => {
  it("are told under the box with the way to send them again", () => {
    const failed = (clientId: string): Outgoing => ({ clientId, text: "x", at: 0, mark: "failed" });
    const { box, retry } = compose({}, [failed("a"), { ...failed("b"), mark: "sending" }, failed("c")]);
    expect(page.page.textContent).toContain("2 messages were not sent");
    const after = [...page.page.querySelectorAll("textarea, button")];
    expect(after[after.indexOf(box) + 1]?.textContent).toBe("Try again");
    click(button("Try again") as HTMLElement);
    expect(retry.mock.calls.map(([, id]) => id as string)).toEqual(["a", "c"]);
  });
});

describe("the closing question", () => {
  it("is put behind what stands there", () => {
    const { box } = compose();
    type(box, "Done.");
    act(() => void insertQuestion(mona.id, "Anything else?"));
    expect(box.value).toBe("Done.\nAnything else?");
    expect(document.activeElement).toBe(box);
  });

  it("goes nowhere where nothing can be written", () => {
    compose({ readOnly: "left" });
    expect(insertQuestion(mona.id, "Anything else?")).toBe(false);
  });
});

describe("the direction of the box", () => {
  it("is the page's while empty, and the text's afterwards", () => {
    const { box } = compose();
    expect(box.dir).toBe("ltr");
    type(box, "مرحبًا iPhone");
    expect(box.dir).toBe("rtl");
  });
});
