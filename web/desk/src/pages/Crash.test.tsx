// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { state } from "../stories/cast";
import { click, mount, type Mounted } from "../stories/mount";
import { CrashGuard, FailurePage } from "./Crash";

let page: Mounted;
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => {
  page.unmount();
  vi.restoreAllMocks();
});

const Broken = (): never => {
  throw new Error("nothing to draw");
};

describe("a page that throws", () => {
  it.each([
    ["en", "This page could not be shown", "Reload", "Your messages are safe on the server"],
    ["ar", "تعذّر عرض هذه الصفحة", "إعادة التحميل", "رسائلك محفوظة على الخادم"],
  ] as const)("says so in %s, with a code and the way out", (lang, title, reload, safe) => {
    page = mount(
      <CrashGuard>
        <Broken />
      </CrashGuard>,
      { state: state([], {}), lang },
    );
    expect(page.find("[role=alert] h1").textContent).toBe(title);
    const text = page.find("[role=alert]").textContent ?? "";
    for (const part of [safe, "client_error", reload]) expect(text).toContain(part);
  });

  it("is drawn as ever until it does", () => {
    page = mount(<CrashGuard>all is well</CrashGuard>, { state: state([], {}) });
    expect(page.page.textContent).toContain("all is well");
  });
});

describe("a page that cannot be had", () => {
  it("says why by its code, and tries again when asked", () => {
    const go = vi.fn();
    page = mount(<FailurePage failure={new Refusal("unavailable")} exit={{ name: "Try again", go }} />, {
      state: state([], {}),
    });
    expect(page.find("[role=alert]").textContent).toContain("unavailable");
    click(page.find("button"));
    expect(go).toHaveBeenCalledOnce();
  });
});
