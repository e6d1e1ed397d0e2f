import { readdirSync } from "node:fs";
import { relative, resolve } from "node:path";
import { expect, it, vi } from "vitest";
import { circle, importsOf } from "./circles.mjs";

// Every source file is read.
vi.setConfig({ testTimeout: 60_000 });

const web = resolve(import.meta.dirname, "..");
const sources = ["demo", "desk", "locales", "protocol", "ui", "widget"].flatMap((room) =>
  readdirSync(resolve(web, room), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => resolve(web, room, name)),
);

it("has no files that import one another in a circle", () => {
  const imports = new Map(sources.map((path) => [path, importsOf(path)]));
  expect([...imports.values()].flat().length).toBeGreaterThan(sources.length);
  expect(circle(imports)?.map((path) => relative(web, path))).toBeUndefined();
});

it("names the way around a circle, and only that", () => {
  const way = (...imports: [string, string[]][]) => circle(new Map(imports));
  expect(way(["a", ["b"]], ["b", ["c", "d"]], ["c", []], ["d", ["b"]])).toEqual(["b", "d", "b"]);
  expect(way(["a", ["b", "c"]], ["b", ["c"]], ["c", []])).toBeUndefined();
});

it("sees imports of values and types and what is handed on, not what is fetched later", () => {
  const text = `
    import { a } from "./circles.test";
    import type { B } from "./size.test";
    export * from "./report.test";
    import "./Button.module.css";
    const later = () => import("./article.test");`;
  const names = importsOf(resolve(import.meta.dirname, "here.ts"), text).map((path: string) =>
    relative(import.meta.dirname, path),
  );
  expect(names).toEqual(["circles.test.ts", "size.test.ts", "report.test.ts"]);
});
