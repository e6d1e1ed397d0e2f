import { describe, expect, it } from "vitest";
import { fieldAround, fieldTitle, nextField, openFields, withoutFields } from "./fields";

const names = new Set(["order_number", "رقم الطلب"]);
const text = "Order <order_number>, a < b, <b>, <رقم الطلب> <order_number>";
const fields = openFields(text, names);

describe("open fields", () => {
  it("are those that bear the name of one, wherever they stand", () => {
    expect(fields.map((f) => text.slice(f.start, f.end))).toEqual([
      "<order_number>",
      "<رقم الطلب>",
      "<order_number>",
    ]);
    expect(fields[0]).toEqual({ name: "order_number", start: 6, end: 20 });
  });

  it("are none where something of the sign is missing, or nothing is known", () => {
    expect(openFields("<order_numbe> order_number> <order_number <order\n_number>", names)).toEqual([]);
    expect(openFields(text, new Set())).toEqual([]);
  });

  it("leave a text of the same length without them", () => {
    expect(withoutFields(text, fields)).toHaveLength(text.length);
    expect(withoutFields(text, fields).replace(/ +/g, " ").trim()).toBe("Order , a < b, <b>,");
  });
});

describe("Tab", () => {
  it.each([
    ["from the beginning to the first", 0, 0, false, 0],
    ["from a chosen one to the next", 6, 20, false, 1],
    ["from the last to nowhere", 46, 60, false, undefined],
    ["back from the end to the last", 60, 60, true, 2],
    ["back from the first to nowhere", 6, 20, true, undefined],
  ])("%s", (_, start, end, back, to) => {
    expect(nextField(fields, { start, end }, back)).toBe(to === undefined ? undefined : fields[to]);
  });
});

it("a caret at the edge of a field is outside of it", () => {
  expect(fieldAround(fields, 6)).toBeUndefined();
  expect(fieldAround(fields, 7)).toBe(fields[0]);
  expect(fieldAround(fields, 20)).toBeUndefined();
});

it("a field is called by its name with spaces", () => {
  expect(fieldTitle("order_number")).toBe("order number");
});
