import { useEffect, useRef, useState, type FormEvent } from "react";
import { count } from "../../../protocol/src/text/message";
import { Button } from "../../../ui/src/Button";
import { Field } from "../../../ui/src/Field";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { problemText } from "../parts/problems";
import { PlainPage } from "./LoginPage";
import { NewPassword, shortest } from "./NewPassword";
import s from "./PlainPage.module.css";

export interface NewInstallation {
  organization: string;
  name: string;
  email: string;
  password: string;
}

/** The first administrator, made by whoever holds the one-time link the server printed. */
export function SetupForm({ onSetup }: { onSetup(values: NewInstallation): Promise<void> }) {
  const { t } = useLanguage();
  const [values, set] = useState<NewInstallation>({ organization: "", name: "", email: "", password: "" });
  const [wrong, setWrong] = useState<Partial<NewInstallation>>({});
  const [busy, setBusy] = useState(false);
  const [refused, refuse] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    document.title = t.pageTitle({ page: t.pageTitleSetup(), app: t.appName() });
  }, [t]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const next: Partial<NewInstallation> = {};
    if (values.organization.trim() === "") next.organization = t.errorNameInvalidPlain();
    if (values.name.trim() === "") next.name = t.errorNameInvalidPlain();
    if (!/^\S+@\S+\.\S+$/.test(values.email.trim())) next.email = t.errorEmailInvalidPlain();
    if (count(values.password) < shortest) next.password = t.errorPasswordTooShort({ min: shortest });
    setWrong(next);
    refuse("");
    const first = Object.keys(next)[0];
    if (first) {
      form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setBusy(true);
    onSetup({ ...values, email: values.email.trim() }).catch((error: unknown) => {
      refuse(problemText(error, t));
      setBusy(false);
    });
  };
  const field = (name: keyof NewInstallation) => ({
    name,
    value: values[name],
    error: wrong[name],
    onChange: (event: { target: { value: string } }) =>
      set((now) => ({ ...now, [name]: event.target.value })),
  });

  return (
    <PlainPage title={t.setupTitle()}>
      <p className={s.muted}>{t.setupIntro()}</p>
      <form ref={form} className={s.form} onSubmit={submit} noValidate>
        <Field
          label={t.setupOrganization()}
          autoComplete="organization"
          dir="auto"
          {...field("organization")}
        />
        <Field label={t.setupName()} autoComplete="name" dir="auto" {...field("name")} />
        <Field label={t.setupEmail()} type="email" dir="ltr" autoComplete="username" {...field("email")} />
        <NewPassword {...field("password")} />
        {refused && (
          <p role="alert" className={s.failure}>
            <Phrase text={refused} />
          </p>
        )}
        <Button type="submit" look="primary" unavailable={busy ? "" : undefined}>
          {busy ? t.setupCreating() : t.setupFinish()}
        </Button>
      </form>
    </PlainPage>
  );
}
