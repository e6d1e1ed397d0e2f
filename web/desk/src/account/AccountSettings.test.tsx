// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { state } from "../stories/cast";
import { fakePasskeys, fakeStep } from "../stories/fakeAccount";
import { click, mount, type, type Mounted } from "../stories/mount";
import { AccountSettings } from "./AccountSettings";
import type { AccountSource, Session } from "./source";

let page: Mounted;
afterEach(() => page.unmount());

const here: Session = {
  id: "a",
  current: true,
  seen_at: "2026-11-22T09:00:00Z",
  user_agent: "Firefox/1 Linux",
};
const phone: Session = { ...here, id: "b", current: false, user_agent: "Safari/1 iPhone" };

async function show(source: Partial<AccountSource> = {}) {
  let open = [here, phone];
  const end = vi.fn((id: string) => {
    open = open.filter((one) => one.id !== id);
    return Promise.resolve();
  });
  const change = vi.fn(() => Promise.resolve());
  const whole = { sessions: () => Promise.resolve(open), end, change, ...source };
  await act(async () => {
    page = mount(<AccountSettings source={whole} steps={fakeStep()} passkeys={fakePasskeys()} />, {
      state: state([], {}),
    });
    await Promise.resolve();
  });
  return { end, change };
}
const rows = () => [...page.page.querySelectorAll("li")].map((row) => row.querySelector("bdi")?.textContent);
const buttons = () => [...page.page.querySelectorAll<HTMLElement>("li button")];
const field = (name: string) => page.find(`input[autocomplete=${name}]`);
const send = () => act(async () => click(page.find("button[type=submit]")));

describe("one's account", () => {
  it("lists where one is signed in, and ends all but this session", async () => {
    const { end } = await show();
    expect(rows()).toEqual(["Firefox · Linux", "Safari · iOS"]);
    expect(buttons().map((button) => button.ariaLabel ?? button.getAttribute("aria-label"))).toEqual([
      "End the session in Safari · iOS",
    ]);
    await act(async () => click(buttons()[0] as HTMLElement));
    expect(end).toHaveBeenCalledWith("b");
    expect(rows()).toEqual(["Firefox · Linux"]);
  });

  it("changes the password for who gives the present one", async () => {
    const { change } = await show();
    type(field("current-password"), "a blue bicycle at noon");
    type(field("new-password"), "short");
    await send();
    expect(change).not.toHaveBeenCalled();
    expect(page.page.querySelectorAll("[aria-invalid]")).toHaveLength(1);
    type(field("new-password"), "nine quiet boats at dawn");
    await send();
    expect(change).toHaveBeenCalledWith("a blue bicycle at noon", "nine quiet boats at dawn");
    expect((field("new-password") as HTMLInputElement).value).toBe("");
  });

  it("says what was refused, and keeps what was typed", async () => {
    await show({ change: () => Promise.reject(new Refusal("login_failed", { reason: "present" })) });
    type(field("current-password"), "a guess");
    type(field("new-password"), "nine quiet boats at dawn");
    await send();
    expect(page.find("[role=alert]").textContent).toBe("The present password is not right.");
    expect((field("current-password") as HTMLInputElement).value).toBe("a guess");
  });
});
