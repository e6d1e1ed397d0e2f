import { expect, it } from "vitest";
import { firstLoad, weigh, wordsIn } from "./size.mjs";

const site: Record<string, string> = {
  "/app/desk/index.html":
    '<link rel="icon" href="/app/icon.svg"><link rel="stylesheet" href="/app/desk/assets/a.css">' +
    '<script type="module" crossorigin src="/app/desk/assets/main.js"></script>',
  "/app/desk/assets/main.js":
    'import{a}from"./shared.js";import"./side.js";const b=()=>import("./later.js");',
  "/app/desk/assets/shared.js": 'import { c } from "../../vendor.js";export const a=c;',
  "/app/desk/assets/side.js": 'import "./main.js";',
  "/app/vendor.js": "export const c=1;",
  "/app/desk/assets/a.css": "b{}",
};
const read = (path: string) => {
  const text = site[path];
  if (text === undefined) throw new Error(`${path} should not be asked for`);
  return text;
};

it("counts what a page names and imports, each once, but nothing it loads later", () => {
  expect(firstLoad("/app/desk/index.html", read).sort()).toEqual([
    "/app/desk/assets/a.css",
    "/app/desk/assets/main.js",
    "/app/desk/assets/shared.js",
    "/app/desk/assets/side.js",
    "/app/vendor.js",
  ]);
});

it("weighs each file compressed by itself", () => {
  const text = "نص طويل يتكرر ".repeat(200);
  const one = weigh(["a"], () => text);
  const two = weigh(["a", "b"], () => text);
  expect(one.brotli).toBeGreaterThan(0);
  expect(one.brotli).toBeLessThan(one.gzip);
  expect(two).toEqual({ brotli: 2 * one.brotli, gzip: 2 * one.gzip });
});

it("finds what a first load should not know of", () => {
  expect(wordsIn(["export const c", "/audit"], ["/app/vendor.js"], read)).toEqual(["export const c"]);
});
