// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as en from "../../../locales/gen/en";
import { Refusal } from "../../../protocol/src/socket";
import { AddressContext, pageAddress } from "../address";
import { problemText } from "../parts/problems";
import { state } from "../stories/cast";
import { fakePeople } from "../stories/fakeAdmin";
import { click, mount, type Mounted } from "../stories/mount";
import type { PeopleSource } from "./people";
import { People } from "./PeoplePage";

let page: Mounted;
afterEach(() => page.unmount());

const show = async (source: PeopleSource, lang: "en" | "ar" = "en") => {
  page = mount(
    <AddressContext value={pageAddress()}>
      <People source={source} query="sara@nakheel.example" />
    </AddressContext>,
    { state: state([], {}), lang },
  );
  await act(() => Promise.resolve());
};
const people = () => [...page.page.querySelectorAll("main ul > li")];
const named = (name: string, within: ParentNode = document) =>
  [...within.querySelectorAll("button")].filter((button) => button.textContent === name);
const press = async (button: HTMLButtonElement | undefined) => {
  await act(async () => {
    if (button) click(button);
    await Promise.resolve();
  });
};
const fill = async (text: string) => {
  const box = document.querySelector<HTMLInputElement>("[role=alertdialog] input, [role=dialog] input");
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(box, text);
    box?.dispatchEvent(new Event("input", { bubbles: true }));
    await Promise.resolve();
  });
};

describe("what is kept of people", () => {
  it("is shown with why it cannot be erased now", async () => {
    await show(fakePeople);
    expect(people()).toHaveLength(3);
    expect(people()[0]?.textContent).toContain("2 conversations · Files: 3 · Browsers: 2");
    expect(people()[1]?.textContent).toContain("Case 2026/118");
    const erase = named("Erase");
    expect(erase.map((button) => button.getAttribute("aria-disabled"))).toEqual([null, "true", "true"]);
    expect(erase.map((button) => button.title)).toEqual([
      "",
      "This is held: nothing of it can be erased until the hold is lifted.",
      "A conversation of this person goes on, or is being wrapped up. End it first.",
    ]);
  });

  it("says a word once, also where the site calls somebody by their e-mail", async () => {
    const [first] = await fakePeople.find("");
    if (!first) throw new Error("there is nobody");
    await show({
      ...fakePeople,
      find: () => Promise.resolve([{ ...first, subjects: ["sara@nakheel.example", "user-8842"] }]),
    });
    const known = [...page.page.querySelectorAll("main li p bdi")].map((word) => word.textContent);
    expect(known.slice(0, 3)).toEqual(["sara@nakheel.example", "+966 50 555 0134", "user-8842"]);
  });

  it("is erased once the person is typed, and asked for again", async () => {
    const erase = vi.fn<PeopleSource["erase"]>(() => Promise.resolve());
    const find = vi.fn<PeopleSource["find"]>((query) => fakePeople.find(query));
    await show({ ...fakePeople, erase, find });
    await press(named("Erase")[0]);
    const dialog = document.querySelector("[role=alertdialog]");
    expect(dialog?.textContent).toContain("2 conversations");
    const sure = () => named("Erase", document.querySelector("[role=alertdialog]") ?? document)[0];
    await press(sure());
    expect(erase).not.toHaveBeenCalled();
    await fill("sara@nakheel.example");
    await press(sure());
    expect(erase).toHaveBeenCalledWith("cus_01jd6x4q0e8f7", "sara@nakheel.example");
    expect(document.querySelector("[role=alertdialog]")).toBeNull();
    expect(find).toHaveBeenCalledTimes(2);
  });

  it("is held with a reason, and let go", async () => {
    const hold = vi.fn<PeopleSource["hold"]>(() => Promise.resolve());
    const release = vi.fn<PeopleSource["release"]>(() => Promise.resolve());
    await show({ ...fakePeople, hold, release });
    await press(named("Hold")[0]);
    await fill("Case 7");
    await press(named("Hold", document.querySelector("[role=dialog]") ?? document)[0]);
    expect(hold).toHaveBeenCalledWith("cus_01jd6x4q0e8f7", "Case 7");
    await press(named("Lift the hold")[0]);
    expect(release).toHaveBeenCalledWith("cus_01jd6x4q0e8f8");
  });

  it("speaks Arabic, says that there is nothing, and what went wrong", async () => {
    await show({ ...fakePeople, find: () => Promise.resolve([]) }, "ar");
    expect(page.page.querySelector("h1")?.textContent).toBe("البيانات الشخصية");
    expect(page.page.querySelector("[role=status]")?.textContent).toBe("لا توجد بيانات محفوظة بهذا المعرّف.");
    page.unmount();
    await show({ ...fakePeople, find: () => Promise.reject(new Refusal("forbidden")) });
    expect(page.find("main [role=alert]").textContent).toContain(problemText(new Refusal("forbidden"), en));
  });
});
