import type { ReactNode, RefObject } from "react";
import { Menu as AriaMenu, MenuItem } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { Text } from "react-aria-components/Text";
import { Phrase, plain } from "./Phrase";
import s from "./Menu.module.css";

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

export interface MenuListProps {
  label: string;
  actions: MenuAction[];
  /** Opens at the end of its button, not at its start. */
  end?: boolean;
}

export interface OpenMenuProps extends MenuListProps {
  /** The button it stands at. */
  trigger: RefObject<HTMLButtonElement | null>;
  /** Where the focus begins: at an end of the list, or on the list itself. */
  from: "first" | "last" | true;
  onClose(): void;
}

/** A menu that is open. */
export function MenuList({ trigger, label, actions, end = false, from, onClose }: OpenMenuProps) {
  return (
    <Popover
      isOpen
      onOpenChange={(open) => !open && onClose()}
      triggerRef={trigger}
      trigger="MenuTrigger"
      aria-label={label}
      className={s.popover ?? ""}
      placement={end ? "bottom end" : "bottom start"}
      offset={4}
    >
      <AriaMenu aria-label={label} autoFocus={from} onClose={onClose} className={s.menu ?? ""}>
        {actions.flatMap((action) => [
          ...(action.apart ? [<Separator key={`before-${action.id}`} className={s.separator ?? ""} />] : []),
          <MenuItem
            key={action.id}
            id={action.id}
            textValue={plain(action.text)}
            onAction={action.onAction}
            className={`${s.item} ${action.dimmed ? s.dimmed : ""}`}
          >
            <span className={s.icon}>{action.icon}</span>
            <span className={s.words}>
              <Words action={action} />
            </span>
            {action.hint && (
              // Drawn by the style sheet: it is no part of the name.
              <kbd dir="ltr" aria-hidden="true" className={s.hint} data-hint={action.hint} />
            )}
            {action.current && <span className={s.current} aria-hidden="true" />}
          </MenuItem>,
        ])}
      </AriaMenu>
    </Popover>
  );
}

/** Why something cannot be done belongs to its name: it is not to be missed. */
function Words({ action: { text, detail, lang, dimmed } }: { action: MenuAction }) {
  const name = (
    <bdi lang={lang}>
      <Phrase text={text} />
    </bdi>
  );
  if (dimmed)
    return (
      <>
        <span>{name} </span>
        <span className={s.detail}>{detail}</span>
      </>
    );
  return (
    <>
      <Text slot="label">{name}</Text>
      {detail && (
        <Text slot="description" className={s.detail ?? ""}>
          {detail}
        </Text>
      )}
    </>
  );
}
