import { useRef, type ReactNode } from "react";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { Field } from "../../../ui/src/Field";
import { useLanguage } from "../../../ui/src/language";
import { CopyButton } from "../parts/CopyButton";

export interface ShownOnceProps {
  title: string;
  label: string;
  value: string;
  onClose(): void;
  children: ReactNode;
}

/** Something that is shown this once, to be copied: the server keeps only what proves it. */
export function ShownOnce({ title, label, value, onClose, children }: ShownOnceProps) {
  const { t } = useLanguage();
  const box = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      title={title}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionClose()}</Button>
          <CopyButton look="primary" text={value} onRefused={() => box.current?.select()} />
        </>
      }
    >
      {children}
      <Field
        ref={box}
        label={label}
        readOnly
        dir="ltr"
        value={value}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  );
}
