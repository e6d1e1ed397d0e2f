import { expect, it } from "vitest";
import { consoleOf, homeOf } from "./permissions";

it.each([
  [["audit", "answer"], "/desk", "/admin/audit"],
  [["read_conversations", "agents"], "/live", undefined],
  [["configure", "users"], "/admin/users", "/admin/users"],
  [["privacy"], "/admin/people", "/admin/people"],
  [[], "/live", undefined],
])("who has %j begins at %s, and in the console at %s", (permissions, home, console) => {
  expect([homeOf(permissions), consoleOf(permissions)]).toEqual([home, console]);
});
