import { Copy } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { Field } from "../../../ui/src/Field";
import { useLanguage } from "../../../ui/src/language";

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
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const copy = async () => {
    box.current?.select();
    await navigator.clipboard.writeText(value);
    setCopied(true);
    announce(t.actionCopied());
  };
  return (
    <Dialog
      title={title}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionClose()}</Button>
          <Button
            look="primary"
            icon={<Copy size={18} aria-hidden="true" />}
            // Where copying is not allowed, the text is selected for the keyboard.
            onPress={() => void copy().catch(() => undefined)}
          >
            {copied ? t.actionCopied() : t.actionCopy()}
          </Button>
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
