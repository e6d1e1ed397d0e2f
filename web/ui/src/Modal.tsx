import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { hideBehind } from "./hideBehind";
import s from "./Modal.module.css";

export interface ModalProps {
  /** Its name, or the id of the heading that names it. */
  label?: string | undefined;
  labelledBy?: string | undefined;
  role?: "dialog" | "alertdialog";
  /** A press beside it closes it too. */
  dismissable?: boolean;
  onClose(): void;
  /** Where it stands, and in front of what. */
  overlayClass?: string | undefined;
  /** How large it is, and how it comes. */
  className?: string | undefined;
  children: ReactNode;
}

/**
 * Something in front of the page that has to be dealt with first. Focus goes
 * into it, to whatever asks for it, stays inside, and goes back to where it
 * came from; Escape closes it. What is behind is out of reach, except for what
 * is spoken.
 */
export function Modal(props: ModalProps) {
  const { label, labelledBy, role = "dialog", dismissable = false, onClose, children } = props;
  const overlay = useRef<HTMLDivElement>(null);
  const dialog = useRef<HTMLDivElement>(null);
  // As it was before anything in here took the focus.
  const [from] = useState(() => document.activeElement);
  useLayoutEffect(() => {
    if (!overlay.current || !dialog.current) return;
    const show = hideBehind(overlay.current);
    if (!dialog.current.contains(document.activeElement)) dialog.current.focus();
    // What had the focus may go away, as a button does that has nothing left to do.
    const inside = dialog.current;
    const changes = new MutationObserver(() => {
      if (document.activeElement === document.body) inside.focus();
    });
    changes.observe(inside, { childList: true, subtree: true });
    return () => {
      changes.disconnect();
      show();
      if (from instanceof HTMLElement && from.isConnected) from.focus();
    };
  }, [from]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.key === "Tab") stayInside(event);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return createPortal(
    <div
      ref={overlay}
      className={`${s.overlay} ${props.overlayClass ?? ""}`}
      onMouseDown={(event) => {
        if (event.target !== event.currentTarget) return;
        // Focus stays inside.
        event.preventDefault();
        if (dismissable) onClose();
      }}
    >
      <div
        ref={dialog}
        role={role}
        aria-label={label}
        aria-labelledby={labelledBy}
        tabIndex={-1}
        className={`${s.front} ${props.className ?? ""}`}
        onKeyDown={onKeyDown}
      >
        {children}
      </div>
    </div>,
    document.body,
  );
}

const stops = "a[href], button, input, select, textarea, [tabindex]";

/** After the last stop of the Tab key comes the first again; one of a set of radios stands for all. */
function stayInside(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(stops)].filter(
    (e) => e.tabIndex >= 0 && !e.matches(":disabled, [inert] *") && (e.checkVisibility?.() ?? true),
  );
  const first = all[0];
  const last = all.at(-1);
  const at = document.activeElement;
  const leaving = event.shiftKey ? at === first || at === event.currentTarget : at === last || !first;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
