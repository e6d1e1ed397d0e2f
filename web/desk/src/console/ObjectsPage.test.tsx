// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { AddressContext, ownAddress, pageAddress, type Address } from "../address";
import { state } from "../stories/cast";
import { fakeConsole } from "../stories/fakeConsole";
import { click, mount, type, type Mounted } from "../stories/mount";
import type { Kind } from "./kind";
import { kinds } from "./kinds";
import type { Config, Obj } from "./object";
import { ObjectsPage, type ObjectsPageProps } from "./ObjectsPage";
import type { ConsoleSource } from "./save";

let page: Mounted;
let address: Address;
afterEach(() => page.unmount());

/** The form with a few of its fields: all of them take long to draw. */
const brief = (kind: Kind): Kind => ({
  ...kind,
  fields: kind.fields.filter(({ at }) => ["name", "priority", "rona", "color"].includes(at)),
});

interface Shown extends Partial<ObjectsPageProps> {
  at: string;
  address?: Address;
}
async function show({ at, address: given, ...rest }: Shown) {
  address = given ?? ownAddress(at);
  page = mount(
    <AddressContext value={address}>
      <ObjectsPage kind={brief(kinds.queues)} source={fakeConsole} {...rest} />
    </AddressContext>,
    { state: state([], {}) },
  );
  await act(() => Promise.resolve());
}
const named = (name: string, within: ParentNode = document) =>
  [...within.querySelectorAll("button")].find((button) => button.textContent === name);
const press = async (name: string, within?: ParentNode) => {
  const found = named(name, within);
  if (!found) throw new Error(`there is no button ${name}`);
  await act(async () => click(found));
};
const field = (place: string) => page.find(`[data-field="${place}"] input`) as HTMLInputElement;
const question = () => document.querySelector<HTMLElement>("[role=alertdialog]");

/** Everything is done that was not waiting for somebody. */
const settled = () =>
  act(async () => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  });

/** A server that keeps what it is given, when it is told to. */
function slow(): ConsoleSource & { answer(): Promise<void> } {
  let now: Config | undefined;
  let free = () => undefined as void;
  const wait = () => new Promise<void>((resolve) => (free = resolve));
  const load = async () => (now ??= await fakeConsole.load());
  return {
    ...fakeConsole,
    load,
    async apply(file) {
      await wait();
      const all = await load();
      for (const given of (file as { queues: Obj[] }).queues) {
        const kept = given.id.startsWith("que_") ? given : { ...given, id: "que_new" };
        const others = (all.queues ?? []).filter(({ id }) => id !== kept.id);
        now = { ...all, queues: [...others, kept] };
      }
    },
    answer: async () => {
      await settled(); // it was asked
      free();
      await settled();
    },
  };
}

describe("the form of the console", () => {
  it("is there for a new one wherever one comes from", async () => {
    const source = slow();
    await show({ at: "/admin/queues?id=new", source });
    expect(field("priority").value).toBe("5");
    type(field("name"), "Returns");
    await press("Save");
    await source.answer();
    expect(address.get()).toBe("/admin/queues?id=que_new");
    expect(page.find("form h2").textContent).toBe("Returns");
    await act(async () => address.go("/admin/queues?id=new"));
    expect(field("name").value).toBe("");
  });

  it("keeps what is typed while it is being saved, as not saved yet", async () => {
    const source = slow();
    await show({ at: "/admin/queues?id=que_2", source });
    type(field("priority"), "3");
    await press("Save");
    type(field("rona"), "90");
    await source.answer();
    expect([field("priority").value, field("rona").value]).toEqual(["3", "90"]);
    expect(page.find("form [role=status]").textContent).toBe("Not saved yet");
    await press("Discard changes");
    expect([field("priority").value, field("rona").value]).toEqual(["3", "0"]);
  });

  it("is as it was where archiving is refused", async () => {
    const plan = vi.fn(() => Promise.reject(new Refusal("in_use")));
    await show({ at: "/admin/queues?id=que_2", source: { ...fakeConsole, plan } });
    await press("Archive");
    await press("Archive", question() ?? document);
    expect(plan).toHaveBeenCalledOnce();
    expect(page.page.querySelector("form [role=alert]")).not.toBeNull();
    expect(page.find("form [role=status]").textContent).toBe("");
    expect(named("Discard changes")).toBeUndefined();
  });
});

describe("changes that are not saved", () => {
  it("are asked about before another page, not within this one", async () => {
    await show({ at: "/admin/queues?id=que_2" });
    type(field("priority"), "3");
    await act(async () => click(page.find('main nav a[href$="que_1"]')));
    expect(question()).toBeNull();
    await act(async () => click(page.find('main nav a[href$="que_2"]')));
    expect(field("priority").value).toBe("3");
    await act(async () => click(page.find('a[href="/admin/teams"]')));
    expect(question()).not.toBeNull();
    expect(address.get()).toBe("/admin/queues?id=que_2");
    await press("Leave", question() ?? document);
    expect(address.get()).toBe("/admin/teams");
  });

  it("are asked about before the list, where that is a page of its own", async () => {
    await show({ at: "/admin/assets?id=ast_1", kind: brief(kinds.assets), listed: true });
    type(field("color"), "#a01122");
    await act(async () => click(page.find('a[href="/admin/assets"]')));
    expect(question()).not.toBeNull();
    expect(address.get()).toBe("/admin/assets?id=ast_1");
    await press("Stay", question() ?? document);
    await press("Discard changes");
    await act(async () => click(page.find('a[href="/admin/assets"]')));
    expect(address.get()).toBe("/admin/assets");
  });

  it("are not asked about when a new one is given up", async () => {
    await show({ at: "/admin/assets?id=new", kind: brief(kinds.assets), listed: true });
    type(field("name"), "Shop");
    await press("Discard changes");
    expect(question()).toBeNull();
    expect(address.get()).toBe("/admin/assets");
  });

  it("are asked about before the browser's way back", async () => {
    window.history.replaceState(null, "", "/admin/queues?id=que_2");
    const told = vi.fn();
    const real = pageAddress();
    real.subscribe(told);
    await show({ at: "", address: real });
    type(field("priority"), "3");
    const back = () => {
      window.history.replaceState(null, "", "/admin/teams");
      act(() => void window.dispatchEvent(new PopStateEvent("popstate")));
    };
    back();
    expect(question()).not.toBeNull();
    expect(address.get()).toBe("/admin/queues?id=que_2");
    expect(told).not.toHaveBeenCalled();
    await press("Leave", question() ?? document);
    expect(address.get()).toBe("/admin/teams");
  });
});
