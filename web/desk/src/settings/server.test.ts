import { expect, it } from "vitest";
import { defaults, readChoices } from "./preferences";
import { fromServer, toServer } from "./server";

it("says every preference in the server's words and reads it back", () => {
  const sent = toServer(defaults);
  expect(Object.keys(sent).filter((name) => /[A-Z]/.test(name))).toEqual([]);
  expect(readChoices(fromServer(sent))).toEqual(defaults);
});
