// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { agent, state } from "../stories/cast";
import { standing } from "../stories/fakeWaiting";
import { click, mount, type Mounted } from "../stories/mount";
import { lists } from "../parts/targets";
import { StandingDialog } from "./StandingDialog";

let page: Mounted;

afterEach(() => {
  page.unmount();
  lists.clear();
});

const button = (name: string) =>
  [...document.querySelectorAll<HTMLButtonElement>("[role=dialog] footer button")].find(
    (one) => one.textContent === name,
  );

it("says what to do, and keeps the focus when that was done", async () => {
  const idle = standing({ presence: "idle", ruled_by: "not_available" });
  const asked = vi.fn().mockResolvedValueOnce(idle).mockResolvedValue(standing());
  page = mount(<StandingDialog onClose={() => undefined} />, {
    state: state([], {}, { desk: { agent: agent({ presence: "idle" }), cards: [] } }),
    actions: { standing: asked, setPresence: () => Promise.resolve() },
  });
  await act(() => vi.waitFor(() => expect(button("Change to Available")).toBeDefined()));
  expect(document.querySelector("[role=dialog] [role=status]")?.textContent).toContain("Your state is Idle");
  button("Change to Available")?.focus();
  click(button("Change to Available") as HTMLElement);
  await act(() => vi.waitFor(() => expect(button("Change to Available")).toBeUndefined()));
  expect(document.activeElement).toBe(button("Close"));
  expect(document.querySelector("[role=dialog] [role=status]")?.textContent).toContain(
    "Your state is Available",
  );
});
