import {
  memo,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
  type SyntheticEvent,
} from "react";
import { sectionsOf, type Choice } from "./choices";
import { Phrase } from "./Phrase";
import { placeUnder } from "./placeUnder";
import s from "./SearchSelect.module.css";

export interface SearchListProps {
  /** Each option is called id-choice. */
  id: string;
  label: string;
  /** It stands under this, or above where there is more room. */
  under: RefObject<HTMLElement | null>;
  shown: readonly Choice[];
  value: string | null;
  /** The one that the keys have reached. */
  active: string | undefined;
  /** What stands here when there is nothing to choose from. */
  empty: string;
  more: string | undefined;
  onPoint(id: string): void;
  onChoose(choice: Choice): void;
}

/** So many are drawn at first, and so many more as one scrolls: each key draws the list anew. */
const rows = 12;

/** The list of a SearchSelect, in front of everything. */
export function SearchList(props: SearchListProps) {
  const { id, label, under, shown, value, active, empty, more, onPoint, onChoose } = props;
  const popover = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [drawn, draw] = useState({ of: shown, rows });
  if (drawn.of !== shown) draw({ of: shown, rows });
  const reached = shown.findIndex((choice) => choice.id === active);
  const visible = shown.slice(0, Math.max(drawn.rows, reached + 2));

  useLayoutEffect(() => {
    const box = under.current;
    const own = popover.current;
    if (!box || !own) return;
    own.showPopover?.();
    return placeUnder(own, box);
  }, [under]);
  useEffect(() => {
    if (list.current) list.current.scrollTop = 0;
  }, [shown]);
  useEffect(() => {
    if (active) document.getElementById(`${id}-${active}`)?.scrollIntoView?.({ block: "nearest" });
  }, [id, active]);
  const at = ({ target }: SyntheticEvent) => {
    const option = (target as Element).closest<HTMLElement>("[data-choice]");
    return shown.find((choice) => choice.id === option?.dataset.choice);
  };

  return (
    <div ref={popover} popover="manual" className={s.popover} data-trigger="SearchSelect">
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className={s.list}
        // Focus stays in the field.
        onMouseDown={(event) => event.preventDefault()}
        onPointerMove={(event) => {
          const choice = at(event);
          if (choice && !choice.gone && choice.id !== active) onPoint(choice.id);
        }}
        onClick={(event) => {
          const choice = at(event);
          if (choice) onChoose(choice);
        }}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          if (visible.length < shown.length && scrollHeight - scrollTop < 2 * clientHeight)
            draw({ of: shown, rows: visible.length + rows });
        }}
      >
        {shown.length === 0 && (
          <div role="option" aria-selected="false" aria-disabled="true" className={s.empty}>
            <Phrase text={empty} />
          </div>
        )}
        {sectionsOf(visible).map(({ heading, choices }) => {
          const options = choices.map((choice) => (
            <Option
              key={choice.id}
              id={`${id}-${choice.id}`}
              choice={choice}
              selected={choice.id === value}
              active={choice.id === active}
              place={shown.indexOf(choice) + 1}
              of={shown.length}
            />
          ));
          if (heading === undefined) return options;
          return (
            <div key={`under ${heading}`} role="group" aria-label={heading}>
              <p className={s.heading} aria-hidden="true">
                <bdi>{heading}</bdi>
              </p>
              {options}
            </div>
          );
        })}
      </div>
      {more && <p className={s.more}>{more}</p>}
    </div>
  );
}

interface OptionProps {
  id: string;
  choice: Choice;
  selected: boolean;
  active: boolean;
  place: number;
  of: number;
}

/** Of a list that narrows most stay as they are. */
const Option = memo(function Option({ id, choice, selected, active, place, of }: OptionProps) {
  const detail = choice.gone ?? choice.detail;
  return (
    <div
      id={id}
      role="option"
      data-choice={choice.id}
      aria-label={choice.name}
      aria-describedby={detail && `${id}-detail`}
      aria-selected={selected}
      aria-disabled={choice.gone !== undefined || undefined}
      aria-posinset={place}
      aria-setsize={of}
      data-active={active || undefined}
      className={s.item}
    >
      {choice.before}
      <bdi className={s.name}>{choice.name}</bdi>
      {detail && (
        <span id={`${id}-detail`} className={s.detail}>
          {detail}
        </span>
      )}
    </div>
  );
});
