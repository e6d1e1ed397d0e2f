// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import * as ar from "../../../locales/gen/ar";
import { plain } from "../../../ui/src/Phrase";
import { state } from "../stories/cast";
import { fakeConsole } from "../stories/fakeConsole";
import { click, mount, type Mounted } from "../stories/mount";
import { kinds } from "./kinds";
import type { Kind } from "./kind";
import type { Obj } from "./object";
import { ObjectForm } from "./ObjectForm";
import { whole } from "./words";

let page: Mounted;
afterEach(() => page.unmount());

async function show(
  fields: Record<string, string>,
  lang: "en" | "ar" = "en",
  kind: Kind = kinds.queues,
  mine: Obj = { id: "que_1", name: { en: "Sales", ar: "" } },
) {
  const config = await fakeConsole.load();
  const nothing = () => undefined;
  page = mount(
    <ObjectForm
      kind={kind}
      draft={{ mine }}
      config={config}
      wrong={{ fields }}
      busy={false}
      onChange={nothing}
      onSave={nothing}
      onDiscard={nothing}
      onBack={nothing}
    />,
    { state: state([], {}), lang },
  );
}
const said = () =>
  [...page.find("[role=alert]").querySelectorAll("li")].map((line) => plain(line.textContent ?? ""));

describe("the example of opening hours", () => {
  it("stands apart from the words around it, so that its ranges are not turned", async () => {
    page = mount(<p>{kinds.hours.fields.find(({ kind }) => kind === "week")?.hint?.(whole(ar))}</p>, {
      state: state([], {}),
      lang: "ar",
    });
    expect(page.page.textContent).toContain("\u206809:00-12:00, 13:00-17:30\u2069");
  });
});

describe("the summary of what is wrong", () => {
  it("names each field once", async () => {
    await show({
      name: "Enter a name with visible characters.",
      priority: "A value is not valid.",
      rona: "The value of \u2068Seconds to accept a request\u2069 must be from 1 to 6000.",
    });
    expect(said()).toEqual([
      "Enter a name with visible characters.",
      "Priority: A value is not valid.",
      "The value of Seconds to accept a request must be from 1 to 6000.",
    ]);
  });

  it("does so in Arabic", async () => {
    await show({ name: "يُرجى إدخال اسم من أحرف مرئية." }, "ar");
    expect(said()).toEqual(["يُرجى إدخال اسم من أحرف مرئية."]);
  });

  it("leads to the field", async () => {
    await show({ priority: "A value is not valid." });
    click(page.find("[role=alert] button"));
    expect(document.activeElement?.closest("[data-field]")?.getAttribute("data-field")).toBe("priority");
  });
});

describe("what customers are asked, where nobody has said", () => {
  it("is what holds then", async () => {
    await show({}, "en", kinds.assets, { id: "ast_1", name: { en: "Store", ar: "" } });
    const chosen = (at: string) => page.find(`[data-field="${at}"] input:checked`).getAttribute("value");
    expect([chosen("form.email"), chosen("form.phone")]).toEqual(["optional", "no"]);
  });
});

describe("the preview of a template", () => {
  const text = {
    en: "Hello @@customer_name, is it <order number>?",
    ar: "مرحبًا @@customer_name، هل هو <رقم الطلب>؟",
  };
  const shown = () => [...page.find("section[aria-label]").querySelectorAll("p[dir]")];

  it("is what a customer reads in each language, its fields marked", async () => {
    await show({}, "en", kinds.templates, { id: "tpl_1", text });
    expect(shown().map((one) => [one.getAttribute("dir"), one.textContent])).toEqual([
      ["ltr", "Hello Sara, is it order number?"],
      ["rtl", "مرحبًا سارة، هل هو رقم الطلب؟"],
    ]);
    expect(shown().map((one) => one.querySelector("mark")?.textContent)).toEqual([
      "order number",
      "رقم الطلب",
    ]);
  });

  it("is not there for a language without a text", async () => {
    await show({}, "en", kinds.templates, { id: "tpl_1", text: { en: text.en, ar: "" } });
    expect(shown()).toHaveLength(1);
  });
});
