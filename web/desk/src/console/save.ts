// Keeping an object: tried first, then put on, with the version of what the
// form was filled from, so that nothing of anybody else's is overwritten.
import { Refusal } from "../../../protocol/src/socket";
import type { Plan } from "../admin/source";
import type { FieldSpec } from "./field";
import type { Kind } from "./kind";
import { at, lists, put, same, title, type Config, type List, type Obj } from "./object";
import type { Lang } from "../../../ui/src/language";

/** Where the configuration comes from and goes to. */
export interface ConsoleSource {
  load(): Promise<Config>;
  plan(file: object): Promise<Plan>;
  apply(file: object): Promise<void>;
}

/** An object that is being changed: as it was, nothing of one that is new, and as it is to be. */
export interface Draft {
  base?: Obj | undefined;
  mine: Obj;
}

export type Outcome =
  | { kind: "saved"; config: Config }
  | { kind: "given-up" }
  /** Somebody else changed this very object. */
  | { kind: "conflict"; config: Config; theirs: Obj };

export const isDirty = ({ base, mine }: Draft): boolean => base === undefined || !same(base, mine);

/** How often it is tried again where others changed something else meanwhile. */
const attempts = 5;

/** The objects of a kind: those of a list, or the only one there is. */
export function objectsOf(config: Config, { list }: Kind): Obj[] {
  if (list !== "organization") return config[list] ?? [];
  return config.organization ? [{ ...config.organization, id: list }] : [];
}

/** The part of a file that holds the object. */
function partOf({ list }: Kind, mine: Obj): object {
  if (list !== "organization") return { [list]: [mine] };
  const { id: _, ...organization } = mine;
  return { organization };
}

/** Keeps the object; sure is asked where those at work would feel it at once. */
export async function keep(
  source: ConsoleSource,
  kind: Kind,
  draft: Draft,
  config: Config,
  sure: (plan: Plan) => Promise<boolean>,
): Promise<Outcome> {
  let { base, mine } = draft;
  for (let from = config, attempt = 1; ; attempt++) {
    const file = { format: from.format, version: from.version, ...partOf(kind, mine) };
    try {
      const plan = await source.plan(file);
      const { withdrawn, closed, signed_out: signedOut } = plan.effects;
      if (withdrawn + closed + signedOut > 0 && !(await sure(plan))) return { kind: "given-up" };
      await source.apply(file);
      return { kind: "saved", config: await source.load() };
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "version_conflict" || attempt === attempts)
        throw error;
    }
    from = await source.load();
    const theirs = objectsOf(from, kind).find(({ id }) => id === mine.id);
    if (!theirs || same(theirs, base)) continue;
    if (asks(kind, { base, mine }, theirs)) return { kind: "conflict", config: from, theirs };
    ({ base, mine } = onto(kind, { base, mine }, theirs));
  }
}

/**
 * Whether somebody else changed something that whoever looks at the form has to
 * know: what it does not show is taken over, and so is what its owner changes
 * while at work, unless it was changed here too.
 */
const asks = (kind: Kind, { base, mine }: Draft, theirs: Obj): boolean =>
  Boolean(theirs.archived) !== Boolean(base?.archived) ||
  differing(kind, base, theirs).some(
    ({ at: place, owners }) => !owners || !same(base && at(base, place), at(mine, place)),
  );

/** The object as it was kept; of a new one, which has a name of the server's, the one that was not there before. */
export function keptOf(kind: Kind, mine: Obj, before: Config, after: Config): Obj | undefined {
  const all = objectsOf(after, kind);
  const known = new Set(objectsOf(before, kind).map(({ id }) => id));
  const others = all.filter(({ id }) => !known.has(id));
  // Somebody else may have made one meanwhile.
  return all.find(({ id }) => id === mine.id) ?? others.find((o) => same(o.name, mine.name)) ?? others[0];
}

/** Which fields of a form differ in two objects. */
export const differing = (kind: Kind, a: Obj | undefined, b: Obj): FieldSpec[] =>
  kind.fields.filter((field) => !same(a && at(a, field.at), at(b, field.at)));

/** What differs between two states of an object, put on a third. */
const carried = (kind: Kind, from: Obj | undefined, to: Obj, on: Obj): Obj =>
  differing(kind, from, to).reduce((o, field) => put(o, field.at, at(to, field.at)), on);

/** What was changed here, put on what somebody else left. */
export function onto(kind: Kind, { base, mine }: Draft, theirs: Obj): Draft {
  const archived = mine.archived !== base?.archived ? { archived: mine.archived ?? false } : {};
  return { base: theirs, mine: { ...carried(kind, base, mine, theirs), ...archived } };
}

/** What was changed in a form while what it had before was being kept; undefined where nothing was. */
export function changedSince(kind: Kind, given: Obj, now: Obj, kept: Obj): Draft | undefined {
  const draft = { base: kept, mine: carried(kind, given, now, kept) };
  return isDirty(draft) ? draft : undefined;
}

/** What a refusal is about: the field of the form, or another object that would be left without sense. */
export interface Blame {
  field?: FieldSpec | undefined;
  other?: string;
}

/** Finds it by the path in the file of the whole configuration. */
export function blame(error: Refusal, kind: Kind, config: Config, mine: Obj, lang: Lang): Blame {
  const path = String(error.params.field ?? error.params.parameter ?? "");
  if (kind.list === "organization" && path.startsWith("organization."))
    return { field: fieldAt(kind, path.slice("organization.".length)) };
  const [list = "", index = "", ...rest] = path.split(".");
  if (!lists.includes(list as List)) return {};
  const object = config[list as List]?.[Number(index)];
  if (
    list !== kind.list ||
    (object && object.id !== mine.id && objectsOf(config, kind).some(({ id }) => id === mine.id))
  )
    return object ? { other: title(object, lang) } : {};
  return { field: fieldAt(kind, rest.join(".")) };
}

/** The field that holds what stands at a place. */
const fieldAt = (kind: Kind, place: string): FieldSpec | undefined =>
  kind.fields.find((field) => place === field.at || place.startsWith(`${field.at}.`));
