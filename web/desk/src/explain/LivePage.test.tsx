// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { AddressContext, ownAddress } from "../address";
import { state } from "../stories/cast";
import { fakeWaiting } from "../stories/fakeWaiting";
import { click, mount, type Mounted } from "../stories/mount";
import { lists } from "../parts/targets";
import { LivePage } from "./LivePage";

let page: Mounted;
afterEach(() => {
  page.unmount();
  lists.clear();
});

const until = (holds: () => void) => act(() => vi.waitFor(holds));

it("says how many wait now, not how many waited before", async () => {
  const list = await fakeWaiting.waiting();
  const waiting = vi.fn(() => Promise.resolve(list));
  page = mount(
    <AddressContext value={ownAddress("/live")}>
      <LivePage source={{ ...fakeWaiting, waiting }} />
    </AddressContext>,
    { state: state([], {}) },
  );
  await until(() => void page.find("h3"));
  waiting.mockResolvedValue({ ...list, waiting: [], total: 0 });
  click(page.find('button[aria-label="Refresh list"]'));
  await until(() => expect(page.said().join()).toContain("Nobody is waiting"));
});
