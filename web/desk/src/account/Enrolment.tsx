import { useCallback, useEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { Code } from "../../../ui/src/Phrase";
import { Failure } from "../parts/Failure";
import { problemText } from "../parts/problems";
import { CodeField } from "./CodeField";
import { QRCode } from "./QRCode";
import { RecoveryCodes } from "./RecoveryCodes";
import { stepSource, type NewStep, type StepSource } from "./source";
import { useWords } from "./words";
import s from "./Account.module.css";

export interface EnrolmentProps {
  source?: Pick<StepSource, "enrol" | "confirm">;
  /** The second step is on, and its recovery codes were shown. */
  onDone(): void;
  onCancel?: (() => void) | undefined;
}

/** Setting a second step up: the secret, a code that shows it arrived, and the codes for when it is lost. */
export function Enrolment({ source = stepSource, onDone, onCancel }: EnrolmentProps) {
  const { t } = useWords();
  const [step, begin] = useState<NewStep>();
  const [codes, keep] = useState<string[]>();
  const [code, set] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [refused, refuse] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const begun = useRef(false);
  const ask = useCallback(() => {
    refuse(undefined);
    source.enrol().then(begin, refuse);
  }, [source]);
  useEffect(() => {
    if (begun.current) return; // each time would be another secret
    begun.current = true;
    ask();
  }, [ask]);
  useEffect(() => box.current?.focus(), [step]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (code.trim() === "") {
      setWrong(t.accountStepCodeMissing());
      return box.current?.focus();
    }
    setBusy(true);
    source.confirm(code).then(keep, (error: unknown) => {
      setWrong(problemText(error, t));
      setBusy(false);
      box.current?.focus();
    });
  };
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  return (
    <form className={s.part} onSubmit={submit} noValidate aria-label={t.accountStepTitle()}>
      <Failure of={refused} again={ask} />
      {step && (
        <>
          <p>{t.accountStepScan()}</p>
          <QRCode picture={step.picture} label={t.accountStepPicture()} />
          <p className={s.secret}>
            <span className={s.muted}>{t.accountStepSecret()}</span>
            <Code>{grouped(step.secret)}</Code>
          </p>
          <CodeField
            ref={box}
            value={code}
            error={wrong}
            hint=""
            onChange={(next) => {
              set(next);
              setWrong(undefined);
            }}
          />
        </>
      )}
      <span className={s.buttons}>
        {onCancel && <Button onPress={onCancel}>{t.actionCancel()}</Button>}
        {step && (
          <Button type="submit" look="primary" unavailable={busy ? "" : undefined}>
            {t.accountStepConfirm()}
          </Button>
        )}
      </span>
    </form>
  );
}

/** In fours, as it is read and typed. */
const grouped = (secret: string) => secret.replace(/(.{4})(?=.)/g, "$1 ");
