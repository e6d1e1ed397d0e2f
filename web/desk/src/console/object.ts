// Objects as the configuration file has them: what is empty may be left out.
import type { Name } from "../../../protocol/src/types";
import type { Choice } from "../../../ui/src/choices";
import { inLanguage, type Lang } from "../../../ui/src/language";
import { fullName, type Branch } from "../model/reasonTree";

export interface Obj {
  id: string;
  name?: Partial<Name>;
  archived?: boolean;
  [other: string]: unknown;
}

/** It can be chosen: neither archived nor deleted. */
export const inUse = (o: Obj): boolean => !o.archived && !o.deleted;

/** The lists of a configuration that hold objects. */
export const lists = [
  "teams",
  "queues",
  "assets",
  "reasons",
  "templates",
  "hours",
  "skills",
  "profiles",
  "roles",
  "users",
  "providers",
] as const;

export type List = (typeof lists)[number];

export type Config = { format: string; version: number; organization?: Omit<Obj, "id"> } & {
  [L in List]?: Obj[];
};

/** What stands at "limits.max_wait" of an object. */
export function at(o: Obj, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((v, key) => (typeof v === "object" && v ? (v as Obj)[key] : undefined), o);
}

/** The object with something else there. */
export function put(o: Obj, path: string, value: unknown): Obj {
  const [first = "", ...rest] = path.split(".");
  const inside = rest.length === 0 ? value : put((o[first] ?? {}) as Obj, rest.join("."), value);
  return { ...o, [first]: inside };
}

/** What is left of a value without all that is empty in it, in one order. */
function essence(v: unknown): unknown {
  if (Array.isArray(v)) return v.length === 0 ? undefined : v.map((one) => essence(one) ?? null);
  if (typeof v === "object" && v) {
    const kept = Object.entries(v)
      .map(([key, value]) => [key, essence(value)] as const)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }
  return v === "" || v === "0s" || v === 0 || v === false || v === null ? undefined : v;
}

/** Whether two values mean the same in the file. */
export const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(essence(a)) === JSON.stringify(essence(b));

const unitSeconds: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** A duration of the file, "1m30s", in seconds; 0 where there is none. */
export function seconds(duration: unknown): number {
  if (typeof duration !== "string") return 0;
  let sum = 0;
  for (const [, n, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g))
    sum += Number(n) * (unitSeconds[unit ?? ""] ?? 0);
  return sum;
}

/** Whether it is a duration as the file writes them, or none. */
export const isDuration = (said: string): boolean => /^(\d+(\.\d+)?(h|m|s|ms))*$/.test(said);

/** Seconds as the file writes them. */
export const duration = (n: number): string => `${n}s`;

/** A number as people type it, in either digits; what is none stays as it was typed. */
export function typed(text: string): number | string {
  const plain = text.trim().replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  if (plain === "") return 0;
  return /^\d{1,9}$/.test(plain) ? Number(plain) : text;
}

/** What it is called in a list; users have one name in whichever language. */
export function title(o: Obj, lang: Lang): string {
  if (typeof o.name === "string") return o.name;
  return inLanguage({ en: "", ar: "", ...o.name }, lang);
}

/** It among others to choose from, found by its names in both languages, and named with the groups it stands in. */
export function choiceOf(o: Obj, lang: Lang, all: readonly Obj[] = []): Choice {
  if (typeof o.name === "string") return { id: o.id, name: o.name, also: o.name };
  const name = fullName(branch(o), typeof o.group === "string" ? all.map(branch) : []);
  return { id: o.id, name: name[lang], also: `${name.en} ${name.ar}` };
}

/** It as what may stand in a group: of those that do, the file names the group by its identifier. */
const branch = (o: Obj): Branch => ({
  id: o.id,
  name: { en: "", ar: "", ...(typeof o.name === "string" ? {} : o.name) },
  ...(typeof o.group === "string" ? { group: o.group } : {}),
});

/** Everything that names the object. */
export function referrers(config: Config, id: string): { list: List; object: Obj }[] {
  const named = JSON.stringify(id);
  return lists.flatMap((list) =>
    (config[list] ?? [])
      .filter((object) => object.id !== id && JSON.stringify(object).includes(named))
      .map((object) => ({ list, object })),
  );
}
