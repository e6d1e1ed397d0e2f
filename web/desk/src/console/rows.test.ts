import { describe, expect, test } from "vitest";
import * as ar from "../../../locales/gen/ar";
import * as en from "../../../locales/gen/en";
import type { Messages } from "../../../locales";
import type { FieldSpec } from "./field";
import { everyKind, kindOf, kinds } from "./kinds";
import { lists, type Config } from "./object";
import { withValue } from "./rows";
import { whole } from "./words";

const config: Config = {
  format: "",
  version: 1,
  skills: [
    { id: "level", kind: "proficiency" },
    { id: "flag", kind: "boolean" },
    { id: "shift", kind: "enum" },
    { id: "site", kind: "text" },
  ],
};

describe("the value of a skill", () => {
  test.each([
    [{ skill: "level" }, { skill: "level", level: 5 }],
    [
      { skill: "level", level: 8, text: "yes" },
      { skill: "level", level: 8 },
    ],
    [
      { skill: "flag", level: 8 },
      { skill: "flag", text: "yes" },
    ],
    [
      { skill: "site", text: "yes", level: 3 },
      { skill: "site", text: "" },
    ],
    [
      { skill: "shift", text: "day" },
      { skill: "shift", text: "day" },
    ],
    [{ skill: "", level: 3 }, { skill: "" }],
  ])("%o is %o", (row, want) => {
    expect(withValue(row, config)).toEqual(want);
  });
});

/** All fields, those within rows too. */
const deep = (fields: FieldSpec[]): FieldSpec[] =>
  fields.flatMap((field) => [field, ...deep(field.row?.fields ?? [])]);

describe("every form", () => {
  test("belongs to a list, and every list has one", () => {
    expect(lists.map((list) => kindOf(list).list)).toEqual(lists);
  });

  test.each(everyKind)("of $list names each field once, in both languages", (kind) => {
    const places = kind.fields.map(({ at }) => at);
    expect(new Set(places).size).toBe(places.length);
    for (const t of [whole(en as Messages), whole(ar as unknown as Messages)])
      for (const field of deep(kind.fields)) {
        const said = [
          field.label(t),
          field.hint?.(t),
          ...(field.options ?? []).map(({ name }) => name(t)),
          field.row?.add(t),
          field.row?.title(t, 3),
          field.row?.remove(t, 3),
        ];
        expect(said.filter((one) => one === "")).toEqual([]);
      }
  });

  test("asks for the questions' keys of nobody, and no two are alike", () => {
    const questions = kinds.assets.fields.find(({ at }) => at === "form.fields");
    const keys = [1, 2, 3].map(() => questions?.row?.fresh().key);
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(key).toMatch(/^[a-z0-9_-]{1,40}$/);
  });
});
