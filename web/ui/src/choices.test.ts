import { expect, it } from "vitest";
import { filterChoices, firstChoices, shownChoices, type Choice } from "./choices";

const many: Choice[] = Array.from({ length: 1000 }, (_, i) => ({
  id: `a${i}`,
  name: `أحمد ${i}`,
  also: `Ahmad ${i}`,
}));

it("finds by either language, whatever the spelling", () => {
  expect(filterChoices(many, "احمد 999").map((choice) => choice.id)).toEqual(["a999"]);
  expect(filterChoices(many, "AHMAD 998").map((choice) => choice.id)).toEqual(["a998"]);
});

it("finds by what a choice has become, not by what it was", () => {
  const [first] = filterChoices(many, "ahmad 7");
  expect(filterChoices([{ ...(first as Choice), name: "ليلى", also: "" }], "ليلي")).toHaveLength(1);
});

it("shows the first of a long list, and the chosen one wherever it stands", () => {
  expect(firstChoices(many, null)).toHaveLength(shownChoices);
  expect(firstChoices(many, "a3")).toHaveLength(shownChoices);
  const withChosen = firstChoices(many, "a900");
  expect(withChosen[0]?.id).toBe("a900");
  expect(withChosen).toHaveLength(shownChoices + 1);
  expect(firstChoices(many.slice(0, 50), "a900")).toHaveLength(50);
});
