import { beforeEach, expect, test } from "vitest";
import { setLanguage } from "../../locales/runtime";
import { asked, nothing, plainForm, wrong, type Form, type Said } from "./form";

const whole: Said = { ...nothing, name: "Sara", question: "Where is it?" };
const topics: Form = {
  email: "required",
  phone: "required",
  fields: [
    {
      key: "topic",
      label: { en: "Topic", ar: "الموضوع" },
      required: true,
      choices: [{ key: "bill", label: { en: "A bill", ar: "فاتورة" } }],
    },
    { key: "number", label: { en: "Number", ar: "الرقم" }, required: false, choices: [] },
  ],
};

beforeEach(() => setLanguage("en"));

test.each<[string, Said, Form, string[]]>([
  ["the least", whole, plainForm, []],
  ["nothing", nothing, plainForm, ["name", "question"]],
  ["an address that is none", { ...whole, email: "sara@" }, plainForm, ["email"]],
  ["an address that is not asked", { ...whole, email: "sara@" }, { ...plainForm, email: "no" }, []],
  ["a text too long", { ...whole, question: "a".repeat(4001) }, plainForm, ["question"]],
  ["a number too long", { ...whole, phone: "1".repeat(41) }, { ...plainForm, phone: "optional" }, ["phone"]],
  [
    "an answer too long",
    { ...whole, answers: { number: "1".repeat(256) } },
    { ...topics, email: "no", phone: "no" },
    ["answer-topic", "answer-number"],
  ],
  ["the longest text", { ...whole, question: "🙂".repeat(4000) }, plainForm, []],
  ["all that is required", whole, topics, ["email", "phone", "answer-topic"]],
  [
    "all of it given",
    { ...whole, email: "s@shop.example", phone: "0551", answers: { topic: "bill" } },
    topics,
    [],
  ],
])("%s", (_, said, form, want) => {
  expect(Object.keys(wrong(said, form, false))).toEqual(want);
});

test("a message is asked for as a message", () => {
  expect(wrong({ ...nothing, name: "Sara" }, plainForm, true).question).toBe("Write your message");
});

test("only what is asked is sent, and nothing that is empty", () => {
  const said = {
    ...whole,
    email: " s@shop.example ",
    phone: " ",
    answers: { topic: "bill", number: " ", old: "x" },
  };
  expect(asked(said, topics)).toEqual({
    name: "Sara",
    text: "Where is it?",
    email: "s@shop.example",
    answers: [{ name: "topic", value: "bill" }],
  });
  expect(asked(said, { ...plainForm, email: "no" })).toEqual({ name: "Sara", text: "Where is it?" });
});
