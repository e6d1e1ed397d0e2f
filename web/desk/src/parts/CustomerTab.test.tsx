// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { conversation, sara, state, thread } from "../stories/cast";
import { hiddenContact } from "../stories/scenes/common";
import { mount, type Mounted } from "../stories/mount";
import { CustomerTab } from "./CustomerTab";

let page: Mounted;
afterEach(() => page.unmount());

const show = (of: Parameters<typeof thread>[0], lang: "en" | "ar" = "en") =>
  (page = mount(<CustomerTab conversation={sara.id} />, {
    state: state([], { [sara.id]: thread(of) }),
    lang,
  }));
const facts = () =>
  [...page.page.querySelectorAll("dl:first-of-type > div")].slice(0, 2).map((fact) => fact.textContent);

describe("how to reach the customer", () => {
  it("is written to with a press", () => {
    show(conversation(sara));
    expect([...page.page.querySelectorAll("dd a")].map((a) => a.getAttribute("href"))).toEqual([
      "mailto:sara.k%2Btest@example.com",
      "tel:+966551234567",
    ]);
    expect(page.page.textContent).not.toContain("Hidden from agents");
  });

  it("is said to be hidden, and leads nowhere", () => {
    show(hiddenContact(sara));
    expect(facts()).toEqual(["E-mails•••@••• Hidden from agents", "Phone•••67 Hidden from agents"]);
    expect(page.page.querySelector("dd a")).toBeNull();
    page.unmount();
    show(hiddenContact(sara), "ar");
    expect(page.page.textContent).toContain("مخفي عن الوكلاء");
  });
});
