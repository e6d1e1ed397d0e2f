import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { IconButton } from "./Button";
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
  return (
    <ModalOverlay
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      className={s.overlay ?? ""}
    >
      <Modal className={`${s.modal} ${wide ? s.wide : ""}`}>
        <AriaDialog role={role} className={s.dialog ?? ""}>
          <header className={s.header}>
            <Heading slot="title" level={2} className={s.title ?? ""}>
              {title}
            </Heading>
            <IconButton label={closeLabel} icon={<X size={20} />} onPress={onClose} />
          </header>
          <div className={s.body}>{children}</div>
          <footer className={s.actions}>{actions}</footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
