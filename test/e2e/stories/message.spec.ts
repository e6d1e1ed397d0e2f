import type { Locator } from "@playwright/test";
import { expect, test } from "../world";
import { plain, say } from "../words";

test.use({ alone: true });

interface Configuration {
  hours?: object[];
  queues: { name: { en: string }; limits: object }[];
  assets: { key: string; form: object }[];
}

/** A day soon, as the calendar in UTC has it. */
const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

const topic = { en: "Topic", ar: "الموضوع" };
const bill = { en: "A bill", ar: "فاتورة" };
const text = { en: "The shop is on holiday.", ar: "المتجر في إجازة." };

// Closed until soon: what is written is kept, read by an agent when nobody
// waits, and answered; nothing of it is written twice.
test("a message is left where nobody is there, and answered", async ({ world }) => {
  const { lang } = world;
  const admin = await world.staff("admin");
  const file = await admin.must<Configuration>("GET", "/configuration");
  const sales = file.queues.find((queue) => queue.name.en === "Sales");
  const store = file.assets.find((asset) => asset.key === "demo-store");
  if (!sales || !store) throw new Error("the sample is another one");
  file.hours = [
    {
      id: "holiday",
      name: { en: "Holiday", ar: "إجازة" },
      schedule: { zone: "UTC", week: {}, overrides: [{ date: soon, open: ["10:00-12:00"] }] },
    },
  ];
  sales.limits = { hours: "holiday", then: "leave_message", then_text: text };
  store.form = {
    email: "required",
    fields: [{ key: "topic", label: topic, required: true, choices: [{ key: "bill", label: bill }] }],
  };
  await admin.must("PUT", "/configuration", file);

  const customer = await world.customer("Sara");
  const { frame, page } = customer;
  await customer.launcher.click();
  // 10:00 in UTC is 13:00 where the customer is.
  await expect(frame.getByText(lang === "ar" ? /نعود.*1:00/ : /We open.*13:00/)).toBeVisible();
  await customer.sees(text[lang]);
  await world.look(page, "closed");
  await page.setViewportSize({ width: 320, height: 640 });
  await world.look(page, "closed-narrow");

  const box = (name: string): Locator => frame.getByRole("textbox", { name, exact: true });
  const send = frame.getByRole("button", { name: say.wMessageSend(), exact: true });
  await box(say.wName()).fill("Sara");
  await send.click();
  await expect(box(say.wEmail())).toBeFocused();
  await expect(frame.getByText(say.wAnswerRequired())).toBeVisible();
  await box(say.wEmail()).fill("sara@shop.example");
  await frame.getByRole("combobox", { name: topic[lang] }).selectOption("bill");
  await box(say.wMessageText()).fill("1200-AB/7");

  await page.reload();
  await customer.launcher.click();
  await expect(box(say.wMessageText())).toHaveValue("1200-AB/7");
  await expect(frame.getByRole("combobox", { name: topic[lang] })).toHaveValue("bill");
  await box(say.wMessageText()).press("Tab");
  await page.keyboard.press("Enter");
  await customer.reads("1200-AB/7");
  await customer.sees(say.wMessageKept());
  await customer.sees(say.wMessageEmail({ email: "sara@shop.example" }));
  await world.look(page, "left-narrow");
  await page.setViewportSize({ width: 1440, height: 900 });

  const omar = await world.agent("omar");
  await omar.available();
  await expect(omar.request("Sara")).toContainText(say.labelLeftMessage());
  await world.look(omar.page, "request");
  await omar.accept("Sara");
  await expect(omar.page.getByText(bill[lang], { exact: true })).toBeVisible();
  await expect(omar.page.getByRole("link", { name: "sara@shop.example" })).toBeVisible();
  await world.look(omar.page, "answering");
  await omar.write("7-AB/0012");
  await page.reload(); // the chat is running, so it comes back by itself
  await customer.reads("7-AB/0012");
  await expect(frame.getByText(plain(say.wMessageKept()))).toBeHidden();

  await customer.leave();
  const four = frame.getByRole("button", { name: say.wRateScore({ score: 4 }), exact: true });
  await four.click();
  await customer.sees(say.wRateThanks());
  await world.look(page, "rated");
  await page.reload();
  await customer.launcher.click();
  await expect(four).toHaveAttribute("aria-pressed", "true");
});
