import { describe, expect, test } from "vitest";
import { isOwn, originOf, snippet } from "./snippet";

describe("the address of a site", () => {
  test.each([
    ["https://shop.example/basket?x=1", "https://shop.example"],
    ["shop.example", "https://shop.example"],
    [" HTTP://Shop.Example:8081/ ", "http://shop.example:8081"],
    ["https://shop.example:443", "https://shop.example"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["localhost", "https://localhost"],
    ["متجر.example", "https://xn--pgbep1f.example"],
  ])("%s is %s", (said, origin) => expect(originOf(said)).toBe(origin));

  test.each([
    "",
    "  ",
    "shop",
    "two words.example",
    "ftp://shop.example",
    "javascript:alert(1)",
    "https://",
    "//",
  ])("%j is none", (said) => expect(originOf(said)).toBeUndefined());
});

test("a key is written into the code as an address has it", () => {
  expect(snippet("https://chat.example", 'a"b&c')).toBe(
    '<script async src="https://chat.example/hiwar.js?key=a%22b%26c" referrerpolicy="origin"></script>',
  );
});

test("a site beside the server on one machine is another one", () => {
  expect(isOwn("http://localhost:8080", "http://127.0.0.1:8080")).toBe(true);
  expect(isOwn("http://localhost:8081", "http://127.0.0.1:8080")).toBe(false);
  expect(isOwn("https://shop.example", "https://chat.example")).toBe(false);
});
