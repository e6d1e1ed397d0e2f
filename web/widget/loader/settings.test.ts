// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { settings, type Given } from "./settings";
import { readable } from "../bridge/color";

function script(data: Record<string, string>): HTMLScriptElement {
  const made = document.createElement("script");
  made.src = "https://chat.example/hiwar.js";
  Object.assign(made.dataset, data);
  return made;
}

const read = (data: Record<string, string>, given: Given = {}) => settings(script(data), given, document);

beforeEach(() => {
  document.documentElement.lang = "";
  document.documentElement.dir = "";
  document.body.dir = "";
});

test("without a key nothing is set up", () => {
  expect(read({})).toBeUndefined();
  expect(read({ key: "" }, { key: "" })).toBeUndefined();
});

test("the key may stand in the address of the script, where the server reads it too", () => {
  const tag = script({});
  tag.src = "https://chat.example/hiwar.js?key=a%26b";
  expect(settings(tag, {}, document)).toMatchObject({ key: "a&b", server: "https://chat.example" });
});

test("the server is where the script came from", () => {
  expect(read({ key: "k" })?.server).toBe("https://chat.example");
});

test("what the site says of its visitor is read, as far as it can be shown", () => {
  const tag = script({ key: "k" });
  tag.setAttribute("data-attr-plan", "gold");
  const given = { attributes: { plan: "silver", orders: 3, vip: true, cart: { items: 2 }, none: null } };
  expect(settings(tag, given, document)?.attributes).toEqual({ plan: "gold", orders: "3", vip: "true" });
  expect(read({ key: "k" }, { attributes: "x" })?.attributes).toEqual({});
});

test("attributes win over the global", () => {
  const found = read({ key: "a", color: "#112233" }, { key: "b", color: "#445566", name: "Sara" });
  expect(found).toMatchObject({ key: "a", color: "#112233", prefill: { name: "Sara" } });
});

test.each([
  ["the snippet", { lang: "ar" }, "en", "ar"],
  ["the page", {}, "ar-SA", "ar"],
  ["the page in English", {}, "en", "en"],
  ["the browser", {}, "", "en"],
])("the language comes from %s", (_, data, page, want) => {
  document.documentElement.lang = page;
  expect(read({ key: "k", ...data })?.lang).toBe(want);
});

test.each([
  ["said", { dir: "rtl" }, "", "", "rtl"],
  ["of the page", {}, "rtl", "en", "rtl"],
  ["of the page's language", {}, "", "ar", "rtl"],
  ["of the page, though the chat speaks Arabic", { lang: "ar" }, "ltr", "en", "ltr"],
  ["of the chat's language where the page says nothing", { lang: "ar" }, "", "", "rtl"],
])("the launcher stands on the side %s", (_, data, dir, lang, want) => {
  document.documentElement.dir = dir;
  document.documentElement.lang = lang;
  expect(read({ key: "k", ...data })?.dir).toBe(want);
});

test("a colour that is none is left out", () => {
  expect(read({ key: "k", color: "red;background:url(//x)" })?.color).toBe("");
});

test.each([
  ["#1160b7", "#fff"],
  ["#0e7c66", "#fff"],
  ["#f4b24a", "#171717"],
  ["#ffffff", "#171717"],
])("on %s one reads %s", (color, want) => {
  expect(readable(color)).toBe(want);
});
