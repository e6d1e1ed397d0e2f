import { useCallback, useState, type FormEvent } from "react";
import { count } from "../../../protocol/src/text/message";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { Field } from "../../../ui/src/Field";
import { Name, Phrase, plain } from "../../../ui/src/Phrase";
import { ShowPassword } from "../pages/LoginPage";
import { shortest } from "../pages/NewPassword";
import { Failure } from "../parts/Failure";
import { useLoaded } from "../parts/useLoaded";
import { browserName } from "./browser";
import { PasskeySettings } from "./PasskeySettings";
import { passkeySource, type PasskeySource } from "./passkeys";
import { accountSource, stepSource, type AccountSource, type Session, type StepSource } from "./source";
import { StepSettings } from "./StepSettings";
import { useWords } from "./words";
import s from "./Account.module.css";

export interface AccountSettingsProps {
  source?: AccountSource;
  steps?: StepSource;
  passkeys?: PasskeySource;
}

/** Where one is signed in, one's second step, one's passkeys, and one's password. */
export function AccountSettings({
  source = accountSource,
  steps = stepSource,
  passkeys = passkeySource,
}: AccountSettingsProps) {
  const { t, formats } = useWords();
  const { value: sessions, failure, fail, load } = useLoaded(useCallback(() => source.sessions(), [source]));
  const end = (session: Session) => source.end(session.id).then(load, fail);
  return (
    <>
      <section className={s.part} aria-labelledby="sessions">
        <h3 id="sessions">{t.accountSessions()}</h3>
        <Failure of={failure} />
        <ul className={s.list}>
          {sessions?.map((session) => {
            const browser = browserName(session.user_agent) || t.accountUnknown();
            return (
              <li key={session.id} className={s.session}>
                <span className={s.words}>
                  <Name text={browser} />
                  <span className={s.muted}>
                    {session.current ? (
                      t.accountCurrent()
                    ) : (
                      <Phrase text={t.accountSeen({ time: formats.dateTime(new Date(session.seen_at)) })} />
                    )}
                  </span>
                </span>
                {!session.current && (
                  <Button aria-label={plain(t.accountEndOf({ browser }))} onPress={() => void end(session)}>
                    {t.accountEnd()}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      </section>
      <StepSettings source={steps} />
      <PasskeySettings source={passkeys} />
      <ChangePassword source={source} onChanged={() => void load()} />
    </>
  );
}

function ChangePassword({ source, onChanged }: { source: AccountSource; onChanged(): void }) {
  const { t } = useWords();
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const [visible, show] = useState(false);
  const [wrong, setWrong] = useState<{ present?: string; next?: string }>({});
  const [refused, refuse] = useState<unknown>();
  const [done, finish] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const mistakes = {
      ...(present === "" ? { present: t.loginPasswordRequired() } : {}),
      ...(count(next) < shortest ? { next: t.errorPasswordTooShort({ min: shortest }) } : {}),
    };
    setWrong(mistakes);
    refuse(undefined);
    finish(false);
    if (Object.keys(mistakes).length > 0) return;
    source.change(present, next).then(() => {
      setPresent("");
      setNext("");
      finish(true);
      announce(t.accountChanged());
      onChanged();
    }, refuse);
  };
  return (
    <form className={s.part} onSubmit={submit} noValidate aria-label={t.accountChange()}>
      <h3>{t.accountChange()}</h3>
      <Field
        label={t.accountPresent()}
        type={visible ? "text" : "password"}
        dir="ltr"
        autoComplete="current-password"
        value={present}
        error={wrong.present}
        onChange={(event) => setPresent(event.target.value)}
      />
      <Field
        label={t.accountNext()}
        type={visible ? "text" : "password"}
        dir="ltr"
        autoComplete="new-password"
        hint={t.setupPasswordHint({ min: shortest })}
        value={next}
        error={wrong.next}
        onChange={(event) => setNext(event.target.value)}
        after={<ShowPassword visible={visible} onChange={show} />}
      />
      <Failure of={refused} />
      {done && <p className={s.muted}>{t.accountChanged()}</p>}
      <span>
        <Button type="submit" look="primary">
          {t.accountChange()}
        </Button>
      </span>
    </form>
  );
}
