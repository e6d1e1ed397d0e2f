import { useState } from "react";
import { Button } from "../../../ui/src/Button";
import type { SignedIn } from "../live/session";
import { canPasskey } from "./device";
import { PasskeyFailure } from "./PasskeyFailure";
import { enterByPasskey } from "./passkeys";
import { useWords } from "./words";

export interface PasskeyEntryProps {
  onArrived(as: SignedIn): void;
  enter?(): Promise<SignedIn>;
  /** Whether this browser has passkeys. */
  possible?: boolean;
}

/** Signing in with a passkey instead of the password. */
export function PasskeyEntry({
  onArrived,
  enter = enterByPasskey,
  possible = canPasskey(),
}: PasskeyEntryProps) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [refused, refuse] = useState<unknown>();
  if (!possible) return null;
  const press = () => {
    setBusy(true);
    refuse(undefined);
    enter().then(onArrived, (error: unknown) => {
      refuse(error);
      setBusy(false);
    });
  };
  return (
    <>
      <PasskeyFailure of={refused} />
      <Button onPress={press} unavailable={busy ? "" : undefined}>
        {t.accountPasskeysSignIn()}
      </Button>
    </>
  );
}
