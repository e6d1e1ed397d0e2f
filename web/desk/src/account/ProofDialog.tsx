import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { Field } from "../../../ui/src/Field";
import { Phrase } from "../../../ui/src/Phrase";
import { ShowPassword } from "../pages/LoginPage";
import { CodeField } from "./CodeField";
import { canPasskey, passkeyText } from "./device";
import { stepSource, type Step, type StepSource } from "./source";
import { useWords } from "./words";
import s from "./Account.module.css";

export interface ProofDialogProps {
  onClose(proven: boolean): void;
  source?: Pick<StepSource, "step" | "prove" | "proveByPasskey">;
  /** Whether this browser has passkeys. */
  possible?: boolean;
}

/** Asks whoever is signed in for their password, or for a code or a passkey where they have one. */
export function ProofDialog({ onClose, source = stepSource, possible = canPasskey() }: ProofDialogProps) {
  const { t } = useWords();
  const [step, know] = useState<Step>();
  const [byCode, choose] = useState(false);
  const [given, set] = useState("");
  const [visible, show] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    source.step().then(
      know,
      () => undefined, // the password will do
    );
  }, [source]);
  useEffect(() => box.current?.focus(), [byCode]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (given.trim() === "") {
      setWrong(byCode ? t.accountStepCodeMissing() : t.loginPasswordRequired());
      return box.current?.focus();
    }
    send(source.prove(byCode ? { code: given } : { password: given }));
  };
  const send = (proof: Promise<void>) => {
    setBusy(true);
    setWrong(undefined);
    proof.then(
      () => onClose(true),
      (error: unknown) => {
        setWrong(passkeyText(error, t));
        setBusy(false);
        box.current?.focus();
      },
    );
  };
  const change = (next: string) => {
    set(next);
    setWrong(undefined);
  };
  return (
    <Dialog
      title={t.accountProofTitle()}
      closeLabel={t.actionClose()}
      onClose={() => onClose(false)}
      actions={
        <>
          <Button onPress={() => onClose(false)}>{t.actionCancel()}</Button>
          <Button type="submit" form="proof" look="primary" unavailable={busy ? "" : undefined}>
            {t.accountStepConfirm()}
          </Button>
        </>
      }
    >
      <form id="proof" className={s.part} onSubmit={submit} noValidate>
        <p>
          <Phrase text={byCode ? t.accountProofCodeIntro() : t.accountProofIntro()} />
        </p>
        {byCode ? (
          <CodeField ref={box} value={given} error={wrong} onChange={change} />
        ) : (
          <Field
            ref={box}
            label={t.loginPassword()}
            type={visible ? "text" : "password"}
            dir="ltr"
            autoComplete="current-password"
            value={given}
            error={wrong}
            onChange={(event) => change(event.target.value)}
            after={<ShowPassword visible={visible} onChange={show} />}
          />
        )}
        {step && step.passkeys > 0 && possible && (
          <span>
            <Button look="quiet" onPress={() => !busy && send(source.proveByPasskey())}>
              {t.accountPasskeysUse()}
            </Button>
          </span>
        )}
        {step?.on && (
          <span>
            <Button
              look="quiet"
              onPress={() => {
                choose(!byCode);
                change("");
              }}
            >
              {byCode ? t.accountProofPassword() : t.accountProofCode()}
            </Button>
          </span>
        )}
      </form>
    </Dialog>
  );
}
