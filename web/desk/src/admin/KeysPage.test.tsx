// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { AddressContext, ownAddress } from "../address";
import { state } from "../stories/cast";
import { fakeKeys } from "../stories/fakeSecurity";
import { click, mount, type, type Mounted } from "../stories/mount";
import { faultOf, type KeySource } from "./keys";
import { IdentityKeys } from "./KeysPage";

let page: Mounted;
afterEach(() => page.unmount());

const show = async (source: KeySource, lang: "en" | "ar" = "en") => {
  page = mount(
    <AddressContext value={ownAddress("/admin/assets?keys=ast_1")}>
      <IdentityKeys asset="ast_1" source={source} />
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
const dialog = () => document.querySelector<HTMLElement>("[role=dialog], [role=alertdialog]");
const press = (name: string, within?: ParentNode) => act(async () => click(button(name, within)));
const items = () => [...page.page.querySelectorAll("main li")].map((li) => li.textContent);

const pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----";

describe("the identity keys of an asset", () => {
  it("are listed, those in use first, and only those can be retired", async () => {
    const retire = vi.fn(fakeKeys.retire);
    await show({ ...fakeKeys, retire });
    expect(items()).toHaveLength(2);
    expect(items()[0]).toContain("key_w4jn8c2ydt6r");
    expect(items()[1]).toMatch(/key_7h2kqv5mx3pa.*Retired/);
    expect(page.page.textContent).toContain("pk_4t9wq2m7");
    await press("Retire");
    expect(dialog()?.textContent).toContain("It is the last key in use");
    expect(retire).not.toHaveBeenCalled();
    await press("Retire", dialog() ?? document);
    expect(retire).toHaveBeenCalledExactlyOnceWith("ast_1", "key_w4jn8c2ydt6r");
    expect(dialog()).toBeNull();
  });

  it("show a secret once", async () => {
    const add = vi.fn(fakeKeys.add);
    await show({ ...fakeKeys, add });
    await press("Add a key");
    await act(async () => click(dialog()?.querySelector("input[value=HS256]") as HTMLElement));
    expect(dialog()?.querySelector("textarea")).toBeNull();
    await press("Add a key", dialog() ?? document);
    expect(add).toHaveBeenCalledExactlyOnceWith("ast_1", "HS256", "");
    expect(dialog()?.querySelector("input")?.value).toBe("0mZk8w0q1TtY5hJr2cVbN7xQeD4uLaSg");
    expect(dialog()?.textContent).toContain("key_new");
    await press("Close", dialog()?.querySelector("footer") ?? document);
    expect(document.body.innerHTML).not.toContain("0mZk8w0q1TtY5hJr2cVbN7xQeD4uLaSg");
  });

  it("never send a private key, nor keep it on the page", async () => {
    const add = vi.fn(fakeKeys.add);
    await show({ ...fakeKeys, add });
    await press("Add a key");
    const area = dialog()?.querySelector("textarea") as HTMLTextAreaElement;
    type(area, pem.replaceAll("PUBLIC", "PRIVATE"));
    await press("Add a key", dialog() ?? document);
    expect(dialog()?.querySelector("[role=alert]")?.textContent).toContain("private key");
    expect(area.value).toBe("");
    type(area, "ssh-ed25519 AAAA");
    await press("Add a key", dialog() ?? document);
    expect(dialog()?.querySelector("[role=alert]")?.textContent).toContain("no public key for EdDSA");
    expect(add).not.toHaveBeenCalled();
    type(area, ` ${pem}\n`);
    await press("Add a key", dialog() ?? document);
    expect(add).toHaveBeenCalledExactlyOnceWith("ast_1", "EdDSA", pem);
    expect(dialog()).toBeNull();
  });

  it("say what the server thinks of a key", async () => {
    const refusing = (params: Record<string, unknown>) => ({
      ...fakeKeys,
      add: () => Promise.reject(new Refusal("out_of_range", params)),
    });
    for (const [params, said] of [
      [{ parameter: "public_key" }, "no public key"],
      [{ field: "keys" }, "Five keys are in use"],
    ] as const) {
      await show(refusing(params));
      await press("Add a key");
      type(dialog()?.querySelector("textarea") as HTMLElement, pem);
      await press("Add a key", dialog() ?? document);
      expect(dialog()?.querySelector("[role=alert]")?.textContent).toContain(said);
      page.unmount();
    }
    await show(fakeKeys);
  });

  it("are required or not, and a switch that could not be kept goes back", async () => {
    const require = vi.fn<KeySource["require"]>(() => Promise.reject(new Refusal("unavailable")));
    await show({ ...fakeKeys, require });
    const toggle = page.find("[role=switch]") as HTMLInputElement;
    expect(toggle.checked).toBe(true);
    await act(async () => click(toggle));
    expect(require).toHaveBeenCalledExactlyOnceWith("ast_1", false);
    expect(toggle.checked).toBe(true);
    expect(page.page.querySelector("main [role=alert]")).not.toBeNull();
  });

  it("warn where nobody could write", async () => {
    const { keys, ...rest } = await fakeKeys.load("ast_1");
    await show({ ...fakeKeys, load: () => Promise.resolve({ ...rest, keys: keys.slice(0, 1) }) }, "ar");
    expect(page.page.querySelector("h1")?.textContent).toBe("مفاتيح الهوية");
    expect(page.page.querySelector("main [role=alert]")?.textContent).toContain(
      "لا يوجد مفتاح قيد الاستخدام",
    );
  });
});

describe("what is pasted as a public key", () => {
  it.each([
    [pem, undefined],
    [`\n${pem}\n`, undefined],
    ["-----BEGIN EC PRIVATE KEY-----\nx\n-----END EC PRIVATE KEY-----", "private"],
    [`${pem}\n-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----`, "private"],
    ["", "none"],
    ["-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----", "none"],
    ["-----BEGIN PUBLIC KEY-----", "none"],
  ])("%j", (pasted, fault) => expect(faultOf(pasted)).toBe(fault));
});
