// @vitest-environment jsdom
// What is long is drawn in part and searched.
import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { AddressContext, ownAddress } from "../address";
import { Archive } from "../console/Dialogs";
import type { Config } from "../console/object";
import { state } from "../stories/cast";
import { fakeAssets, fakePlan } from "../stories/fakeAdmin";
import { mount, type, type Mounted } from "../stories/mount";
import { AssetList } from "./AssetsPage";
import { PlanOf } from "./PlanOf";

let page: Mounted;
afterEach(() => page.unmount());

const many = 5000;
const each = <T,>(made: (i: number) => T) => Array.from({ length: many }, (_, i) => made(i));
const both = (i: number) => ({ en: `Number ${i}`, ar: `رقم ${i}` });
const draw = async (node: React.ReactNode) => {
  page = mount(<AddressContext value={ownAddress("/admin/assets")}>{node}</AddressContext>, {
    state: state([], {}),
  });
  await act(() => Promise.resolve());
};
const rows = (of: string) => [...document.querySelectorAll(of)].map((row) => row.textContent);
const search = (text: string) => type(document.querySelector("[type=search]") as HTMLElement, text);

it("the assets, by both names and by their sites", async () => {
  const list = each((i) => ({ id: `ast_${i}`, name: both(i), origins: [`https://site-${i}.example`] }));
  await draw(<AssetList source={{ ...fakeAssets, list: () => Promise.resolve(list) }} />);
  expect(rows("main li")).toHaveLength(100);
  search("رقم site-4321");
  expect(rows("main li h2")).toEqual(["Number 4321"]);
});

it("no assets at all are said to be none", async () => {
  await draw(<AssetList source={{ ...fakeAssets, list: () => Promise.resolve([]) }} />);
  expect(page.find("[role=status]").textContent).toBe("Nothing is here yet");
});

it("what a file would change", async () => {
  const changes = each((i) => ({
    kind: "team" as const,
    id: `team_${i}`,
    name: both(i),
    new: true,
    fields: [],
  }));
  await draw(<PlanOf plan={{ ...fakePlan, changes }} />);
  expect(rows("ul > li")).toHaveLength(100);
  search("team رقم 4321");
  expect(rows("ul > li")).toEqual(["Team: Number 4321 · new"]);
});

it("what uses a thing that is archived", async () => {
  const config: Config = {
    format: "",
    version: 1,
    hours: [{ id: "hrs_1", name: { en: "Office" } }],
    queues: each((i) => ({ id: `que_${i}`, name: both(i), limits: { hours: "hrs_1" } })),
  };
  const hours = config.hours?.[0] ?? { id: "" };
  await draw(<Archive object={hours} config={config} onArchive={vi.fn()} onClose={vi.fn()} />);
  expect(rows("[role=alertdialog] li")).toHaveLength(100);
  search("4321");
  expect(rows("[role=alertdialog] li a")).toEqual(["Number 4321"]);
});
