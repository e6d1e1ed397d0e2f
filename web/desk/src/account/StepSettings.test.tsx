// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { state } from "../stories/cast";
import { fakeStep } from "../stories/fakeAccount";
import { click, mount, type, type Mounted } from "../stories/mount";
import { ProofDialog } from "./ProofDialog";
import type { StepSource } from "./source";
import { StepSettings } from "./StepSettings";

let page: Mounted;
afterEach(() => page.unmount());

const settle = () => act(() => Promise.resolve());
async function show(source: StepSource, lang: "en" | "ar" = "en") {
  page = mount(<StepSettings source={source} />, { state: state([], {}), lang });
  await settle();
}
const button = (name: string) =>
  [...document.querySelectorAll("button")].find((one) => one.textContent === name) as HTMLButtonElement;
const press = async (name: string) => {
  await act(async () => click(button(name)));
  await settle();
};
const codeBox = () => document.querySelector("input[autocomplete=one-time-code]") as HTMLInputElement;

describe("one's second step", () => {
  it("is set up by a code of the secret, and its recovery codes are shown", async () => {
    const source = fakeStep();
    const confirm = vi.spyOn(source, "confirm");
    await show(source);
    expect(page.page.textContent).toContain("The password alone is enough");
    await press("Set up");
    expect(page.find("svg[role=img]").getAttribute("viewBox")).toBe("-4 -4 29 29");
    expect(page.page.textContent).toContain("JBSW Y3DP EHPK 3PXP");
    await press("Confirm");
    expect(confirm).not.toHaveBeenCalled();
    expect(codeBox().getAttribute("aria-invalid")).toBe("true");
    type(codeBox(), "١٢٣ ٤٥٦");
    await press("Confirm");
    expect(confirm).toHaveBeenCalledWith("١٢٣ ٤٥٦");
    expect(page.page.querySelectorAll("li")).toHaveLength(10);
    await press("Continue");
    expect(page.page.textContent).toContain("10 recovery codes left");
  });

  it("says that a code is wrong, and keeps the secret", async () => {
    const source = fakeStep();
    const enrol = vi.spyOn(source, "enrol");
    source.confirm = () => Promise.reject(new Refusal("login_failed", { reason: "code" }));
    await show(source);
    await press("Set up");
    type(codeBox(), "000000");
    await press("Confirm");
    expect(page.page.textContent).toContain("The code is not right, or was used already.");
    expect(enrol).toHaveBeenCalledTimes(1);
  });

  it("is begun again where its secret could not be had", async () => {
    const source = fakeStep();
    const enrol = vi.spyOn(source, "enrol").mockRejectedValueOnce(new Refusal("unavailable"));
    await show(source);
    await press("Set up");
    expect(page.page.querySelector("svg[role=img]")).toBeNull();
    await press("Try again");
    expect(page.find("svg[role=img]").getAttribute("viewBox")).toBe("-4 -4 29 29");
    expect(enrol).toHaveBeenCalledTimes(2);
    expect(button("Try again")).toBeUndefined();
  });

  it("is turned off, but not where the organization wants it", async () => {
    await show(fakeStep({ on: true, recovery_codes: 1 }));
    expect(page.page.textContent).toContain("1 recovery code left");
    await press("Turn off");
    expect(page.page.textContent).toContain("The password alone is enough");
    page.unmount();
    await show(fakeStep({ on: true, recovery_codes: 2, obliged: true }), "ar");
    expect(page.page.textContent).toContain("بقي رمزا استرداد");
    expect(button("إيقاف")).toBeUndefined();
  });
});

describe("proof of being oneself", () => {
  const closed = vi.fn();
  const ask = async (source: StepSource) => {
    closed.mockClear();
    page = mount(<ProofDialog source={source} onClose={closed} />, { state: state([], {}) });
    await settle();
  };
  it("is the password, or a code of who has a second step", async () => {
    const source = fakeStep({ on: true });
    const prove = vi.spyOn(source, "prove");
    await ask(source);
    await press("Use a code instead");
    type(codeBox(), "123456");
    await press("Confirm");
    expect(prove).toHaveBeenCalledWith({ code: "123456" });
    expect(closed).toHaveBeenCalledWith(true);
  });

  it("is asked for again after a mistake, and can be left", async () => {
    const source = fakeStep();
    source.prove = () => Promise.reject(new Refusal("login_failed", { reason: "present" }));
    await ask(source);
    expect(button("Use a code instead")).toBeUndefined();
    type(document.querySelector("input[type=password]") as HTMLInputElement, "a guess");
    await press("Confirm");
    expect(document.body.textContent).toContain("The present password is not right.");
    expect(closed).not.toHaveBeenCalled();
    await press("Cancel");
    expect(closed).toHaveBeenCalledWith(false);
  });
});
