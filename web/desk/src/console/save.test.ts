import { describe, expect, test, vi } from "vitest";
import { Refusal } from "../../../protocol/src/socket";
import type { Plan } from "../admin/source";
import { queues, teams } from "./kinds";
import type { Config, Obj } from "./object";
import { users } from "./people";
import {
  blame,
  changedSince,
  differing,
  isDirty,
  keep,
  keptOf,
  objectsOf,
  onto,
  type ConsoleSource,
} from "./save";
import { organization } from "./settings";

const calm: Plan = {
  version: 1,
  changes: [],
  effects: { withdrawn: 0, offered: 3, closed: 0, signed_out: 0 },
};
const sales: Obj = { id: "que_1", name: { en: "Sales" }, priority: 5 };
const start: Config = { format: "f", version: 1, queues: [sales] };

/** A server on which others are at work: what they did by the time of each try. */
function server(...meanwhile: Config[]): ConsoleSource & { put: object[] } {
  let now = start;
  const put: object[] = [];
  return {
    put,
    load: () => Promise.resolve(now),
    plan: (file) => {
      now = meanwhile.shift() ?? now;
      const { version } = file as Config;
      return version === now.version
        ? Promise.resolve(calm)
        : Promise.reject(new Refusal("version_conflict"));
    },
    apply: (file) => {
      put.push(file);
      return Promise.resolve();
    },
  };
}

const yes = () => Promise.resolve(true);
const mine = { ...sales, priority: 3 };

describe("keeping an object", () => {
  test("puts this object on, with the version it was filled from", async () => {
    const source = server();
    expect(await keep(source, queues, { base: sales, mine }, start, yes)).toMatchObject({ kind: "saved" });
    expect(source.put).toEqual([{ format: "f", version: 1, queues: [mine] }]);
  });

  test("goes on by itself where others changed something else", async () => {
    const source = server({ ...start, version: 2, teams: [{ id: "team_1" }] });
    expect(await keep(source, queues, { base: sales, mine }, start, yes)).toMatchObject({ kind: "saved" });
    expect(source.put).toEqual([{ format: "f", version: 2, queues: [mine] }]);
  });

  test("stops where somebody changed the same thing, and overwrites nothing", async () => {
    const theirs = { ...sales, priority: 9 };
    const source = server({ ...start, version: 2, queues: [theirs] });
    const outcome = await keep(source, queues, { base: sales, mine }, start, yes);
    expect(outcome).toMatchObject({ kind: "conflict", theirs, config: { version: 2 } });
    expect(source.put).toEqual([]);
  });

  test("does not ask about what its owner changed meanwhile, unless it was changed here too", async () => {
    const layla: Obj = { id: "usr_1", roles: ["agent"], language: "ar" };
    const held: Config = { ...start, users: [layla] };
    const theirs = { ...layla, language: "en", answer_factor: 1 };
    const given = { ...layla, roles: ["agent", "supervisor"] };
    const later = { ...held, version: 2, users: [theirs] };
    const source = server(later);
    expect(await keep(source, users, { base: layla, mine: given }, held, yes)).toMatchObject({
      kind: "saved",
    });
    expect(source.put).toEqual([{ format: "f", version: 2, users: [{ ...theirs, roles: given.roles }] }]);
    const both = { base: layla, mine: { ...given, language: "" } };
    expect(await keep(server(later), users, both, held, yes)).toMatchObject({ kind: "conflict", theirs });
    const disabled = { ...theirs, disabled: true };
    const others = server({ ...later, users: [disabled] });
    expect(await keep(others, users, { base: layla, mine: given }, held, yes)).toMatchObject({
      kind: "conflict",
      theirs: disabled,
    });
  });

  test("asks before those at work feel it, and takes no for an answer", async () => {
    const source = server();
    source.plan = () => Promise.resolve({ ...calm, effects: { ...calm.effects, withdrawn: 2 } });
    const sure = vi.fn(() => Promise.resolve(false));
    expect(await keep(source, queues, { base: sales, mine }, start, sure)).toEqual({ kind: "given-up" });
    expect(sure).toHaveBeenCalledOnce();
    expect(source.put).toEqual([]);
  });

  test("says what else was refused", async () => {
    const source = server();
    source.plan = () => Promise.reject(new Refusal("out_of_range"));
    await expect(keep(source, queues, { base: sales, mine }, start, yes)).rejects.toThrow("out_of_range");
  });
});

