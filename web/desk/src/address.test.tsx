// @vitest-environment jsdom
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  AddressContext,
  conversationAt,
  Link,
  ownAddress,
  pageAddress,
  pathOf,
  placeOf,
  useAsked,
  usePath,
  type Address,
} from "./address";

describe("a place", () => {
  it("of a conversation is found again, whatever it is called", () => {
    for (const name of ["0198f", "a b", "a/b", "é?#"])
      expect(conversationAt(pathOf(placeOf(name)))).toBe(name);
  });

  it("that is no conversation's is none", () => {
    for (const path of ["/desk", "/desk/c/", "/desk/c/a/b", "/desk/me", "/desk/c/%E0%A4%A"])
      expect(conversationAt(path)).toBeUndefined();
  });

  it("is the same with a slash behind it, and with what is asked for there", () => {
    expect(["/", "/desk/", "/desk?x=/", "/desk//#y"].map(pathOf)).toEqual(["/", "/desk", "/desk", "/desk"]);
  });
});

let root: Root;
let page: HTMLElement;
beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  page = document.createElement("div");
  document.body.replaceChildren(page);
  root = createRoot(page);
});
afterEach(() => act(() => root.unmount()));

function Here() {
  return (
    <p>
      {usePath()} {useAsked().get("notice")}
    </p>
  );
}

const draw = (address: Address) =>
  act(() =>
    root.render(
      <AddressContext value={address}>
        <Here />
        <Link to="/desk/me">Me</Link>
        <Link to="/desk" aria-current={undefined}>
          Desk
        </Link>
      </AddressContext>,
    ),
  );
const shown = () => page.querySelector("p")?.textContent;
const link = () => page.querySelector("a") as HTMLAnchorElement;
const click = (init: MouseEventInit = {}) => {
  let free = true;
  act(() => {
    free = link().dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...init }));
  });
  return free;
};

describe("a link", () => {
  it("goes to its place without loading the page, and says that one is there", () => {
    draw(ownAddress("/login?notice=expired"));
    expect(shown()).toBe("/login expired");
    expect(link().getAttribute("aria-current")).toBeNull();
    expect(click()).toBe(false);
    expect(shown()).toBe("/desk/me ");
    expect(link().getAttribute("aria-current")).toBe("page");
  });

  it("leaves to the browser what opens elsewhere", () => {
    draw(ownAddress("/desk"));
    // A page in a test goes nowhere by itself.
    page.addEventListener("click", (event) => event.preventDefault());
    for (const init of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { button: 1 }]) {
      click(init);
      expect(shown()).toBe("/desk ");
    }
  });

  it("says nothing of the place where it is told not to", () => {
    draw(ownAddress("/desk"));
    expect(page.querySelectorAll("a")[1]?.getAttribute("aria-current")).toBeNull();
  });
});

describe("the page's own address", () => {
  it("is followed forwards and back, and the same place is not entered twice", () => {
    window.history.replaceState(null, "", "/desk");
    const address = pageAddress();
    draw(address);
    const before = window.history.length;
    click();
    click();
    expect(window.history.length).toBe(before + 1);
    expect(window.location.pathname).toBe("/desk/me");
    act(() => {
      window.history.replaceState(null, "", "/desk/c/1");
      window.dispatchEvent(new PopStateEvent("popstate"));
    });
    expect(shown()).toBe("/desk/c/1 ");
    act(() => address.go("/login?notice=expired", { replace: true }));
    expect(window.history.length).toBe(before + 1);
    expect(shown()).toBe("/login expired");
  });
});
