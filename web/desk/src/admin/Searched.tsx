import { useState, type ReactNode } from "react";
import { filterChoices, type Choice } from "../../../ui/src/choices";
import { Phrase } from "../../../ui/src/Phrase";
import { SearchField } from "../../../ui/src/SearchField";
import { useWords } from "../console/words";
import s from "./AdminPage.module.css";

/** Up to so many are read; more are searched. */
const readable = 12;
/** So many are drawn at once, however many are found. */
const drawn = 100;

export interface SearchedProps {
  label: string;
  /** What is said when nothing is found. */
  none(a: { q: string }): string;
  choices: Choice[];
  /** Draws those that are found, or the first of them; with many there are more than anybody reads. */
  children(found: readonly Choice[], many: boolean): ReactNode;
}

/** A list as it is while it is short, and with a search above it when it is long. */
export function Searched({ label, none, choices, children }: SearchedProps) {
  const { t } = useWords();
  const [query, setQuery] = useState("");
  if (choices.length <= readable) return children(choices, false);
  const found = filterChoices(choices, query);
  return (
    <>
      <SearchField label={label} value={query} onChange={setQuery} />
      {children(found.slice(0, drawn), true)}
      <p role="status" className={s.muted}>
        {found.length === 0 ? (
          <Phrase text={none({ q: query })} />
        ) : found.length > drawn ? (
          t.consoleMore({ shown: drawn, total: found.length })
        ) : (
          query !== "" && t.nResults({ n: found.length })
        )}
      </p>
    </>
  );
}