test("the organization is kept without a list, and its refusals are its fields'", async () => {
  const settings = { rona: "30s" };
  const base = { id: "organization", name: { en: "Acme" }, settings };
  const held: Config = { ...start, organization: { name: { en: "Acme" }, settings } };
  expect(objectsOf(held, organization)).toEqual([base]);
  const source = server(held);
  const changed = { ...base, settings: { rona: "45s" } };
  await keep(source, organization, { base, mine: changed }, held, yes);
  expect(source.put).toEqual([
    { format: "f", version: 1, organization: { name: { en: "Acme" }, settings: { rona: "45s" } } },
  ]);
  const refused = new Refusal("out_of_range", { field: "organization.settings.rona" });
  expect(blame(refused, organization, held, changed, "en").field?.at).toBe("settings.rona");
});

test("what was changed on both sides is ours, what only they changed is theirs", () => {
  const theirs = { ...sales, priority: 9, rona: "45s", other: "kept" };
  expect(differing(queues, sales, theirs).map((field) => field.at)).toEqual(["priority", "rona"]);
  expect(onto(queues, { base: sales, mine }, theirs)).toEqual({
    base: theirs,
    mine: { ...theirs, priority: 3 },
  });
});

test("what is changed while something is being kept is not kept yet, and nothing else", () => {
  const kept = { ...sales, id: "que_2", rona: "45s", priority: 3 };
  expect(changedSince(queues, mine, { ...mine, sticky: "60s" }, kept)).toEqual({
    base: kept,
    mine: { ...kept, sticky: "60s" },
  });
  expect(changedSince(queues, mine, { ...mine, archived: true }, kept)).toBeUndefined();
});

test("a new object is found by the server's name for it, though somebody else made one too", () => {
  const theirs = { id: "que_7", name: { en: "Complaints" } };
  const ours = { id: "que_8", name: { en: "Returns" } };
  const given = { id: "queues-1", name: { en: "Returns", ar: "" } };
  const after = { ...start, queues: [sales, theirs, ours] };
  expect(keptOf(queues, given, start, after)).toBe(ours);
  expect(keptOf(queues, mine, start, after)).toBe(sales);
  expect(keptOf(queues, given, start, start)).toBeUndefined();
});

test("a new object is not saved, an unchanged one is", () => {
  expect(isDirty({ mine: sales })).toBe(true);
  expect(isDirty({ base: sales, mine: { ...sales, teams: [], rona: "" } })).toBe(false);
  expect(isDirty({ base: sales, mine })).toBe(true);
});

describe("a refusal is about", () => {
  const config: Config = {
    ...start,
    assets: [{ id: "ast_1", name: { en: "Shop" } }],
    queues: [{ id: "que_0", name: { en: "First" } }, sales],
  };
  const about = (field: string, object = sales, kind = queues) =>
    blame(new Refusal("setting_invalid", { field }), kind, config, object, "en");

  test("the field of the form that it names", () => {
    expect(about("queues.1.limits.then_queue").field?.at).toBe("limits.then_queue");
    expect(about("queues.1.name.ar").field?.at).toBe("name");
    expect(
      blame(new Refusal("x", { parameter: "queues.1.rona" }), queues, config, sales, "en").field?.at,
    ).toBe("rona");
  });

  test("a new object, whose place in the list nobody knows", () => {
    expect(about("queues.7.priority", { id: "queue-new" }).field?.at).toBe("priority");
  });

  test("another object that would be left without sense", () => {
    expect(about("assets.0.queue")).toEqual({ other: "Shop" });
    expect(about("queues.0.limits.then_queue")).toEqual({ other: "First" });
  });

  test("or about nothing that is known", () => {
    expect(about("organization.language")).toEqual({});
    expect(about("queues.1", sales)).toEqual({ field: undefined });
    expect(about("teams.0.capacity", { id: "team-new" }, teams).field?.at).toBe("capacity");
  });
});
