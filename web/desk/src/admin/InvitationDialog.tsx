import { useLanguage } from "../../../ui/src/language";
import { Phrase, plain } from "../../../ui/src/Phrase";
import { ShownOnce } from "./ShownOnce";
import type { Invitation } from "./source";

export interface InvitationDialogProps {
  name: string;
  invitation: Invitation;
  onClose(): void;
}

/** The link by which somebody chooses their password. */
export function InvitationDialog({ name, invitation, onClose }: InvitationDialogProps) {
  const { t, formats } = useLanguage();
  const time = formats.dateTime(new Date(invitation.expires_at));
  return (
    <ShownOnce
      title={plain(t.adminUserInviteTitle({ name }))}
      label={t.adminUserInviteLink()}
      value={location.origin + invitation.path}
      onClose={onClose}
    >
      <p>
        <Phrase text={t.adminUserInviteBody({ name, time })} />
      </p>
    </ShownOnce>
  );
}
