// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { state } from "../stories/cast";
import { click, mount, type Mounted } from "../stories/mount";
import { Providers, type ProvidersProps } from "./Providers";
import { keepWay, returnedIn, takeWay, type ProviderSource } from "./providerSource";

let page: Mounted;
afterEach(() => page.unmount());
beforeEach(() => sessionStorage.clear());

const lotus = { id: "idp_1", name: { en: "Lotus", ar: "لوتس" } };

async function show(props: Partial<ProvidersProps> = {}, source: Partial<ProviderSource> = {}) {
  const whole = {
    offered: vi.fn(() => Promise.resolve({ organization: "org_1", providers: [lotus] })),
    begin: vi.fn(() => Promise.resolve("https://login.example.org/authorize")),
    finish: vi.fn(() => Promise.resolve({})),
    leave: vi.fn(),
    ...source,
  };
  const enter = vi.fn(async (attempt: (step?: string) => Promise<object>) => void (await attempt()));
  await act(async () => {
    page = mount(<Providers organization="" back="/admin/users" enter={enter} source={whole} {...props} />, {
      state: state([], {}),
    });
    await Promise.resolve();
  });
  return { ...whole, enter };
}
const alert = () => page.page.querySelector("[role=alert]")?.textContent;

describe("signing in through another system", () => {
  it("sets out for the provider, and remembers the way", async () => {
    const { begin, leave } = await show();
    expect(page.find("button").textContent).toContain("Lotus");
    await act(async () => click(page.find("button")));
    expect(begin).toHaveBeenCalledWith("org_1", "idp_1");
    expect(leave).toHaveBeenCalledWith("https://login.example.org/authorize");
    expect(takeWay()).toEqual({ back: "/admin/users", organization: "" });
    expect(takeWay().back).toBe("");
  });

  it("tells why it did not work, with the reference, and can be tried again", async () => {
    const down = new Refusal("provider_unreachable", { reference: "REF42" });
    const { begin, leave } = await show({}, { begin: vi.fn(() => Promise.reject(down)) });
    await act(async () => click(page.find("button")));
    expect(alert()).toContain("REF42");
    expect(leave).not.toHaveBeenCalled();
    await act(async () => click(page.find("button")));
    expect(begin).toHaveBeenCalledTimes(2);
  });

  it("uses what the provider sent once, and the code of a second step after it", async () => {
    const returned = returnedIn(new URLSearchParams("state=s&code=c"));
    const { finish, enter } = await show({ returned });
    expect(finish).toHaveBeenCalledExactlyOnceWith({ state: "s", code: "c" });
    await enter.mock.calls[0]?.[0]("123456");
    expect(finish).toHaveBeenLastCalledWith({ step: "123456" });
  });

  it("says what was refused when somebody came back", async () => {
    const refusal = new Refusal("sign_in_refused", { reason: "unknown", reference: "REF7" });
    await show({
      returned: returnedIn(new URLSearchParams("state=s&error=access_denied")),
      enter: () => Promise.reject(refusal),
    });
    expect(alert()).toMatch(/no account.*REF7/);
  });

  it("offers nothing where nothing is offered, or nobody answers", async () => {
    await show({}, { offered: () => Promise.reject(new Refusal("unavailable")) });
    expect(page.page.querySelector("button")).toBeNull();
  });
});

it("takes no other question for an answer of a provider", () => {
  for (const asked of ["", "state=s", "code=c", "back=/desk"])
    expect(returnedIn(new URLSearchParams(asked))).toBeUndefined();
  keepWay({ back: "/desk", organization: "org_2" });
  expect(takeWay()).toEqual({ back: "/desk", organization: "org_2" });
});
