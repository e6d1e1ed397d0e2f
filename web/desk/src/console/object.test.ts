import { describe, expect, test } from "vitest";
import { at, duration, isDuration, put, referrers, same, seconds, typed, type Config } from "./object";

describe("an object of the file", () => {
  const queue = { id: "q", name: { en: "Sales" }, limits: { max_wait: "1m30s" } };

  test("is read and changed by paths, and never in place", () => {
    expect(at(queue, "limits.max_wait")).toBe("1m30s");
    expect(at(queue, "limits.none.deeper")).toBeUndefined();
    const other = put(put(queue, "limits.max_wait", "10s"), "rona.of.nothing", 1);
    expect(other).toEqual({ ...queue, limits: { max_wait: "10s" }, rona: { of: { nothing: 1 } } });
    expect(queue.limits.max_wait).toBe("1m30s");
  });

  test("is the same with what is empty as without it", () => {
    expect(
      same(queue, {
        ...queue,
        archived: false,
        rona: "",
        teams: [],
        limits: { then: "", max_wait: "1m30s" },
      }),
    ).toBe(true);
    expect(same({ a: { b: [] } }, {})).toBe(true);
    expect(same(queue, { ...queue, archived: true })).toBe(false);
    expect(same({ teams: ["a", "b"] }, { teams: ["b", "a"] })).toBe(false);
    expect(same({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  });
});

test.each([
  ["45s", 45],
  ["1m30s", 90],
  ["1h0m0s", 3600],
  ["24h", 86400],
  ["500ms", 0.5],
  ["", 0],
  [undefined, 0],
])("%s lasts %d seconds", (said, n) => expect(seconds(said)).toBe(n));

test.each([
  ["1h30m", true],
  ["0.5s", true],
  ["", true],
  ["30", false],
  ["ten", false],
  ["1m x", false],
])("%j is a duration: %s", (said, is) => expect(isDuration(said)).toBe(is));

test("a duration is written in seconds, as the server reads it", () => {
  expect(duration(90)).toBe("90s");
  expect(duration(0)).toBe("0s");
  expect(same({ rona: duration(0) }, {})).toBe(true);
});

test.each([
  ["12", 12],
  ["١٢", 12],
  [" 7 ", 7],
  ["", 0],
  ["-1", "-1"],
  ["1.5", "1.5"],
  ["ten", "ten"],
])("%j typed is %j", (said, is) => expect(typed(said)).toBe(is));

test("whatever names an object refers to it, itself not", () => {
  const config: Config = {
    format: "x",
    version: 1,
    queues: [
      { id: "que_1", teams: ["team_1"] },
      { id: "que_2", wider: [{ teams: ["team_1"], after: "30s" }] },
      { id: "que_3", teams: ["team_11"] },
    ],
    teams: [{ id: "team_1" }],
    users: [{ id: "usr_1", teams: ["team_1"] }],
  };
  const found = referrers(config, "team_1").map(({ list, object }) => `${list} ${object.id}`);
  expect(found).toEqual(["queues que_1", "queues que_2", "users usr_1"]);
});
