import { Copy } from "lucide-react";
import { useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { copyText } from "./device";

export interface CopyButtonProps {
  text: string;
  /** What it is called until something was copied. */
  label?: string;
  look?: "primary";
  /** The browser does not allow it, so it is left to the keyboard. */
  onRefused?(): void;
}

/** Copies a text, and says so once it is copied. */
export function CopyButton({ text, label, look, onRefused }: CopyButtonProps) {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    if (done) announce(t.actionCopied());
    else onRefused?.();
  };
  return (
    <Button
      {...(look ? { look } : {})}
      icon={<Copy size={18} aria-hidden="true" />}
      onPress={() => void copy()}
    >
      {copied ? t.actionCopied() : (label ?? t.actionCopy())}
    </Button>
  );
}
