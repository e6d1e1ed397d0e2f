// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { state } from "../stories/cast";
import { click, mount, type Mounted } from "../stories/mount";
import { CopyButton } from "./CopyButton";

let page: Mounted;
afterEach(() => {
  page.unmount();
  vi.unstubAllGlobals();
});

/** A page without a clipboard, as on a plain-text connection; the old way is allowed or not. */
async function pressed(allowed: boolean) {
  vi.stubGlobal("navigator", { ...navigator, clipboard: undefined });
  let taken = "";
  document.execCommand = () => {
    taken = document.querySelector<HTMLTextAreaElement>("body > textarea")?.value ?? "";
    return allowed;
  };
  const refused = vi.fn();
  page = mount(<CopyButton text="K7QX" label="Copy the code" onRefused={refused} />, {
    state: state([], {}),
  });
  const button = page.find("button");
  expect(button.textContent).toBe("Copy the code");
  await act(async () => click(button));
  return { said: button.textContent, refused, taken };
}

it("says that it is copied when it is, also the old way", async () => {
  const { said, refused, taken } = await pressed(true);
  expect(taken).toBe("K7QX");
  expect(said).toBe("Copied");
  expect(refused).not.toHaveBeenCalled();
});

it("does not say so where the browser did not allow it", async () => {
  const { said, refused } = await pressed(false);
  expect(said).toBe("Copy the code");
  expect(refused).toHaveBeenCalledOnce();
});
