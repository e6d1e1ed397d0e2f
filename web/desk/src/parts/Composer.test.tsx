// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { active, conversation, mona, state, thread } from "../stories/cast";
import { click, key, mount, type, type Mounted } from "../stories/mount";
import { Composer, type ComposerProps } from "./Composer";

let page: Mounted;
const card = active(mona, 10);

function compose(change: Partial<ComposerProps> = {}): {
  box: HTMLTextAreaElement;
  send: ReturnType<typeof vi.fn>;
} {
  const send = vi.fn();
  page = mount(<Composer card={card} question={0} readOnly={undefined} {...change} />, {
    state: state([card], { [mona.id]: thread(conversation(mona)) }),
    actions: { send },
  });
  const box = page.find("textarea") as HTMLTextAreaElement;
  box.focus();
  return { box, send };
}

afterEach(() => {
  page.unmount();
  localStorage.clear();
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
  it("is there again when the conversation is opened anew", () => {
    type(compose().box, "half a sen");
    page.unmount();
    expect(compose().box.value).toBe("half a sen");
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
});

describe("the closing question", () => {
  it("is put behind what stands there", () => {
    const { box } = compose();
    type(box, "Done.");
    page.redraw(<Composer card={card} question={1} readOnly={undefined} />);
    expect(box.value).toBe("Done.\nIs there anything else I can help you with?");
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
