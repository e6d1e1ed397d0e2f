// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import * as ar from "../../../locales/gen/ar";
import { plain } from "../../../ui/src/Phrase";
import { state } from "../stories/cast";
import { fakeConsole } from "../stories/fakeConsole";
import { click, mount, type Mounted } from "../stories/mount";
import { kinds } from "./kinds";
import { ObjectForm } from "./ObjectForm";
import { whole } from "./words";

let page: Mounted;
afterEach(() => page.unmount());

async function show(fields: Record<string, string>, lang: "en" | "ar" = "en") {
  const config = await fakeConsole.load();
  const nothing = () => undefined;
  page = mount(
    <ObjectForm
      kind={kinds.queues}
      draft={{ mine: { id: "que_1", name: { en: "Sales", ar: "" } } }}
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
