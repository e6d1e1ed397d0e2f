import { useId, type ButtonHTMLAttributes, type KeyboardEvent, type ReactNode, type Ref } from "react";
import s from "./Button.module.css";

type Look = "primary" | "secondary" | "quiet" | "danger" | "success";

interface Common extends Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  "children" | "className" | "style" | "disabled" | "onClick"
> {
  small?: boolean;
  onPress?(): void;
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
    <PlainButton {...rest} className={`${s.button} ${s[look]} ${small ? s.small : ""}`}>
      {icon}
      {children}
    </PlainButton>
  );
}

export interface IconButtonProps extends Common {
  label: string;
  icon: ReactNode;
}

/** A button with a picture on it; its name is its tooltip as well. */
export function IconButton({ label, icon, small, ...rest }: IconButtonProps) {
  return (
    <PlainButton
      title={label}
      {...rest}
      aria-label={label}
      className={`${s.button} ${s.quiet} ${s.icon} ${small ? s.small : ""}`}
    >
      {icon}
    </PlainButton>
  );
}

export interface PlainButtonProps extends Omit<Common, "small"> {
  className: string | undefined;
  children: ReactNode;
}

/**
 * A button that looks as it is told. It is the browser's own: there are dozens
 * on a page, and each is made anew with the conversation that is opened.
 */
export function PlainButton({ unavailable, onPress, onKeyDown, title, children, ...rest }: PlainButtonProps) {
  const why = useId();
  const off = unavailable !== undefined;
  return (
    <>
      <button
        type="button"
        {...rest}
        {...(off ? { "aria-describedby": why, "aria-disabled": true } : {})}
        title={unavailable || title}
        onKeyDown={(event) => {
          once(event);
          onKeyDown?.(event);
        }}
        onClick={({ currentTarget }) => {
          // Not every browser gives the focus to what was pressed; what opens gives it back to that.
          if (document.activeElement !== currentTarget) currentTarget.focus({ preventScroll: true });
          if (!off) onPress?.();
        }}
      >
        {children}
      </button>
      {off && (
        <span id={why} hidden>
          {unavailable}
        </span>
      )}
    </>
  );
}

/** A key that is held presses once: what asks whether one is sure must not be answered by the same press. */
function once(event: KeyboardEvent): void {
  if (event.repeat && event.key === "Enter") event.preventDefault();
}
