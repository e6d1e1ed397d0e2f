import { useId, useMemo, useState } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { useOtherLanguage } from "../parts/otherLanguage";
import { allEmoji, findEmoji, stepTo } from "./emoji";
import s from "./EmojiPicker.module.css";

export interface EmojiPickerProps {
  /** The button that it opens beside. */
  trigger: React.RefObject<HTMLElement | null>;
  onChoose(char: string): void;
  onClose(): void;
}

/**
 * Emoji by their names. The focus stays in the search field: the arrow keys go
 * through the grid as it looks, Enter puts one in.
 */
export function EmojiPicker({ trigger, onChoose, onClose }: EmojiPickerProps) {
  const { t, lang, dir } = useLanguage();
  const other = useOtherLanguage(lang);
  const all = useMemo(() => allEmoji(t, other), [t, other]);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const found = useMemo(() => findEmoji(all, query), [all, query]);
  const active = found[at];
  const id = useId();
  const optionId = (char: string) => `${id}-${char}`;
  // What was chosen is put in when the picker, which keeps the focus, has gone.
  const choose = (char: string) => {
    onClose();
    requestAnimationFrame(() => onChoose(char));
  };
  return (
    <Popover
      isOpen
      onOpenChange={(open) => !open && onClose()}
      triggerRef={trigger}
      placement="top end"
      offset={4}
      className={s.popover ?? ""}
    >
      <Dialog className={s.picker ?? ""} aria-label={t.composeEmoji()}>
        <input
          className={s.search}
          type="text"
          role="combobox"
          autoFocus
          autoComplete="off"
          aria-label={t.emojiSearch()}
          placeholder={t.emojiSearch()}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-grid`}
          aria-autocomplete="list"
          aria-activedescendant={active && optionId(active.char)}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            const to = stepTo(event.key, at, found.length, dir);
            if (to !== undefined) setAt(to);
            else if (event.key === "Enter") {
              if (active) choose(active.char);
            } else return;
            event.preventDefault();
          }}
        />
        <div id={`${id}-grid`} role="listbox" aria-label={t.composeEmoji()} className={s.grid}>
          {found.map(({ char, name }) => (
            <div
              key={char}
              id={optionId(char)}
              role="option"
              aria-selected={char === active?.char}
              aria-label={name}
              title={name}
              className={s.emoji}
              // The press must not take the focus from the field.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(char)}
            >
              {char}
            </div>
          ))}
        </div>
        <p className={s.name} role={active ? undefined : "status"}>
          {active ? active.name : <Phrase text={t.emojiNone({ q: query })} />}
        </p>
      </Dialog>
    </Popover>
  );
}
