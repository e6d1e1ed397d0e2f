import { useEffect, useRef, useState, type FormEvent } from "react";
import { count } from "../../../protocol/src/text/message";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase, plain } from "../../../ui/src/Phrase";
import { problemText } from "../parts/problems";
import { PlainPage } from "./LoginPage";
import { NewPassword, shortest } from "./NewPassword";
import s from "./PlainPage.module.css";

export interface Invitee {
  name: string;
  email: string;
}

export interface JoinFormProps {
  /** Whom the link in the address is for. */
  whose(): Promise<Invitee>;
  onJoin(password: string): Promise<void>;
}

/** Where an invitation leads: its person chooses a password and is signed in. */
export function JoinForm({ whose, onJoin }: JoinFormProps) {
  const { t } = useLanguage();
  const [invitee, know] = useState<Invitee>();
  const [password, set] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [refused, refuse] = useState("");
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const ask = useRef(whose);
  useEffect(() => {
    document.title = t.pageTitle({ page: t.pageTitleWelcome(), app: t.appName() });
    ask.current().then(know, (error: unknown) => refuse(problemText(error, t)));
  }, [t]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const short = count(password) < shortest ? t.errorPasswordTooShort({ min: shortest }) : undefined;
    setWrong(short);
    refuse("");
    if (short) return box.current?.focus();
    setBusy(true);
    onJoin(password).catch((error: unknown) => {
      refuse(problemText(error, t));
      setBusy(false);
    });
  };
  return (
    <PlainPage title={invitee ? plain(t.welcomeTitle({ name: invitee.name })) : t.pageTitleWelcome()}>
      {refused && (
        <p role="alert" className={s.failure}>
          <Phrase text={refused} />
        </p>
      )}
      {invitee && (
        <form className={s.form} onSubmit={submit} noValidate>
          <p className={s.muted}>
            <Phrase text={t.welcomeIntro({ email: invitee.email })} />
          </p>
          {/* For the browser that keeps passwords: whose this one is. */}
          <input type="hidden" name="username" autoComplete="username" value={invitee.email} readOnly />
          <NewPassword
            ref={box}
            name="password"
            value={password}
            error={wrong}
            onChange={(event) => set(event.target.value)}
          />
          <Button type="submit" look="primary" unavailable={busy ? "" : undefined}>
            {t.welcomeFinish()}
          </Button>
        </form>
      )}
    </PlainPage>
  );
}
