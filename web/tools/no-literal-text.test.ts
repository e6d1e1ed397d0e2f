import { RuleTester } from "eslint";
import { afterAll, describe, it } from "vitest";
import rule from "./no-literal-text.js";

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.afterAll = afterAll;

const tester = new RuleTester({
  languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
});

const found = (text: string) => [{ messageId: "literal", data: { text } }];

tester.run("no-literal-text", rule, {
  valid: [
    "<b>{t.actionSend()}</b>",
    "<b>1 / 3 · …</b>",
    "<b>Hiwar</b>",
    '<b className="bubble customer" id="thread" />',
    "<input aria-label={t.composer()} />",
    '<b>{state === "open" && <i />}</b>',
    '<b>{kind === "note" ? t.note() : t.message()}</b>',
    'log("not shown to anyone")',
  ],
  invalid: [
    { code: "<b>Send</b>", errors: found("Send") },
    { code: "<b>إرسال</b>", errors: found("إرسال") },
    { code: '<b>{"Send"}</b>', errors: found("Send") },
    { code: "<b>{`${n} chats`}</b>", errors: found("chats") },
    { code: '<b>{open ? "Close" : t.open()}</b>', errors: found("Close") },
    { code: '<b>{name ?? "Somebody"}</b>', errors: found("Somebody") },
    { code: '<b>{n + " new"}</b>', errors: found("new") },
    { code: '<input placeholder="Search" />', errors: found("Search") },
    { code: '<input aria-label={"Search"} />', errors: found("Search") },
    { code: '<img alt="Logo" />', errors: found("Logo") },
  ],
});
