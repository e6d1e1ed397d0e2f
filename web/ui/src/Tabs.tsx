import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import s from "./Tabs.module.css";

export interface Tab {
  id: string;
  name: string;
  content(): ReactNode;
}

/**
 * One of several things in the same place. One stop of the Tab key; the arrows
 * follow the writing direction, and what they reach is shown at once.
 */
export function Tabs({
  label,
  tabs,
  chosen,
  onChoose,
}: {
  label: string;
  tabs: readonly Tab[];
  chosen: string;
  onChoose(id: string): void;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [moved, setMoved] = useState(0);
  // The chosen one is reached by the keys that chose it.
  useEffect(() => {
    if (moved > 0) list.current?.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
  }, [moved]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const at = tabs.findIndex((tab) => tab.id === chosen);
    const to = {
      ArrowRight: at + (rtl ? -1 : 1),
      ArrowLeft: at + (rtl ? 1 : -1),
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.id);
    setMoved((n) => n + 1);
  };
  const shown = tabs.find((tab) => tab.id === chosen) ?? tabs[0];
  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className={s.list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            aria-selected={tab === shown}
            aria-controls={tab === shown ? `${id}-panel` : undefined}
            tabIndex={tab === shown ? 0 : -1}
            className={s.tab}
            onClick={() => onChoose(tab.id)}
          >
            {tab.name}
          </button>
        ))}
      </div>
      {shown && (
        <div
          key={shown.id}
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-${shown.id}`}
          tabIndex={0}
          className={s.panel}
        >
          {shown.content()}
        </div>
      )}
    </>
  );
}
