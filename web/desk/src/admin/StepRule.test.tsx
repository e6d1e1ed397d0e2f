// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import { state } from "../stories/cast";
import { click, mount, type Mounted } from "../stories/mount";
import type { Configuration, Obliged, UserSource } from "./source";
import { StepRule } from "./StepRule";

let page: Mounted;
afterEach(() => page.unmount());

const stored = (rule: Obliged): Configuration => ({
  format: "",
  version: 1,
  organization: { settings: { second_step: rule } },
});
const drawn = (rule: Obliged, oblige: UserSource["oblige"], onFailed = vi.fn()) => (
  <StepRule config={stored(rule)} source={{ oblige }} onSaved={() => Promise.resolve()} onFailed={onFailed} />
);
const chosen = () => page.page.querySelector<HTMLInputElement>("input:checked")?.value;
const choose = (rule: Obliged) => act(async () => click(page.find(`input[value="${rule}"]`)));

it("is what is stored once it was saved, whoever changes it then", async () => {
  const oblige = vi.fn(() => Promise.resolve());
  page = mount(drawn("", oblige), { state: state([], {}) });
  await choose("everybody");
  expect(oblige).toHaveBeenCalledExactlyOnceWith(stored(""), "everybody");
  page.redraw(drawn("everybody", oblige));
  expect(chosen()).toBe("everybody");
  page.redraw(drawn("administrators", oblige));
  expect(chosen()).toBe("administrators");
});

it("goes back where it could not be saved, and says why", async () => {
  const failed = vi.fn();
  page = mount(
    drawn("", () => Promise.reject(new Refusal("version_conflict")), failed),
    { state: state([], {}) },
  );
  await choose("administrators");
  expect(chosen()).toBe("");
  expect(failed).toHaveBeenCalledOnce();
});
