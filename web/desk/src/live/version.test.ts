// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isOutdated, scriptOf } from "./version";

const page = (script: string) =>
  `<!doctype html><html><head><script type="module" crossorigin src="/app/desk/assets/${script}"></script></head></html>`;

beforeEach(() => {
  document.head.innerHTML = `<script type="module" crossorigin="" src="/app/desk/assets/index-1.js"></script>`;
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.head.innerHTML = "";
});

const served = (answer: () => Promise<Response>) => {
  vi.stubGlobal("fetch", answer);
  return isOutdated();
};

it("reads the main script of a page", () => {
  expect(scriptOf(page("index-2.js"))).toBe("/app/desk/assets/index-2.js");
  expect(scriptOf("<p>a page of somebody else</p>")).toBeUndefined();
});

it("knows that the server has other pages now", async () => {
  expect(await served(() => Promise.resolve(new Response(page("index-1.js"))))).toBe(false);
  expect(await served(() => Promise.resolve(new Response(page("index-2.js"))))).toBe(true);
});

it("says nothing where it does not know: no answer, a failure, the page of a network that wants to be paid", async () => {
  expect(await served(() => Promise.reject(new TypeError("offline")))).toBe(false);
  expect(await served(() => Promise.resolve(new Response(page("index-2.js"), { status: 503 })))).toBe(false);
  expect(await served(() => Promise.resolve(new Response("<html>Wi-Fi</html>")))).toBe(false);
});
