// @vitest-environment jsdom
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Snippet } from "./DirText";

/** The line and its pieces that keep their own order. */
function shown(text: string) {
  const page = document.createElement("div");
  page.innerHTML = renderToStaticMarkup(<Snippet text={text} />);
  const line = page.firstElementChild as HTMLElement;
  return {
    dir: line.dir,
    text: line.textContent,
    codes: [...line.querySelectorAll("bdi")].map((code) => [code.dir, code.textContent]),
  };
}

it("shows a text in one line of its own direction, each code in one piece", () => {
  expect(shown("رقم الطلب 1200-AB/7\nوالمبلغ +966551234567 جاهز")).toEqual({
    dir: "rtl",
    text: "رقم الطلب 1200-AB/7 والمبلغ +966551234567 جاهز",
    codes: [
      ["ltr", "1200-AB/7"],
      ["ltr", "+966551234567"],
    ],
  });
  expect(shown("Your order 1200-AB/7 is ready")).toMatchObject({ dir: "ltr", codes: [["ltr", "1200-AB/7"]] });
});
