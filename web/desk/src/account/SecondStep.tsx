// What follows upon the password on the sign-in page.
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { problemText } from "../parts/problems";
import { PlainPage } from "../pages/LoginPage";
import { CodeField } from "./CodeField";
import { Enrolment, type EnrolmentProps } from "./Enrolment";
import { useWords } from "./words";
import page from "../pages/PlainPage.module.css";

/** Asks for the code of whoever has a second step. */
export function CodePage({ onCode }: { onCode(code: string): Promise<void> }) {
  const { t } = useWords();
  const [code, set] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (code.trim() === "") {
      setWrong(t.accountStepCodeMissing());
      return box.current?.focus();
    }
    setBusy(true);
    onCode(code).catch((error: unknown) => {
      setWrong(problemText(error, t));
      setBusy(false);
      box.current?.focus();
    });
  };
  return (
    <PlainPage title={t.accountLoginTitle()}>
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
    </PlainPage>
  );
}

/** Has whoever needs a second step and has none set one up, before anything else. */
export function EnrolPage(props: EnrolmentProps) {
  const { t } = useWords();
  return (
    <PlainPage title={t.accountLoginTitle()}>
      <p className={page.muted}>{t.accountStepIntro()}</p>
      <Enrolment {...props} />
    </PlainPage>
  );
}
