// Wrap-up reasons as the tree they form: what others stand in is a group.
import type { Name } from "../../../protocol/src/types";
import type { Choice } from "../../../ui/src/choices";
import type { Lang } from "../../../ui/src/language";

export interface Branch {
  id: string;
  name: Name;
  group?: string;
}

const between = " › ";

/** The groups that a reason stands in, the outermost first. */
export function groupsOf<R extends Branch>(reason: R, all: readonly R[]): R[] {
  const path: R[] = [];
  let at = all.find((r) => r.id === reason.group);
  while (at && !path.includes(at)) {
    path.unshift(at);
    const { group } = at;
    at = all.find((r) => r.id === group);
  }
  return path;
}

/** Names as one, in each language; one that is missing in a language is there in the other. */
export const joined = (names: readonly Name[]): Name => ({
  en: names.map(({ en, ar }) => en || ar).join(between),
  ar: names.map(({ en, ar }) => ar || en).join(between),
});

/** What a reason is called where its groups are not in sight. */
export const fullName = <R extends Branch>(reason: R, all: readonly R[]): Name =>
  joined([...groupsOf(reason, all), reason].map((r) => r.name));

/** Reasons to choose from: what stands in no group first, then group by group, each found by its groups as well. */
export function reasonChoices<R extends Branch>(
  ids: readonly string[],
  all: readonly R[],
  lang: Lang,
): Choice[] {
  const choices = ids.flatMap((id): Choice[] => {
    const reason = all.find((r) => r.id === id);
    if (!reason) return [];
    const groups = joined(groupsOf(reason, all).map((r) => r.name));
    const name = joined([reason.name]);
    const also = `${name.en} ${name.ar} ${groups.en} ${groups.ar}`;
    return [{ id, name: name[lang], also, ...(groups[lang] === "" ? {} : { section: groups[lang] }) }];
  });
  return [...choices.filter((c) => !c.section), ...choices.filter((c) => c.section)];
}

/** A long list: one's favourites first and then what was used lately, with the groups of both beside them. */
export function ownFirst(
  choices: readonly Choice[],
  favorites: readonly string[],
  used: readonly string[],
  headings: { favorites: string; used: string; others: string },
): Choice[] {
  const taken = new Set<string>();
  const under = (heading: string, ids: readonly string[]) =>
    ids.flatMap((id) => {
      const choice = taken.has(id) ? undefined : choices.find((c) => c.id === id);
      if (!choice) return [];
      taken.add(id);
      const { section, ...rest } = choice;
      return [{ ...rest, section: heading, ...(section ? { detail: section } : {}) }];
    });
  const own = [...under(headings.favorites, favorites), ...under(headings.used, used)];
  if (own.length === 0) return [...choices];
  const others = choices.filter((c) => !taken.has(c.id));
  return [...own, ...others.map((c) => ({ ...c, section: c.section ?? headings.others }))];
}
