// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it } from "vitest";
import * as en from "../../../locales/gen/en";
import { Refusal } from "../../../protocol/src/socket";
import { AddressContext, pageAddress } from "../address";
import { problemText } from "../parts/problems";
import { state } from "../stories/cast";
import { fakeAudit } from "../stories/fakeAdmin";
import { click, mount, type Mounted } from "../stories/mount";
import { AuditLog } from "./AuditPage";
import type { AuditSource } from "./source";

let page: Mounted;
afterEach(() => page.unmount());

const exported = () => Promise.resolve();
const show = async (source: AuditSource, lang: "en" | "ar" = "en") => {
  page = mount(
    <AddressContext value={pageAddress()}>
      <AuditLog source={source} />
    </AddressContext>,
    { state: state([], {}), lang },
  );
  await act(() => Promise.resolve());
};
const listed = () => [...page.page.querySelectorAll("ol > li")].map((item) => item.textContent);
const button = (name: string) =>
  [...page.page.querySelectorAll("button")].find((b) => b.textContent === name) as HTMLButtonElement;

describe("the audit log", () => {
  it("shows the newest, and older ones below them when they are asked for", async () => {
    await show(fakeAudit);
    expect(listed()).toHaveLength(2);
    expect(listed()[0]).toContain("Configuration changed");
    expect(listed()[0]).toContain("Omar Haddad");
    expect(listed()[0]).toContain('rona: "30s" → "45s"');
    await act(async () => click(button("Older records")));
    expect(listed()).toHaveLength(4);
    expect(listed()[2]).toContain("On the server itself");
    expect(button("Older records")).toBeUndefined();
  });

  it("says that the file could not be had", async () => {
    await show({ ...fakeAudit, export: () => Promise.reject(new Refusal("unavailable")) });
    await act(async () => click(button("Export")));
    expect(page.page.textContent).toContain(problemText(new Refusal("unavailable"), en));
  });

  it("speaks Arabic", async () => {
    await show(fakeAudit, "ar");
    expect(page.page.querySelector("h1")?.textContent).toBe("سجل التدقيق");
    expect(listed()[1]).toContain("قراءة محادثة");
  });

  it("says that there is nothing, and what went wrong", async () => {
    await show({ page: () => Promise.resolve({ records: [], more: false }), export: exported });
    expect(page.page.textContent).toContain("Nothing is recorded yet.");
    page.unmount();
    await show({ page: () => Promise.reject(new Refusal("forbidden")), export: exported });
    expect(page.find("main [role=alert]").textContent).toContain(problemText(new Refusal("forbidden"), en));
  });
});
