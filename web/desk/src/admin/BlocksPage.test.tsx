// @vitest-environment jsdom
import { act, useEffect } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { useLanguage, type Language } from "../../../ui/src/language";
import { AddressContext, ownAddress } from "../address";
import { state } from "../stories/cast";
import { fakeBlocks } from "../stories/fakeSecurity";
import { click, mount, type, type Mounted } from "../stories/mount";
import type { BlockSource } from "./blocks";
import { BlockList } from "./BlocksPage";

let page: Mounted;
afterEach(() => page.unmount());

let adopt: Language["adopt"];
function Adopter() {
  const language = useLanguage();
  useEffect(() => {
    adopt = language.adopt;
  });
  return null;
}

const show = async (source: BlockSource, lang: "en" | "ar" = "en") => {
  page = mount(
    <AddressContext value={ownAddress("/admin/blocks")}>
      <BlockList source={source} />
      <Adopter />
    </AddressContext>,
    { state: state([], {}), lang },
  );
  await act(() => Promise.resolve());
};
const button = (name: string, within: ParentNode = document) => {
  const found = [...within.querySelectorAll("button")].find((b) => b.textContent === name);
  if (!found) throw new Error(`there is no button ${name}`);
  return found;
};
const press = (name: string, within?: ParentNode) => act(async () => click(button(name, within)));
const dialog = () => document.querySelector<HTMLElement>("[role=dialog]");
const items = () => [...page.page.querySelectorAll("main li")].map((li) => li.textContent);

describe("who is blocked", () => {
  it("is listed newest first, older ones when they are asked for", async () => {
    await show(fakeBlocks);
    expect(items()).toHaveLength(2);
    expect(items()[0]).toContain("سلمى القحطاني");
    expect(page.page.querySelectorAll("[role=img]")).toHaveLength(1);
    expect(items()[1]).toContain("203.0.113.0/24");
    expect(items()[1]).toContain("Until it is lifted");
    await press("Older ones");
    expect(items()).toHaveLength(3);
  });

  it("is searched, and a search begins at the newest", async () => {
    await show(fakeBlocks);
    await press("Older ones");
    await act(async () => type(page.find("[type=search]"), "203.0"));
    expect(items()).toHaveLength(1);
    await act(async () => type(page.find("[type=search]"), "nothing"));
    expect(page.page.textContent).toContain("Nobody is blocked.");
  });

  it("is searched once more, for the last of what was typed, when the answer is there", async () => {
    const answers: (() => void)[] = [];
    const ask = vi.fn<BlockSource["page"]>(
      (query, before) =>
        new Promise((resolve) => answers.push(() => resolve(fakeBlocks.page(query, before)))),
    );
    const answer = () => act(async () => answers.shift()?.());
    await show({ ...fakeBlocks, page: ask });
    for (const typed of ["2", "20", "203"]) type(page.find("[type=search]"), typed);
    expect(ask).toHaveBeenCalledTimes(1);
    await answer();
    expect(items()).toHaveLength(0); // nobody wants that answer any more
    expect(ask.mock.calls).toEqual([
      ["", ""],
      ["203", ""],
    ]);
    await answer();
    expect(items()).toHaveLength(1);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("is asked for again where a page failed, and keeps those above it", async () => {
    let fails = false;
    const ask = (query: string, before: string) =>
      fails ? Promise.reject(new Refusal("unavailable")) : fakeBlocks.page(query, before);
    await show({ ...fakeBlocks, page: ask });
    fails = true;
    await press("Older ones");
    expect(items()).toHaveLength(2);
    fails = false;
    await press("Try again", page.find("main [role=alert]"));
    expect(items()).toHaveLength(3);
    expect(page.page.querySelector("main [role=alert]")).toBeNull();
  });

  it("stays as it is when it is written in another way", async () => {
    const ask = vi.fn(fakeBlocks.page);
    await show({ ...fakeBlocks, page: ask });
    await press("Older ones");
    const [before] = items();
    act(() => adopt({ digits: "latn", timeZone: "Asia/Riyadh", hourCycle: 12 }));
    expect(items()[0]).not.toBe(before);
    expect(items()).toHaveLength(3);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("is let write again", async () => {
    const lift = vi.fn(fakeBlocks.lift);
    await show({ ...fakeBlocks, lift });
    await press("Lift the block");
    expect(lift).toHaveBeenCalledExactlyOnceWith("blk_3");
  });

  it("can be a network, for a day unless it is said otherwise", async () => {
    const add = vi.fn(fakeBlocks.add);
    await show({ ...fakeBlocks, add });
    await press("Block a network");
    await press("Block", dialog() ?? document);
    expect(dialog()?.textContent).toContain("This is no address or network");
    expect(add).not.toHaveBeenCalled();
    type(dialog()?.querySelector("input[dir=ltr]") as HTMLElement, " 203.0.113.7 ");
    await press("Block", dialog() ?? document);
    expect(add).toHaveBeenCalledExactlyOnceWith("203.0.113.7", { reason: "", hours: 24 });
    expect(dialog()).toBeNull();
  });

  it("says at the field what the server thinks of a network", async () => {
    const add = () => Promise.reject(new Refusal("invalid_parameter", { parameter: "network" }));
    await show({ ...fakeBlocks, add }, "ar");
    await press("حظر شبكة");
    const field = dialog()?.querySelector("input[dir=ltr]") as HTMLInputElement;
    type(field, "0.0.0.0/0");
    await press("حظر", dialog() ?? document);
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(dialog()?.textContent).toContain("واسعة جدًا");
  });
});
