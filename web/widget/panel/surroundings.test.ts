import { expect, test } from "vitest";
import { known, withoutQuery } from "./surroundings";

test("of the page before neither query nor fragment is told", () => {
  expect(withoutQuery("https://search.example/find?q=divorce#top")).toBe("https://search.example/find");
  expect(withoutQuery("about:blank")).toBe("");
  expect(withoutQuery("")).toBe("");
  expect(withoutQuery(undefined)).toBe("");
});

test("what is not known is left out", () => {
  expect(known({ page_title: "", referrer: undefined, time_zone: "Asia/Riyadh", visits: 2 })).toEqual({
    time_zone: "Asia/Riyadh",
    visits: 2,
  });
});
