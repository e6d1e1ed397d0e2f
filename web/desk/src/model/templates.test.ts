import { describe, expect, it } from "vitest";
import type { Template } from "../../../protocol/src/types";
import { templates } from "../stories/templates";
import { fieldNames, fill, findTemplates, textFor, type Values } from "./templates";

const values: Values = {
  customer_name: "Sara",
  agent_name: "Omar",
  queue: "Sales",
  conversation: "conv_1",
  organization: "",
};

describe("a template in a conversation", () => {
  it("has its variables filled and its fields open", () => {
    expect(fill("Hello @@customer_name, order <order_number> is with @@queue.", values)).toBe(
      "Hello Sara, order <order_number> is with Sales.",
    );
  });

  it("asks for what is not known, as for a field", () => {
    const text = fill("Welcome to @@organization", values);
    expect(text).toBe("Welcome to <organization>");
    expect(fieldNames([]).has("organization")).toBe(true);
  });

  it("takes no field from somebody's name", () => {
    expect(fill("@@customer_name", { ...values, customer_name: "<order_number>" })).toBe("order_number");
  });

  it("is in the customer's language, or in the one there is", () => {
    const one = templates[0] as Template;
    const saying = (en: string, ar: string) => ({ ...one, text: { en, ar } });
    expect(textFor(saying("Hello", "مرحبًا"), "ar")).toBe("مرحبًا");
    expect(textFor(saying("Hello", ""), "ar")).toBe("Hello");
    expect(textFor(saying("", "مرحبًا"), "en")).toBe("مرحبًا");
  });
});

describe("a search", () => {
  const found = (query: string, lang: "en" | "ar" = "en") =>
    findTemplates(templates, query, lang).map((g) => [g.name, ...g.templates.map((one) => one.id)]);

  it("without words finds all, in their groups", () => {
    expect(found("").flat()).toHaveLength(templates.length + found("").length);
  });

  it.each([
    ["by the name", "greeting", "tpl_greeting"],
    ["by the name in the other language", "ترحيب", "tpl_greeting"],
    ["without hamza and tashkeel", "ترحيب بالعميل", "tpl_greeting"],
    ["by a word of the text", "refunded", "tpl_refund"],
    ["by a word of the Arabic text written otherwise", "المبلع".replace("ع", "غ"), "tpl_refund"],
    ["by several words in any order", "REFUND amount", "tpl_refund"],
  ])("finds %s", (_, query, id) => {
    expect(found(query).flat()).toContain(id);
  });

  it("finds by the group, and calls it in the reader's language", () => {
    expect(found("delivery")[0]?.[0]).toBe("Delivery");
    expect(found("delivery", "ar")[0]?.[0]).toBe("التوصيل");
  });

  it("puts what bears the words in its name before what only contains them", () => {
    const ids = found("refund").flat();
    expect(ids.indexOf("tpl_refund")).toBeLessThan(ids.indexOf("tpl_return"));
  });

  it("finds nothing where a word is missing", () => {
    expect(found("greeting zzz")).toEqual([]);
  });
});
