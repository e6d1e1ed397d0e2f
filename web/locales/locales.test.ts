/// <reference types="vite/client" />
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import * as ar from "./gen/ar";
import * as en from "./gen/en";
import * as both from "./gen/messages";
import { exportName, load, parts, sentence, setDigits, setLanguage, type Lang, type Messages } from "./index";

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../api/fixtures/locale/${name}`, import.meta.url), "utf8")) as T;
}

// What only some pages say, a room for each.
const rooms = (lang: Lang): object[] =>
  Object.entries(import.meta.glob<object>("./gen/*.*.ts", { eager: true }))
    .filter(([file]) => file.endsWith(`.${lang}.ts`))
    .map(([, room]) => room);

const languages: Record<Lang, Messages> = { ar, en };
type Count = (a: { n: number }) => string;
const count = (lang: Lang, key: string) => languages[lang][exportName(key) as "nMessages"] as Count;

afterEach(() => {
  setLanguage("en");
  setDigits("latn");
});

describe("counts read exactly", () => {
  const { counts } = fixture<{ counts: Record<string, Record<Lang, Record<string, string>>> }>("counts.json");
  const rows = Object.entries(counts).flatMap(([key, langs]) =>
    Object.entries(langs).map(([lang, texts]) => ({ key, lang: lang as Lang, texts })),
  );
  test.each(rows)("$lang $key", ({ key, lang, texts }) => {
    const got = Object.fromEntries(Object.keys(texts).map((n) => [n, count(lang, key)({ n: Number(n) })]));
    expect(got).toEqual(texts);
    expect(Object.keys(texts).map(Number)).toEqual([
      0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 950, 999, 1000,
    ]);
  });
  test("every count has expected texts", () => {
    const keys = Object.keys(JSON.parse(readFileSync(new URL("en.json", import.meta.url), "utf8")));
    expect(keys.filter((key) => key.startsWith("n."))).toEqual(Object.keys(counts).sort());
  });
});

test("our plural rule is the browser's", () => {
  const rules = new Intl.PluralRules("ar");
  const forms = ["zero", "one", "two", "few", "many", "other"] as const;
  const message = (n: number) => ar.nConversations({ n });
  const sample: Record<string, string> = {};
  for (const form of forms) {
    const n = { zero: 0, one: 1, two: 2, few: 3, many: 11, other: 100 }[form];
    sample[form] = message(n).replace(/[\d,.]+/, "#");
  }
  for (const n of [...Array(1203).keys(), 1_000_003, 1_000_011, 1_000_100, 1.5, 3.5, 11.2]) {
    expect(message(n).replace(/[\d,.]+/, "#"), String(n)).toBe(sample[rules.select(n)]);
  }
});

describe("sentences of error codes", () => {
  interface Case extends Record<Lang, string> {
    code: string;
    params: Record<string, unknown>;
  }
  test.each(fixture<{ cases: Case[] }>("sentences.json").cases)("$code $params", (c) => {
    expect(sentence(en, c.code, c.params)).toBe(c.en);
    expect(sentence(ar, c.code, c.params)).toBe(c.ar);
  });
  test("a time is shown in the reader's way", () => {
    const text = sentence(en, "chat_closed", { time: "2026-11-22T12:05:00Z" });
    expect(text).toMatch(
      /End time: \u206822? ?Nov.*2026.*\d+:05.*\u2069\.|End time: \u2068Nov 22, 2026.*:05.*\u2069\./,
    );
  });
  test("names of functions are not codes", () => {
    expect(sentence(en, "page.title")).toBe(en.errorUnknown());
    expect(sentence(en, "__proto__")).toBe(en.errorUnknown());
  });
});

describe("digits", () => {
  test("Arabic-Indic digits and separators by choice, in Arabic only", () => {
    setDigits("arab");
    expect(ar.nMessages({ n: 1234 })).toBe("١٬٢٣٤ رسالة جديدة");
    expect(en.nMessages({ n: 1234 })).toBe("1,234 new messages");
  });
});

describe("both languages in one bundle", () => {
  test("setLanguage chooses", () => {
    expect(both.actionAccept()).toBe("Accept");
    setLanguage("ar");
    expect(both.actionAccept()).toBe("قبول");
    expect(both.threadJoined({ agent: "Omar" })).toBe("تم انضمام \u2068Omar\u2069 إلى الدردشة");
  });
  test("what only some pages say is not fetched by all", () => {
    expect(rooms("en")).not.toHaveLength(0);
    for (const name of rooms("en").flatMap((room) => Object.keys(room))) expect(en).not.toHaveProperty(name);
  });
  test("every message is there", () => {
    const constants = ["lang", "dir"];
    const names = [en, ...rooms("en")].flatMap((room) => Object.keys(room));
    expect(Object.keys(both).sort()).toEqual(names.filter((name) => !constants.includes(name)).sort());
    expect([ar, ...rooms("ar")].map((room) => Object.keys(room).sort())).toEqual(
      [en, ...rooms("en")].map((room) => Object.keys(room).sort()),
    );
  });
});

test("load gives the messages of a language", async () => {
  expect((await load("ar")).actionSend()).toBe("إرسال");
  expect((await load("en")).dir).toBe("ltr");
});

describe("parts", () => {
  test("text arguments come back as what was given", () => {
    const name = { bdi: "Omar" };
    expect(parts(ar.threadJoined, { agent: name })).toEqual(["تم انضمام ", name, " إلى الدردشة"]);
    expect(parts(en.threadJoined, { agent: name })).toEqual([name, " joined the chat"]);
  });
  test("several, in the order of the language", () => {
    const slots = { from: { id: 1 }, target: { id: 2 } };
    expect(parts(en.threadTransferRequested, slots).filter((part) => typeof part !== "string")).toEqual([
      slots.from,
      slots.target,
    ]);
    expect(parts(ar.threadTransferRequested, slots).filter((part) => typeof part !== "string")).toEqual([
      slots.target,
      slots.from,
    ]);
  });
  test("numbers stay in the sentence", () => {
    const app = { b: "Hiwar" };
    expect(parts(en.tabTitle, { n: 3, app })).toEqual(["(3) ", app]);
  });
  test("a name that looks like a mark is only a name", () => {
    expect(parts(en.threadJoined, { agent: "\uE001" }).join("")).toBe("\uE001 joined the chat");
  });
});

test("text cannot leave its isolate", () => {
  expect(en.threadJoined({ agent: "a\u2069\u202Eb" })).toBe("\u2068ab\u2069 joined the chat");
});
