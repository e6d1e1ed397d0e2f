// A text that no page says is a text that somebody translates for nothing.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { exportName } from "./index";

const root = resolve(import.meta.dirname, "../..");

/** What is generated, built, fetched or only there for tests does not use a text. */
const apart =
  /(^|\/)(node_modules|dist|gen|stories|testdata|[^/]*test)(\/|$)|\.test\.tsx?$|_test\.go$|_gen\.go$/;

function* files(dir: string): Generator<string> {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (apart.test(relative(root, path))) continue;
    if (entry.isDirectory()) yield* files(path);
    else if (/\.(tsx?|mjs|go)$/.test(entry.name)) yield path;
  }
}

const sources = ["web", "internal", "cmd"].flatMap((dir) => [...files(join(root, dir))]);
const read = (end: RegExp) =>
  sources
    .filter((path) => end.test(path))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
const pages = read(/\.(tsx?|mjs)$/);
const server = read(/\.go$/);

const inPages = new Set(pages.match(/[a-z]\w+/gi));
const inServer = new Set([...server.matchAll(/\blocale\.([A-Z]\w+)/g)].map(([, name]) => name));
const quoted = new Set(
  [...(pages + server).matchAll(/["'`]([a-z][a-z_0-9]*)["'`]/g)].map(([, word]) => word),
);

/** Whether a page or the server says it: by its function, or as the sentence of an error code that there is. */
function said(key: string): boolean {
  const name = exportName(key);
  const [first, code] = key.split(".");
  return (
    inPages.has(name) ||
    inServer.has(name.replace(/^./, (letter) => letter.toUpperCase())) ||
    (first === "error" && quoted.has(code))
  );
}

test("every text of the catalogue is said somewhere", () => {
  const catalogue = JSON.parse(readFileSync(join(root, "web/locales/en.json"), "utf8")) as object;
  const keys = Object.keys(catalogue);
  expect(keys.filter((key) => !said(key))).toEqual([]);
  // It would say so: these are not.
  expect(said("transfer.nobodySaysThis")).toBe(false);
  expect(said("error.no_such_code_at_all")).toBe(false);
});
