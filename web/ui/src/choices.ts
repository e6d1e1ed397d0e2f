// Lists to choose from, and what a search finds in them.
import type { ReactNode } from "react";
import { fold } from "../../protocol/src/text/fold";

export interface Choice {
  id: string;
  name: string;
  /** What else a search finds it by: the name in the other language. */
  also?: string;
  detail?: string;
  before?: ReactNode;
  /** It went away while the list was open: it stays where it is, grey, and says so. */
  gone?: string | undefined;
}

/** Which choices a query finds, by folded text: the spelling of hamza and ta marbuta, tashkeel and case do not matter. */
export function filterChoices(choices: Choice[], query: string): Choice[] {
  const words = fold(query).split(" ").filter(Boolean);
  if (words.length === 0) return choices;
  return choices.filter((choice) => {
    const text = fold(`${choice.name} ${choice.also ?? ""}`);
    return words.every((word) => text.includes(word));
  });
}
