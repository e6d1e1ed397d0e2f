// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { state } from "../stories/cast";
import { click, mount, type Mounted } from "../stories/mount";
import { MessageFiles } from "./MessageFiles";

let page: Mounted;
afterEach(() => page.unmount());

const photo = { id: "att_1", name: "photo.png", type: "image/png", size: 4000, width: 640, height: 400 };
const show = (files: Parameters<typeof MessageFiles>[0]["files"]) =>
  (page = mount(<MessageFiles files={files} conversation="conv_1" clientId="c1" />, {
    state: state([], {}),
    actions: { fileAddress: (conversation, file) => `/files/${conversation}/${file}` },
  }));

describe("an image in the thread", () => {
  it("has its room before it is there, and opens", async () => {
    show([photo]);
    const button = page.find("button:has(img)");
    const image = button.querySelector("img");
    expect([image?.getAttribute("width"), image?.getAttribute("height")]).toEqual(["640", "400"]);
    expect(image?.alt).toBe("photo.png");
    expect(document.querySelector("[role=dialog]")).toBeNull();
    click(button);
    await act(() => import("./ImageDialog"));
    const dialog = document.querySelector("[role=dialog]");
    const large = dialog?.querySelector("img");
    expect(large?.getAttribute("src")).toBe("/files/conv_1/att_1");
    expect([large?.width, large?.height]).toEqual([640, 400]);
    expect(dialog?.querySelector("a")?.download).toBe("photo.png");
    await act(async () => click(dialog?.querySelector("button") as HTMLElement));
    expect(document.querySelector("[role=dialog]")).toBeNull();
  });

  it("is only shown while it is on its way, and what is no image is only a name", () => {
    const { id: _, ...own } = photo;
    show([
      { ...own, key: "k", sent: 0.4 },
      { id: "att_2", name: "bill.pdf", type: "application/pdf", size: 10 },
    ]);
    expect(page.page.querySelectorAll("img")).toHaveLength(1);
    expect(page.page.querySelector("button:has(img)")).toBeNull();
    expect(page.page.querySelectorAll("a[download]")).toHaveLength(1);
  });
});
