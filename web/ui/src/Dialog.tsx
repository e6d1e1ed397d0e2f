import { X } from "lucide-react";
import { useId, type ReactNode } from "react";
import { IconButton } from "./Button";
import { Modal } from "./Modal";
import s from "./Dialog.module.css";

export interface DialogProps {
  title: string;
  closeLabel: string;
  onClose(): void;
  children: ReactNode;
  /** The buttons at the end. */
  actions: ReactNode;
  role?: "dialog" | "alertdialog";
  /** For more than a question and its answer. */
  wide?: boolean;
}

/** A modal dialog: focus stays inside, Escape closes, and focus goes back to where it came from. */
export function Dialog({
  title,
  closeLabel,
  onClose,
  children,
  actions,
  role = "dialog",
  wide,
}: DialogProps) {
  const id = useId();
  return (
    <Modal
      role={role}
      labelledBy={id}
      onClose={onClose}
      overlayClass={s.overlay}
      className={`${s.dialog} ${wide ? s.wide : ""}`}
    >
      <header className={s.header}>
        <h2 id={id} className={s.title}>
          {title}
        </h2>
        <IconButton label={closeLabel} icon={<X size={20} />} onPress={onClose} />
      </header>
      <div className={s.body}>{children}</div>
      <footer className={s.actions}>{actions}</footer>
    </Modal>
  );
}
