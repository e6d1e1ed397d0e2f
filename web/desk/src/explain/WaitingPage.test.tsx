// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { watchToasts } from "../../../ui/src/Toasts";
import { agent, setup, state } from "../stories/cast";
import { mayTake } from "../stories/fakeWaiting";
import { click, mount, type Mounted } from "../stories/mount";
import { lists } from "../parts/targets";
import { WaitingPage } from "./WaitingPage";

let page: Mounted;
const go = vi.fn();
const waiting = vi.fn(() => Promise.resolve(mayTake));

afterEach(() => {
  page.unmount();
  lists.clear();
  vi.clearAllMocks();
});

/** Until it holds; what was asked for comes in its own time. */
const until = (holds: () => void) => act(() => vi.waitFor(holds));

async function show(change: Parameters<typeof agent>[0] = {}, pick = vi.fn(() => Promise.resolve())) {
  const shown = state(
    [],
    {},
    { setup: { ...setup, picks: true }, desk: { agent: agent(change), cards: [] } },
  );
  page = mount(<WaitingPage go={go} />, { state: shown, actions: { waiting, pick } });
  await until(() => void page.find("h3"));
  return pick;
}

const take = () => page.find('button[aria-label="Take the conversation with خالد الحربي"]');

describe("taking from the list", () => {
  it("opens the conversation that was taken", async () => {
    const pick = await show();
    click(take());
    await until(() => expect(go).toHaveBeenCalledExactlyOnceWith("conv_khalid"));
    expect(pick).toHaveBeenCalledExactlyOnceWith("conv_khalid");
  });

  it("says that somebody else was faster, stays, and looks again", async () => {
    const told: string[] = [];
    const unwatch = watchToasts(({ text, bad }) => void (bad && told.push(text)));
    await show(
      {},
      vi.fn(() => Promise.reject(new Refusal("already_taken"))),
    );
    expect(waiting).toHaveBeenCalledTimes(1);
    click(take());
    await until(() => expect(waiting).toHaveBeenCalledTimes(2));
    unwatch();
    expect(told.join()).toMatch(/خالد الحربي.* was not taken\. .*someone else has it/);
    expect(go).not.toHaveBeenCalled();
  });

  it("looks again when the server says that it may have changed", async () => {
    await show();
    act(() => page.store.set((now) => ({ ...now, targetsChanged: now.targetsChanged + 1 })));
    await until(() => expect(waiting).toHaveBeenCalledTimes(2));
  });

  it.each([
    ["in RONA", { presence: "rona" as const }, "Your state is RONA"],
    ["with all slots in use", { occupied: 3, capacity: 3 }, "You have reached your limit"],
  ])("is not possible %s, and says why", async (_, change, why) => {
    const pick = await show(change);
    click(take());
    expect(pick).not.toHaveBeenCalled();
    expect(take().getAttribute("aria-disabled")).toBe("true");
    expect(take().title).toContain(why);
  });

  it("is not possible of somebody who is being offered or is away", async () => {
    await show();
    const off = [...page.page.querySelectorAll<HTMLButtonElement>("button[aria-disabled=true]")];
    expect(off.map((button) => button.title)).toEqual(["Offered to an agent now", "The customer is away"]);
  });

  it("says nothing of why to who may only take", async () => {
    await show();
    expect(page.page.querySelector("button[aria-expanded]")).toBeNull();
  });
});
