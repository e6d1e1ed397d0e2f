import { Search } from "lucide-react";
import { useEffect, useEffectEvent, useId, useMemo, useState, type KeyboardEvent } from "react";
import { announce } from "../../../ui/src/announce";
import { useLanguage } from "../../../ui/src/language";
import { Modal } from "../../../ui/src/Modal";
import { Phrase, plain } from "../../../ui/src/Phrase";
import { deviceShelf } from "../parts/device";
import { useKeys } from "../parts/commands";
import type { Group, Item } from "./items";
import { search } from "./items";
import { keepRecent, readRecent } from "./recent";
import { useItems } from "./useItems";
import s from "./Palette.module.css";

export interface PaletteProps {
  /** The conversation that is open. */
  open: string | undefined;
  go(conversation: string | undefined): void;
  onClose(): void;
  /** Written from the start; for stories. */
  query?: string;
}

/** Everything that can be done, by name, in either language. */
export function Palette({ open, go, onClose, query: first = "" }: PaletteProps) {
  const { t } = useLanguage();
  const keys = useKeys();
  const id = useId();
  const items = useItems(open, go);
  const [query, setQuery] = useState(first);
  const [at, move] = useState(0);
  const [armed, arm] = useState<string>();
  const [recent] = useState(() => readRecent(deviceShelf()));
  const found = useMemo(() => search(items, query, recent, open !== undefined), [items, query, recent, open]);
  const current = found.items[Math.min(at, found.items.length - 1)];
  const optionId = (item: Item) => `${id}-${item.group}-${item.id.replaceAll(" ", "_")}`;
  const active = current && optionId(current);

  useEffect(() => {
    if (active) document.getElementById(active)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  useSpokenCount(query, found.items.length, found.instead);

  const choose = (item: Item) => {
    if (item.danger && armed !== item.id) {
      arm(item.id);
      announce(plain(t.paletteConfirmSr({ command: item.text })), "assertive");
      return;
    }
    keepRecent(deviceShelf(), item.id);
    onClose();
    // Once focus is back where it was: what is done may move it on.
    requestAnimationFrame(() => requestAnimationFrame(item.run));
  };
  const step = (to: number) => {
    arm(undefined);
    move(Math.max(0, Math.min(found.items.length - 1, to)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const now = Math.min(at, found.items.length - 1);
    const end = found.items.length - 1;
    const steps: Record<string, number | undefined> = {
      ArrowDown: now === end ? 0 : now + 1,
      ArrowUp: now === 0 ? end : now - 1,
      PageDown: now + 8,
      PageUp: now - 8,
      // With something written they belong to the caret.
      ...(query === "" ? { Home: 0, End: end } : {}),
    };
    const to = steps[event.key];
    if (to !== undefined) step(to);
    else if (event.key === "Enter" && current) choose(current);
    else return;
    event.preventDefault();
  };

  return (
    <Modal
      dismissable
      label={t.paletteTitle()}
      onClose={onClose}
      overlayClass={s.overlay}
      className={s.dialog}
    >
      <div className={s.field}>
        <Search size={20} aria-hidden="true" />
        <input
          autoFocus
          role="combobox"
          aria-label={t.paletteTitle()}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active}
          autoComplete="off"
          spellCheck={false}
          placeholder={t.paletteOpen()}
          {...(query === "" ? {} : { dir: "auto" })}
          className={s.input}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            move(0);
            arm(undefined);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {found.instead && (
        <p className={s.none}>
          <Phrase text={t.paletteNone({ q: query })} /> <span>{t.paletteTry()}</span>
        </p>
      )}
      <div id={`${id}-list`} role="listbox" aria-label={t.paletteTitle()} className={s.list}>
        {grouped(found.items).map(([group, members]) => (
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <p id={`${id}-${group}`} className={s.group}>
              {groupName(group, t)}
            </p>
            {members.map((item) => (
              <div
                key={item.id}
                id={optionId(item)}
                role="option"
                aria-selected={item === current}
                data-armed={armed === item.id || undefined}
                className={s.option}
                // Focus stays in the field.
                onPointerDown={(event) => event.preventDefault()}
                onPointerMove={() => item !== current && step(found.items.indexOf(item))}
                onClick={() => choose(item)}
              >
                <span className={s.name}>
                  <bdi>{item.text}</bdi>
                  {armed === item.id && <span className={s.confirm}>{t.paletteConfirm()}</span>}
                </span>
                {item.action && keys.hint(item.action) && (
                  <kbd dir="ltr" aria-hidden="true">
                    {keys.hint(item.action)}
                  </kbd>
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
    </Modal>
  );
}

function groupName(group: Group, t: ReturnType<typeof useLanguage>["t"]): string {
  const names: Record<Group, string> = {
    recent: t.paletteRecent(),
    chat: t.paletteGroupChat(),
    go: t.paletteGroupGo(),
    me: t.paletteGroupMe(),
    help: t.paletteGroupHelp(),
  };
  return names[group];
}

/** Neighbors of one group together. */
function grouped(items: readonly Item[]): [Group, Item[]][] {
  const groups = new Map<Group, Item[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups];
}

/** How much was found is spoken once typing pauses. */
function useSpokenCount(query: string, count: number, instead: boolean): void {
  const { t } = useLanguage();
  const say = useEffectEvent(() => {
    if (query !== "") announce(instead ? plain(t.paletteNone({ q: query })) : t.nResults({ n: count }));
  });
  useEffect(() => {
    const timer = setTimeout(say, 500);
    return () => clearTimeout(timer);
  }, [query, count]);
}
