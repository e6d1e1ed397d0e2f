// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, it } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { AddressContext, ownAddress } from "../address";
import { state } from "../stories/cast";
import { mount, type Mounted } from "../stories/mount";
import { useLoaded } from "../parts/useLoaded";
import { useGuarded } from "./routes";

let page: Mounted;
afterEach(() => page.unmount());

const at = "/admin/assets?keys=ast_1";

async function refusedBy(code: string): Promise<string> {
  const address = ownAddress(at);
  const source = {
    first: () => Promise.reject(new Refusal(code)),
    second: () => Promise.reject(new Refusal(code)),
  };
  function Lists() {
    const { first, second } = useGuarded(source);
    useLoaded(first);
    useLoaded(second);
    return null;
  }
  page = mount(
    <AddressContext value={address}>
      <Lists />
    </AddressContext>,
    { state: state([], {}) },
  );
  await act(() => Promise.resolve());
  return address.get();
}

it.each([["token_required"], ["token_invalid"], ["second_step_missing"]])(
  "who is refused with %s signs in, and comes back to where they were",
  async (code) => {
    const to = new URL(await refusedBy(code), "https://desk.example");
    expect(to.pathname).toBe("/login");
    expect(to.searchParams.get("back")).toBe(at);
  },
);

it("who may not is told so where they are", async () => {
  expect(await refusedBy("forbidden")).toBe(at);
});
