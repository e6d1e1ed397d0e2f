import { ChevronDown } from "lucide-react";
import { useEffect, useEffectEvent, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { announce } from "./announce";
import { filterChoices, firstChoices, type Choice } from "./choices";
import { plain } from "./Phrase";
import { SearchList } from "./SearchList";
import s from "./SearchSelect.module.css";

export interface SearchSelectProps {
  label: string;
  choices: Choice[];
  value: string | null;
  onChange(id: string | null): void;
  /** What stands in the list when a search finds nothing. */
  empty(a: { q: string }): string;
  /** How many a search has found, as it is spoken. */
  found(a: { n: number }): string;
  /** What stands below a list too long to be shown whole. */
  more?(a: { shown: number; total: number }): string;
  error?: string | undefined;
  autoFocus?: boolean;
}

/** What was found is spoken once typing pauses for so long. */
const pauseMs = 400;
const pageRows = 8;

/**
 * A drop-down list that is also a search field: the list narrows while one
 * types. Focus stays in the field; where one is in the list is told by
 * aria-activedescendant. The list opens with the first key or a press on the
 * arrow, not on focus.
 */
export function SearchSelect(props: SearchSelectProps) {
  const { label, choices, value, onChange, empty, found: counted, more, error, autoFocus } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  // What is being typed; undefined while the chosen one's name stands there.
  const [typed, setTyped] = useState<string>();
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState<string>();
  const chosen = choices.find((choice) => choice.id === value);
  const query = typed ?? "";
  const found = useMemo(() => filterChoices(choices, query), [choices, query]);
  const shown = useMemo(() => firstChoices(found, value), [found, value]);
  const active = open ? shown.find((choice) => choice.id === current) : undefined;
  useSpokenCount(open ? typed : undefined, found.length, empty, counted);

  const close = () => {
    setOpen(false);
    setCurrent(undefined);
    setTyped(undefined);
  };
  const unfold = (at = chosen?.id) => {
    setOpen(true);
    setCurrent(at);
  };
  const choose = (choice: Choice) => {
    if (choice.gone) return;
    onChange(choice.id);
    close();
  };
  /** To the next that can be chosen, from place to place by that step. */
  const move = (from: number, by: 1 | -1) => {
    for (let i = from; i >= 0 && i < shown.length; i += by) {
      if (shown[i]?.gone) continue;
      setCurrent(shown[i]?.id);
      return;
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const last = shown.length - 1;
    const at = active ? shown.indexOf(active) : -1;
    switch (event.key) {
      case "ArrowDown":
        if (!open) unfold();
        move(at === last ? 0 : at + 1, 1);
        break;
      case "ArrowUp":
        if (!open) unfold();
        move(at <= 0 ? last : at - 1, -1);
        break;
      case "PageDown":
        if (!open) return;
        move(Math.min(at + pageRows, last), -1);
        break;
      case "PageUp":
        if (!open) return;
        move(Math.max(at - pageRows, 0), 1);
        break;
      // With something written they belong to the caret.
      case "Home":
        if (!open || query !== "") return;
        move(0, 1);
        break;
      case "End":
        if (!open || query !== "") return;
        move(last, -1);
        break;
      case "Enter":
        if (!open) return;
        if (active) choose(active);
        else close();
        break;
      case "Tab":
        if (active) choose(active);
        return;
      case "Escape":
        if (!open) return;
        close();
        // It closes the list and not what the list stands in.
        event.stopPropagation();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <div className={s.field} data-invalid={error !== undefined || undefined}>
      <label htmlFor={id} className={s.label}>
        {label}
      </label>
      <div ref={box} className={s.box}>
        <input
          ref={input}
          id={id}
          role="combobox"
          type="text"
          className={s.input}
          autoFocus={autoFocus}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={open ? `${id}-list` : undefined}
          aria-activedescendant={active && `${id}-${active.id}`}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          value={typed ?? chosen?.name ?? ""}
          onChange={(event) => {
            const text = event.target.value;
            setTyped(text);
            setOpen(true);
            setCurrent(undefined);
            if (text === "" && value !== null) onChange(null);
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
        <button
          type="button"
          className={s.open}
          tabIndex={-1}
          aria-label={label}
          aria-expanded={open}
          aria-controls={open ? `${id}-list` : undefined}
          // Focus stays in the field.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            input.current?.focus();
            if (open) close();
            else unfold();
          }}
        >
          <ChevronDown size={18} aria-hidden="true" />
        </button>
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className={s.error}>
          {error}
        </p>
      )}
      {open && (
        <SearchList
          id={id}
          label={label}
          under={box}
          shown={shown}
          value={value}
          active={active?.id}
          empty={empty({ q: query })}
          more={
            found.length > shown.length ? more?.({ shown: shown.length, total: found.length }) : undefined
          }
          onPoint={setCurrent}
          onChoose={choose}
        />
      )}
    </div>
  );
}

function useSpokenCount(
  typed: string | undefined,
  count: number,
  empty: SearchSelectProps["empty"],
  counted: SearchSelectProps["found"],
): void {
  const say = useEffectEvent(() =>
    announce(count === 0 ? plain(empty({ q: typed ?? "" })) : counted({ n: count })),
  );
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(say, pauseMs);
    return () => clearTimeout(timer);
  }, [typed, count]);
}
