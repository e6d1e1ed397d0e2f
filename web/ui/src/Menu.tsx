import {
  cloneElement,
  Suspense,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from "react";
import type { PlainButtonProps } from "./Button";
import { fetchSoon, later } from "./later";
import type { MenuListProps, OpenMenuProps } from "./MenuList";

type Trigger = Pick<PlainButtonProps, "ref" | "onPress" | "onKeyDown" | "aria-haspopup" | "aria-expanded">;

export interface MenuProps extends MenuListProps {
  /** The button that opens it. */
  trigger: ReactElement<Trigger>;
}

const load = () => import("./MenuList").then((m) => m.MenuList);
const MenuList = later<OpenMenuProps>(load);

/**
 * A button and the list of actions it opens. The list is the heaviest thing on
 * the page and nobody opens one in the first moment, so it is fetched behind
 * the first view; a press before that is remembered.
 */
export function Menu({ trigger, ...list }: MenuProps) {
  const [open, setOpen] = useState<OpenMenuProps["from"]>();
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
