import { expect, it } from "vitest";
import { fullName, groupsOf, ownFirst, reasonChoices, type Branch } from "./reasonTree";

const reason = (id: string, ar: string, group?: string): Branch => ({
  id,
  name: { en: id, ar },
  ...(group === undefined ? {} : { group }),
});
const all = [
  reason("billing", "الفواتير"),
  reason("refund", "رد المبلغ", "billing"),
  reason("late", "متأخر", "refund"),
  reason("spam", ""),
  reason("lost", "", "gone"),
];
const find = (id: string) => all.find((r) => r.id === id) as Branch;

it("knows the groups of a reason, the outermost first, whatever is there of them", () => {
  expect(groupsOf(find("late"), all).map((r) => r.id)).toEqual(["billing", "refund"]);
  expect(groupsOf(find("lost"), all)).toEqual([]);
  const circle = [reason("a", "", "b"), reason("b", "", "a")];
  expect(groupsOf(circle[0] as Branch, circle).map((r) => r.id)).toEqual(["a", "b"]);
});

it("names a reason with its groups, in the other language where one has no name", () => {
  expect(fullName(find("late"), all)).toEqual({
    en: "billing › refund › late",
    ar: "الفواتير › رد المبلغ › متأخر",
  });
  expect(fullName(find("spam"), all).ar).toBe("spam");
});

it("lists what stands in no group first, and each is found by its groups", () => {
  const choices = reasonChoices(["late", "spam", "refund", "nothing"], all, "ar");
  expect(choices.map(({ id, section }) => [id, section])).toEqual([
    ["spam", undefined],
    ["late", "الفواتير › رد المبلغ"],
    ["refund", "الفواتير"],
  ]);
  expect(choices[1]?.also).toContain("billing");
});

it("begins a long list with favourites and what was used, each once", () => {
  const choices = reasonChoices(["spam", "late", "refund", "lost"], all, "en");
  const headings = { favorites: "F", used: "U", others: "O" };
  const own = ownFirst(choices, ["late", "gone"], ["spam", "late"], headings);
  expect(own.map(({ id, section, detail }) => [id, section, detail])).toEqual([
    ["late", "F", "billing › refund"],
    ["spam", "U", undefined],
    ["lost", "O", undefined],
    ["refund", "billing", undefined],
  ]);
  expect(ownFirst(choices, [], ["gone"], headings)).toEqual(choices);
});
