import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// A repository of its own, with catalogues that the tests may spoil.
const root = mkdtempSync(join(tmpdir(), "hiwar-locales-"));
const here = fileURLToPath(new URL(".", import.meta.url));
const file = (path: string) => join(root, path);

const good = {
  en: { "a.b": "Hello {name}", "n.x": "{n, plural, =0 {none} one {1 thing} other {{n} things}}" },
  ar: {
    "a.b": "مرحبًا {name}",
    "n.x": "{n, plural, zero {لا} one {واحد} two {اثنان} few {{n} أشياء} many {{n} شيئًا} other {{n} شيء}}",
  },
};

function write(lang: "en" | "ar", entries: object) {
  writeFileSync(file(`web/locales/${lang}.json`), JSON.stringify(entries, null, 2));
}

function compile(...args: string[]) {
  const run = spawnSync(process.execPath, [join(here, "compile.mjs"), root, ...args], { encoding: "utf8" });
  return { status: run.status, errors: run.stderr.trim().split("\n").filter(Boolean) };
}

beforeAll(() => {
  const tables = "api/fixtures/text/tables.json";
  cpSync(join(here, "../..", tables), file(tables));
  cpSync(join(here, "README.md"), file("web/locales/README.md"));
  cpSync(join(here, "README.md"), file("internal/text/README.md"));
  cpSync(join(here, "README.md"), file("internal/locale/README.md"));
});
afterAll(() => rmSync(root, { recursive: true }));

describe("the compiler", () => {
  test("writes what it then finds fresh, and sorts the catalogues", () => {
    write("en", { "n.x": good.en["n.x"], "a.b": good.en["a.b"] });
    write("ar", good.ar);
    expect(compile()).toEqual({ status: 0, errors: [] });
    expect(compile("--check")).toEqual({ status: 0, errors: [] });
    expect(Object.keys(JSON.parse(readFileSync(file("web/locales/en.json"), "utf8")))).toEqual([
      "a.b",
      "n.x",
    ]);
    expect(readFileSync(file("internal/locale/catalogue_gen.go"), "utf8")).toContain('"n.x": {');
  });

  test("--check names what is stale and leaves it", () => {
    write("en", { ...good.en, "a.b": "Good day {name}" });
    const before = readFileSync(file("web/locales/gen/en.ts"), "utf8");
    const { status, errors } = compile("--check");
    expect(status).toBe(1);
    expect(errors).toContain("web/locales/gen/en.ts: stale, run ./dev gen");
    expect(readFileSync(file("web/locales/gen/en.ts"), "utf8")).toBe(before);
  });

  const six = "zero {a} one {a} two {a} few {a} many {a} other {a}";
  test.each([
    ["a key only in English", { "c.d": "x" }, {}, "ar.json:c.d: missing"],
    ["a key only in Arabic", {}, { "c.d": "س" }, "en.json:c.d: missing"],
    [
      "a missing form",
      { "c.d": "{n, plural, other {a}}" },
      { "c.d": `{n, plural, ${six}}` },
      'en.json:c.d: plural form "one" of {n} is missing',
    ],
    [
      "a missing Arabic form",
      { "c.d": "{n, plural, one {a} other {a}}" },
      { "c.d": `{n, plural, ${six.replace("two {a} ", "")}}` },
      'ar.json:c.d: plural form "two" of {n} is missing',
    ],
    [
      "a form that English lacks",
      { "c.d": "{n, plural, one {a} few {a} other {a}}" },
      { "c.d": `{n, plural, ${six}}` },
      'en.json:c.d: plural form "few" of {n} is not one of en',
    ],
    ["a missing argument", { "c.d": "{x} {y}" }, { "c.d": "{x}" }, "ar.json:c.d: argument {y} is missing"],
    ["an unknown argument", { "c.d": "{x}" }, { "c.d": "{x} {z}" }, "ar.json:c.d: unknown argument {z}"],
    [
      "an argument of another kind",
      { "c.d": "{x, number}" },
      { "c.d": "{x}" },
      "ar.json:c.d: argument {x} is a string here and a number in en.json",
    ],
    [
      "a message that does not parse",
      { "c.d": "{x" },
      { "c.d": "{x}" },
      "en.json:c.d: does not parse: EXPECT_ARGUMENT_CLOSING_BRACE",
    ],
    [
      "a kind of argument we do not use",
      { "c.d": "{x, date}" },
      { "c.d": "{x, date}" },
      "en.json:c.d: only plain arguments, numbers and plurals are supported",
    ],
    [
      "two keys with one name",
      { "c.d": "x", "c_d.e": "x", "c.d_e": "x" },
      { "c.d": "س", "c_d.e": "س", "c.d_e": "س" },
      "en.json:c_d.e: same exported name as c.d_e",
    ],
    ["an exclamation mark", { "c.d": "Hi!" }, { "c.d": "س" }, "en.json:c.d: exclamation mark"],
    [
      "a Latin comma",
      { "c.d": "a" },
      { "c.d": "نعم, لا" },
      "ar.json:c.d: Latin comma, semicolon or question mark",
    ],
    [
      "a direction mark",
      { "c.d": "a\u2068" },
      { "c.d": "س" },
      "en.json:c.d: direction control; placeholders are isolated by themselves",
    ],
    ["a key that is not dotted", { c: "a" }, { c: "س" }, "en.json:c: not a dotted key"],
  ])("refuses %s", (_, en, ar, error) => {
    write("en", { ...good.en, ...en });
    write("ar", { ...good.ar, ...ar });
    const { status, errors } = compile();
    expect(errors).toContain(`web/locales/${error}`);
    expect(status).toBe(1);
  });

  test("refuses a key that stands twice", () => {
    write("ar", good.ar);
    writeFileSync(
      file("web/locales/en.json"),
      '{\n  "a.b": "one {name}",\n  "n.x": "x",\n  "a.b": "two {name}"\n}\n',
    );
    expect(compile().errors).toContain("web/locales/en.json:a.b: twice in the file");
  });
});
