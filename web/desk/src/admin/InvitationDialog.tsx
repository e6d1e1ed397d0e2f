import { Copy } from "lucide-react";
import { useRef, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { Field } from "../../../ui/src/Field";
import { useLanguage } from "../../../ui/src/language";
import { Phrase, plain } from "../../../ui/src/Phrase";
import type { Invitation } from "./source";

export interface InvitationDialogProps {
  name: string;
  invitation: Invitation;
  onClose(): void;
}

/** The link is shown this once: the server keeps only what proves it. */
export function InvitationDialog({ name, invitation, onClose }: InvitationDialogProps) {
  const { t, formats } = useLanguage();
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const copy = async () => {
    box.current?.select();
    await navigator.clipboard.writeText(box.current?.value ?? "");
    setCopied(true);
    announce(t.actionCopied());
  };
  return (
    <Dialog
      title={plain(t.adminUserInviteTitle({ name }))}
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
      <p>
        <Phrase
          text={t.adminUserInviteBody({ name, time: formats.dateTime(new Date(invitation.expires_at)) })}
        />
      </p>
      <Field
        ref={box}
        label={t.adminUserInviteLink()}
        readOnly
        dir="ltr"
        value={location.origin + invitation.path}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  );
}
