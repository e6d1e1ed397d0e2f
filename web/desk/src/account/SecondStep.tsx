// What follows upon the password on the sign-in page.
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { PlainPage } from "../pages/LoginPage";
import { CodeField } from "./CodeField";
import { canPasskey, passkeyText, signWithPasskey, type PasskeyAnswer, type PasskeyRequest } from "./device";
import { Enrolment, type EnrolmentProps } from "./Enrolment";
import { NewPasskey } from "./NewPasskey";
import { PasskeyFailure } from "./PasskeyFailure";
import { passkeySource, type PasskeySource } from "./passkeys";
import { useWords } from "./words";
import page from "../pages/PlainPage.module.css";

/** What is shown beside the password. */
export type Shown = { code: string } | { passkey: PasskeyAnswer };

/** What of it the server takes. */
export interface Needed {
  code?: boolean;
  passkey?: PasskeyRequest;
}

export interface StepPageProps {
  needed: Needed;
  onShown(shown: Shown): Promise<void>;
  sign?(request: PasskeyRequest): Promise<PasskeyAnswer>;
  /** Whether this browser has passkeys. */
  possible?: boolean;
}

/** Asks for the second step: a code, or a passkey where there is one. */
export function StepPage({
  needed,
  onShown,
  sign = signWithPasskey,
  possible = canPasskey(),
}: StepPageProps) {
  const { t } = useWords();
  const [code, set] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [refused, refuse] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const withCode = needed.code !== false;
  const request = possible ? needed.passkey : undefined;
  useEffect(() => box.current?.focus(), []);
  const show = (shown: Promise<Shown>, fail: (error: unknown) => void) => {
    setBusy(true);
    refuse(undefined);
    shown.then(onShown).catch((error: unknown) => {
      fail(error);
      setBusy(false);
      box.current?.focus();
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (code.trim() === "") {
      setWrong(t.accountStepCodeMissing());
      return box.current?.focus();
    }
    show(Promise.resolve({ code }), (error) => setWrong(passkeyText(error, t)));
  };
  return (
    <PlainPage title={t.accountLoginTitle()}>
      {!withCode && <p className={page.muted}>{t.errorSecondStepNeededPasskey()}</p>}
      {!withCode && !request && <p className={page.muted}>{t.accountPasskeysUnsupported()}</p>}
      {withCode && (
        <form className={page.form} onSubmit={submit} noValidate>
          <CodeField
            ref={box}
            value={code}
            error={wrong}
            onChange={(next) => {
              set(next);
              setWrong(undefined);
            }}
          />
          <Button type="submit" look="primary" unavailable={busy ? "" : undefined}>
            {busy ? t.loginSubmitting() : t.loginSubmit()}
          </Button>
        </form>
      )}
      <PasskeyFailure of={refused} />
      {request && (
        <Button
          look={withCode ? "secondary" : "primary"}
          unavailable={busy ? "" : undefined}
          onPress={() =>
            show(
              sign(request).then((passkey) => ({ passkey })),
              refuse,
            )
          }
        >
          {t.accountPasskeysUse()}
        </Button>
      )}
    </PlainPage>
  );
}

export interface EnrolPageProps extends EnrolmentProps {
  passkeys?: Pick<PasskeySource, "add">;
  /** Whether this browser can make a passkey. */
  possible?: boolean;
}

/** Has whoever needs a second step and has none set one up, before anything else. */
export function EnrolPage({ passkeys = passkeySource, possible = canPasskey(), ...props }: EnrolPageProps) {
  const { t } = useWords();
  const [byPasskey, choose] = useState(false);
  return (
    <PlainPage title={t.accountLoginTitle()}>
      <p className={page.muted}>{t.accountStepIntro()}</p>
      {byPasskey ? (
        <NewPasskey source={passkeys} onDone={props.onDone} onCancel={() => choose(false)} />
      ) : (
        <>
          <Enrolment {...props} />
          {possible && <Button onPress={() => choose(true)}>{t.accountPasskeysInstead()}</Button>}
        </>
      )}
    </PlainPage>
  );
}
