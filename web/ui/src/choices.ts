// Lists to choose from, and what a search finds in them.
import type { ReactNode } from "react";
import { fold } from "../../protocol/src/text/fold";

export interface Choice {
  id: string;
  name: string;
  /** What else a search finds it by: the name in the other language. */
  also?: string;
  detail?: string;
  /** Stands under this heading, as those before it with the same. */
  section?: string;
  before?: ReactNode;
  /** It went away while the list was open: it stays where it is, grey, and says so. */
  gone?: string | undefined;
}

/** What each choice is found by. Folding a thousand names takes longer than comparing them, so it is done once. */
const folded = new WeakMap<Choice, string>();

function searchText(choice: Choice): string {
  let text = folded.get(choice);
  if (text === undefined) {
    text = fold(`${choice.name} ${choice.also ?? ""}`);
    folded.set(choice, text);
  }
  return text;
}

/** Choices that stand under one heading, or under none. */
export interface Section<C> {
  heading: string | undefined;
  choices: C[];
}

/** Those that follow each other with the same heading, together. */
export function sectionsOf<C extends { section?: string | undefined }>(choices: readonly C[]): Section<C>[] {
  const sections: Section<C>[] = [];
  for (const choice of choices) {
    const last = sections.at(-1);
    if (last && last.heading === choice.section) last.choices.push(choice);
    else sections.push({ heading: choice.section, choices: [choice] });
  }
  return sections;
}

/** Which choices a query finds, by folded text: the spelling of hamza and ta marbuta, tashkeel and case do not matter. */
export function filterChoices(choices: Choice[], query: string): Choice[] {
  const words = fold(query).split(" ").filter(Boolean);
  if (words.length === 0) return choices;
  return choices.filter((choice) => {
    const text = searchText(choice);
    return words.every((word) => text.includes(word));
  });
}

/** More than this is not read but narrowed down. */
export const shownChoices = 50;

/** The first of the choices, and the chosen one wherever it stands. */
export function firstChoices(choices: Choice[], chosen: string | null): Choice[] {
  if (choices.length <= shownChoices) return choices;
  const first = choices.slice(0, shownChoices);
  const own = choices.find((choice) => choice.id === chosen);
  return own && !first.includes(own) ? [own, ...first] : first;
}
