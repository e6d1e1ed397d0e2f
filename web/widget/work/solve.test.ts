import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { solve } from "./solve";

interface Case {
  token: string;
  zeros: number;
  answer: number[];
}

// The server's tests run these too.
const cases = JSON.parse(
  readFileSync(new URL("../../../api/fixtures/work.json", import.meta.url), "utf8"),
) as Case[];

test.each(cases)("the work on “$token” is what the server asks for", ({ token, zeros, answer }) => {
  expect(solve(token, zeros)).toEqual(answer);
});
