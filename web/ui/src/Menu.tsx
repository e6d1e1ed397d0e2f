import type { ReactNode } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaItem,
  type MenuItemProps as AriaItemProps,
  MenuTrigger,
} from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { Text } from "react-aria-components/Text";
import s from "./Menu.module.css";

/** A button and the list of actions it opens. */
export function Menu({
  trigger,
  label,
  children,
  end = false,
}: {
  trigger: ReactNode;
  label: string;
  children: ReactNode;
  end?: boolean;
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={s.popover ?? ""} placement={end ? "bottom end" : "bottom start"} offset={4}>
        <AriaMenu aria-label={label} className={s.menu ?? ""}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export interface MenuItemProps extends Pick<AriaItemProps, "onAction" | "id" | "textValue"> {
  icon?: ReactNode;
  children: ReactNode;
  /** A second line; why the action is unavailable goes here, and the item can still be reached. */
  detail?: ReactNode;
  current?: boolean;
  dimmed?: boolean;
}

export function MenuItem({ icon, children, detail, current, dimmed, ...rest }: MenuItemProps) {
  return (
    <AriaItem {...rest} className={`${s.item} ${dimmed ? s.dimmed : ""}`}>
      <span className={s.icon}>{icon}</span>
      <span className={s.words}>
        <Text slot="label">{children}</Text>
        {detail && (
          <Text slot="description" className={s.detail ?? ""}>
            {detail}
          </Text>
        )}
      </span>
      {current && <span className={s.current} aria-hidden="true" />}
    </AriaItem>
  );
}

export function MenuSeparator() {
  return <Separator className={s.separator ?? ""} />;
}
