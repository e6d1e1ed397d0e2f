import {
  cloneElement,
  Suspense,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from "react";
import type { PlainButtonProps } from "./Button";
import { fetchSoon, later } from "./later";
import type { MenuListProps } from "./MenuList";

export interface MenuAction {
  id: string;
  text: string;
  icon?: ReactNode;
  /** A second line; why the action is unavailable goes here, and the action can still be reached. */
  detail?: ReactNode;
  /** Its shortcut. */
  hint?: string | undefined;
  /** The choice in force. */
  current?: boolean;
  dimmed?: boolean;
  /** The language of the text, where it is not the page's. */
  lang?: string;
  /** A line stands before it. */
  apart?: boolean;
  onAction(): void;
}

type Trigger = Pick<PlainButtonProps, "ref" | "onPress" | "onKeyDown" | "aria-haspopup" | "aria-expanded">;

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<Trigger>;
  label: string;
  actions: MenuAction[];
  /** Opens at the end of its button, not at its start. */
  end?: boolean;
}

const load = () => import("./MenuList").then((m) => m.MenuList);
const MenuList = later<MenuListProps>(load);

/**
 * A button and the list of actions it opens. The list is the heaviest thing on
 * the page and nobody opens one in the first moment, so it is fetched behind
 * the first view; a press before that is remembered.
 */
export function Menu({ trigger, ...list }: MenuProps) {
  const [open, setOpen] = useState<MenuListProps["from"]>();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => fetchSoon(load), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const from = { ArrowDown: "first", ArrowUp: "last" }[event.key] as "first" | "last" | undefined;
    if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setOpen(from);
  };
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        onPress: () => setOpen((now) => (now ? undefined : true)),
        onKeyDown,
        "aria-haspopup": "menu",
        "aria-expanded": open !== undefined,
      })}
      {open && (
        <Suspense>
          <MenuList {...list} trigger={button} from={open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </>
  );
}
