import { describe, expect, it } from "vitest";
import { load } from "../../../locales";
import type { Happening } from "./happened";
import { noticeOf } from "./notice";

const apart = (text: string) => `\u2068${text}\u2069`;
const billing = { en: "Billing (VIP)", ar: "الفواتير" };
const request = (customer: string, text: string): Happening => ({
  kind: "request",
  key: "offer/1",
  conversation: "conv_1",
  customer,
  queue: billing,
  text,
});
const message = (customer: string, text: string): Happening => ({
  kind: "message",
  conversation: "conv_1",
  customer,
  text,
});

describe("B30 a notification", () => {
  it.each(["en", "ar"] as const)("in %s keeps names and words of either direction apart", async (lang) => {
    const t = await load(lang);
    const queue = billing[lang];
    for (const name of ["Omar (VIP)", "محمد (VIP)", "1200-AB"]) {
      const asked = noticeOf("request", request(name, "فاتورتي 12 wrong"), false, t, lang);
      expect(asked.title).toContain(apart(name));
      expect(asked.title).not.toBe(apart(name));
      expect(asked.body).toBe(`${apart(queue)} – ${apart("فاتورتي 12 wrong")}`);
      expect(noticeOf("request", request(name, "secret"), true, t, lang).body).toBe(apart(queue));
      const wrote = noticeOf("message", message(name, "see 1200-AB/7 !"), false, t, lang);
      expect(wrote).toEqual({ title: apart(name), body: apart("see 1200-AB/7 !") });
      expect(noticeOf("message", message(name, "secret"), true, t, lang).body).not.toContain("secret");
    }
  });

  it("is not turned by what a message leaves open, nor by where it is cut", async () => {
    const t = await load("en");
    const family = "👨‍👩‍👧";
    const body = (text: string) => noticeOf("message", message("Sara", text), false, t, "en").body;
    expect(body("a\u202ecba \u2067 open")).toBe(apart("acba  open"));
    expect(body(family.repeat(201))).toBe(apart(`${family.repeat(200)}…`));
    expect(body(`\u2067${"س".repeat(300)}\u2069`)).toBe(apart(`${"س".repeat(199)}…`));
  });
});
