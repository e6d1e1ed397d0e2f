// @vitest-environment jsdom
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { state } from "../stories/cast";
import { click, mount, type, type Mounted } from "../stories/mount";
import { TeamSwitches } from "./TeamSwitches";

let page: Mounted;
afterEach(() => page.unmount());

const teams = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ id: `team_${i}`, name: { en: `Team ${i}`, ar: `فريق رقم ${i}` } }));

function Chosen({ of }: { of: number }) {
  const [chosen, choose] = useState(["team_3"]);
  return <TeamSwitches teams={teams(of)} chosen={chosen} onChange={choose} />;
}
const show = (of: number) => (page = mount(<Chosen of={of} />, { state: state([], {}) }));
const listed = () => [...page.page.querySelectorAll("label:has([role=switch])")].map((l) => l.textContent);
const on = () =>
  [...page.page.querySelectorAll<HTMLInputElement>("[role=switch]")].filter((i) => i.checked).length;

describe("the teams of somebody new", () => {
  it("are read as they are up to twelve", () => {
    show(12);
    expect(listed()).toHaveLength(12);
    expect(page.page.querySelector("[type=search]")).toBeNull();
    expect(on()).toBe(1);
  });

  it("are searched in both languages when they are more, and those that are on stay in sight", () => {
    show(13);
    const search = page.find("[type=search]");
    type(search, "رقم 12");
    expect(listed()).toEqual(["Team 12"]);
    click(page.find("label:has([role=switch]) input"));
    type(search, "nobody");
    expect(listed()).toEqual([]);
    expect(page.find("[role=status]").textContent).toBe('No teams match "nobody"');
    expect([...page.page.querySelectorAll("p bdi")].map((b) => b.textContent)).toEqual([
      "Team 3",
      "Team 12",
      "nobody",
    ]);
    type(search, "");
    expect(on()).toBe(2);
  });

  it("are a hundred at once of thousands, and all of them are searched", () => {
    show(5000);
    expect(listed()).toHaveLength(100);
    expect(page.find("[role=status]").textContent).toBe("100 of 5,000. Search to find others.");
    type(page.find("[type=search]"), "team 4321");
    expect(listed()).toEqual(["Team 4321"]);
  });
});
