import { useEffect, useRef } from "react";
import { Snippet } from "../../../ui/src/DirText";
import { useLanguage } from "../../../ui/src/language";
import { Name, Phrase } from "../../../ui/src/Phrase";
import type { Suggestion, Suggestions } from "./useSuggestions";
import s from "./SuggestionList.module.css";

export interface SuggestionListProps {
  id: string;
  list: Suggestions;
  onChoose(option: Suggestion): void;
}

/** The list above the compose box. The focus stays in the box; the active option is told by it. */
export function SuggestionList({ id, list, onChoose }: SuggestionListProps) {
  const { t } = useLanguage();
  const active = useRef<HTMLDivElement>(null);
  const { groups, active: chosen } = list;
  useEffect(() => {
    // Only the list is to scroll, and jsdom cannot.
    active.current?.scrollIntoView?.({ block: "nearest" });
  }, [chosen]);
  return (
    <div
      id={id}
      role={groups.length === 0 ? "status" : "listbox"}
      className={s.list}
      aria-label={list.of === "templates" ? t.templateTitle() : t.templateVariables()}
    >
      {groups.length === 0 && (
        <p className={s.none}>
          <Phrase text={t.templateNoMatch({ q: list.query })} />
        </p>
      )}
      {groups.map((group, i) => (
        <div key={group.name} role="group" aria-labelledby={`${id}-group-${i}`}>
          <p id={`${id}-group-${i}`} className={s.group}>
            <Name text={group.name} />
          </p>
          {group.options.map((option) => (
            <div
              key={option.id}
              id={optionId(id, option)}
              ref={option === chosen ? active : undefined}
              role="option"
              aria-selected={option === chosen}
              className={s.option}
              // The press must not take the focus from the box.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(option)}
            >
              <span className={s.name}>
                <Name text={option.name} />
              </span>
              <span className={s.text}>
                <Snippet text={option.text} />
              </span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

export const optionId = (list: string, option: Suggestion): string => `${list}-${option.id}`;
