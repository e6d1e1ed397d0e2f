import { describe, expect, it } from "vitest";
import { blocks, spans } from "./blocks";

describe("blocks", () => {
  it("are paragraphs, each with its way, and code between fences", () => {
    const text = "جرّب هذا:\n```js\nif (a < b) {\n  return x;\n}\n```\n123\nOK";
    expect(blocks(text, "ltr")).toEqual([
      { kind: "paragraph", text: "جرّب هذا:", dir: "rtl" },
      { kind: "code", text: "if (a < b) {\n  return x;\n}" },
      { kind: "paragraph", text: "123", dir: "rtl" },
      { kind: "paragraph", text: "OK", dir: "ltr" },
    ]);
  });

  it.each(["```", "```\nnever closed", "```\n```", "a ```b``` c"])("lose nothing of %j", (text) => {
    expect(
      blocks(text, "ltr")
        .map((block) => block.text)
        .join("\n"),
    ).toBe(text);
  });
});

describe("spans", () => {
  it("are text and code, and joined they are the line", () => {
    const line = "جرّب `if (a < b) { return x; }` الآن";
    expect(spans(line).map((span) => [span.kind, span.text])).toEqual([
      ["text", "جرّب "],
      ["code", "`if (a < b) { return x; }`"],
      ["text", " الآن"],
    ]);
    expect(
      spans(line)
        .map((span) => span.text)
        .join(""),
    ).toBe(line);
  });

  it.each(["sa`eed wa `ali", "one ` only", "``"])("find no code in %j", (line) => {
    expect(spans(line).every((span) => span.kind === "text")).toBe(true);
  });
});
