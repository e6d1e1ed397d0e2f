// @vitest-environment jsdom
import { act, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveRegions } from "./announce";
import { shownChoices, type Choice } from "./choices";
import { SearchSelect } from "./SearchSelect";

let page: HTMLElement;
let root: Root;
const chosen = vi.fn<(id: string | null) => void>();

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  vi.useFakeTimers();
  chosen.mockClear();
});
afterEach(() => {
  act(() => root.unmount());
  vi.useRealTimers();
});

function Form({ choices, start }: { choices: Choice[]; start: string | null }) {
  const [value, set] = useState(start);
  return (
    <div onKeyDown={({ key }) => key === "Escape" && chosen("left")}>
      <SearchSelect
        label="Agents"
        choices={choices}
        value={value}
        onChange={(id) => {
          chosen(id);
          set(id);
        }}
        empty={({ q }) => `nothing for ${q}`}
        found={({ n }) => `${n} found`}
        more={({ shown, total }) => `${shown} of ${total}`}
      />
      <LiveRegions />
    </div>
  );
}

function draw(choices: Choice[], start: string | null = null) {
  page = document.createElement("div");
  document.body.replaceChildren(page);
  root = createRoot(page);
  act(() => root.render(<Form choices={choices} start={start} />));
  act(() => input().focus());
}

const agents = (n: number): Choice[] =>
  Array.from({ length: n }, (_, i) => ({ id: `a${i}`, name: `Agent ${i}`, detail: `${i} of 5` }));
const input = () => page.querySelector("input") as HTMLInputElement;
const options = () => [...page.querySelectorAll<HTMLElement>("[role=option]")];
const current = () => document.getElementById(input().getAttribute("aria-activedescendant") ?? "");
const press = (key: string, init: KeyboardEventInit = {}) =>
  act(() => {
    input().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
  });
const write = (text: string) =>
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input(), text);
    input().dispatchEvent(new Event("input", { bubbles: true }));
  });
const said = () =>
  [...page.querySelectorAll("[aria-live] > div")].map((node) => node.textContent).join(" | ");

describe("a drop-down list that is a search field", () => {
  it("is closed until a key or the arrow opens it", () => {
    draw(agents(3));
    expect(input().getAttribute("aria-expanded")).toBe("false");
    expect(options()).toEqual([]);
    act(() => page.querySelector("button")?.click());
    expect(input().getAttribute("aria-expanded")).toBe("true");
    expect(options()).toHaveLength(3);
    expect(current()).toBeNull();
  });

  it("goes by the arrows and chooses by Enter, and shows the name of what is chosen", () => {
    draw(agents(3));
    press("ArrowDown");
    expect(current()?.textContent).toContain("Agent 0");
    press("ArrowDown");
    press("ArrowUp");
    press("ArrowUp");
    expect(current()?.textContent).toContain("Agent 2");
    press("Enter");
    expect(chosen).toHaveBeenCalledExactlyOnceWith("a2");
    expect(input().value).toBe("Agent 2");
    expect(options()).toEqual([]);
  });

  it("takes what the keys have reached when Tab leaves it", () => {
    draw(agents(3));
    write("agent 1");
    press("ArrowDown");
    press("Tab");
    expect(chosen).toHaveBeenCalledExactlyOnceWith("a1");
  });

  it("chooses by a press, and not what is gone", () => {
    draw([{ id: "a", name: "Away", gone: "no longer there" }, ...agents(2)]);
    press("ArrowDown");
    expect(current()?.textContent).toContain("Agent 0");
    act(() => options()[0]?.click());
    expect(chosen).not.toHaveBeenCalled();
    expect(options()[0]?.getAttribute("aria-disabled")).toBe("true");
    act(() => options()[2]?.click());
    expect(chosen).toHaveBeenCalledExactlyOnceWith("a1");
  });

  it("closes at Escape, and what it stands in does not", () => {
    draw(agents(3), "a1");
    write("zzz");
    press("Escape");
    expect(chosen).not.toHaveBeenCalled();
    expect(input().value).toBe("Agent 1");
    press("Escape");
    expect(chosen).toHaveBeenCalledExactlyOnceWith("left");
  });

  it("says what it shows again when it is left, and nothing is chosen when it was emptied", () => {
    draw(agents(3), "a1");
    write("agent 2");
    act(() => input().blur());
    expect(input().value).toBe("Agent 1");
    expect(chosen).not.toHaveBeenCalled();
    act(() => input().focus());
    write("");
    expect(chosen).toHaveBeenCalledExactlyOnceWith(null);
    act(() => input().blur());
    expect(input().value).toBe("");
  });

  it("leaves keys alone while letters are being composed, and those of the panel around it", () => {
    draw(agents(3));
    write("agent");
    press("ArrowDown");
    press("Enter", { isComposing: true });
    press("Enter", { ctrlKey: true });
    expect(chosen).not.toHaveBeenCalled();
  });

  it("says how many it found once typing pauses, and what stands there when that is none", () => {
    draw(agents(20));
    write("agent 1");
    act(() => void vi.advanceTimersByTime(200));
    expect(said()).toBe("");
    write("agent 19");
    act(() => void vi.advanceTimersByTime(500));
    expect(said()).toBe("1 found");
    write("zzz");
    act(() => void vi.advanceTimersByTime(500));
    expect(said()).toContain("nothing for zzz");
    expect(options().map((option) => option.textContent)).toEqual(["nothing for zzz"]);
  });
});

describe("a list of a thousand", () => {
  it("draws what can be seen and some more, and says where each stands in the whole", () => {
    draw(agents(1000));
    write("agent");
    expect(options().length).toBeLessThan(20);
    expect(options()[3]?.getAttribute("aria-posinset")).toBe("4");
    expect(options()[3]?.getAttribute("aria-setsize")).toBe(String(shownChoices));
    expect(page.textContent).toContain(`${shownChoices} of 1000`);
  });

  it("draws whatever the keys reach", () => {
    draw(agents(1000));
    press("ArrowDown");
    for (let i = 0; i < 30; i++) press("ArrowDown");
    expect(current()?.textContent).toContain("Agent 30");
    press("End");
    expect(current()?.textContent).toContain(`Agent ${shownChoices - 1}`);
    expect(current()?.getAttribute("aria-posinset")).toBe(String(shownChoices));
  });

  it("draws more as one scrolls, and begins anew with what is typed", () => {
    draw(agents(1000));
    write("agent");
    const before = options().length;
    const list = page.querySelector("[role=listbox]") as HTMLElement;
    vi.spyOn(list, "clientHeight", "get").mockReturnValue(300);
    vi.spyOn(list, "scrollHeight", "get").mockReturnValue(480);
    act(() => void list.dispatchEvent(new Event("scroll")));
    expect(options().length).toBeGreaterThan(before);
    write("agent 1");
    expect(options().length).toBe(before);
  });
});
