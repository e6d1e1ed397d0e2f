import { useId, type ReactNode, type Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaProps } from "react-aria-components/Button";
import s from "./Button.module.css";

type Look = "primary" | "secondary" | "quiet" | "danger" | "success";

interface Common extends Omit<AriaProps, "children" | "className" | "style" | "isDisabled" | "render"> {
  small?: boolean;
  /**
   * Why it cannot be used now. The button stays reachable by keyboard and says
   * so, instead of leaving the tab order without a word.
   */
  unavailable?: string | undefined;
  ref?: Ref<HTMLButtonElement>;
}

export interface ButtonProps extends Common {
  look?: Look;
  icon?: ReactNode;
  children?: ReactNode;
}

/** A button with a word on it. */
export function Button({ look = "secondary", small, icon, children, ...rest }: ButtonProps) {
  return (
    <Base {...rest} className={`${s.button} ${s[look]} ${small ? s.small : ""}`}>
      {icon}
      {children}
    </Base>
  );
}

export interface IconButtonProps extends Common {
  label: string;
  icon: ReactNode;
}

/** A button with a picture on it; its name is its tooltip as well. */
export function IconButton({ label, icon, small, ...rest }: IconButtonProps) {
  return (
    <Base
      {...rest}
      aria-label={label}
      tip={label}
      className={`${s.button} ${s.quiet} ${s.icon} ${small ? s.small : ""}`}
    >
      {icon}
    </Base>
  );
}

interface BaseProps extends Omit<Common, "small"> {
  className: string;
  tip?: string;
  children: ReactNode;
}

function Base({ unavailable, onPress, tip, children, ...rest }: BaseProps) {
  const why = useId();
  const off = unavailable !== undefined;
  return (
    <>
      <AriaButton
        {...rest}
        {...(off ? { "aria-describedby": why } : onPress ? { onPress } : {})}
        render={(dom) => (
          <button {...dom} title={unavailable || tip} {...(off ? { "aria-disabled": true } : {})} />
        )}
      >
        {children}
      </AriaButton>
      {off && (
        <span id={why} hidden>
          {unavailable}
        </span>
      )}
    </>
  );
}
