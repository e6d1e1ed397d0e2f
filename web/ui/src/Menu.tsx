import { cloneElement, Suspense, useEffect, useState, type ReactElement, type ReactNode } from "react";
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

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<{ onPress?: () => void; "aria-haspopup"?: "menu" }>;
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
  const [wanted, want] = useState(false);
  const [ready, setReady] = useState(false);
  useEffect(
    () =>
      fetchSoon(async () => {
        await load();
        setReady(true);
      }),
    [],
  );
  const button = cloneElement(trigger, { onPress: () => want(true), "aria-haspopup": "menu" });
  if (!ready && !wanted) return button;
  return (
    <Suspense fallback={button}>
      <MenuList {...list} trigger={trigger} openAtOnce={wanted} />
    </Suspense>
  );
}
