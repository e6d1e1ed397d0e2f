import { Eye, EyeOff } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { Button, IconButton } from "../../../ui/src/Button";
import { Field } from "../../../ui/src/Field";
import { useLanguage } from "../../../ui/src/language";
import { LanguageSwitch, ThemeSwitch } from "../parts/LookSwitches";
import { Mark } from "../parts/Mark";
import { problemText } from "../parts/problems";
import { Refusal } from "../../../protocol/src/socket";
import s from "./PlainPage.module.css";

export interface LoginFormProps {
  onLogin(email: string, password: string): Promise<void>;
  /** Why the person is here. */
  notice?: "expired" | "signedOut" | undefined;
  /** Shown from the start; for stories. */
  failure?: string;
  /** Other ways in. */
  children?: ReactNode;
}

/** The sign-in page. Paste is allowed, the password can be shown, and what is wrong is said at its field. */
export function LoginForm({ onLogin, notice, failure, children }: LoginFormProps) {
  const { t } = useLanguage();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [visible, show] = useState(false);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const [refused, refuse] = useState(failure ? problemText(new Refusal(failure), t) : "");
  const emailBox = useRef<HTMLInputElement>(null);
  const passwordBox = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = t.pageTitle({ page: t.pageTitleLogin(), app: t.appName() });
    emailBox.current?.focus();
  }, [t]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const next = {
      ...(email.trim() === "" ? { email: t.loginEmailRequired() } : {}),
      ...(password === "" ? { password: t.loginPasswordRequired() } : {}),
    };
    setMissing(next);
    refuse("");
    if (next.email) return emailBox.current?.focus();
    if (next.password) return passwordBox.current?.focus();
    setBusy(true);
    onLogin(email.trim(), password).catch((error: unknown) => {
      refuse(problemText(error, t));
      setBusy(false);
      passwordBox.current?.focus();
    });
  };

  return (
    <PlainPage title={t.loginHeading()}>
      {notice && (
        <p role="status" className={s.notice}>
          {notice === "expired" ? t.loginExpired() : t.loginSignedOut()}
        </p>
      )}
      <form className={s.form} onSubmit={submit} noValidate>
        <Field
          label={t.loginEmail()}
          type="email"
          name="email"
          dir="ltr"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={missing.email}
          ref={emailBox}
        />
        <Field
          label={t.loginPassword()}
          type={visible ? "text" : "password"}
          name="password"
          dir="ltr"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={missing.password}
          ref={passwordBox}
          after={<ShowPassword visible={visible} onChange={show} />}
        />
        {refused && (
          <p role="alert" className={s.failure}>
            {refused}
          </p>
        )}
        <Button type="submit" look="primary" unavailable={busy ? "" : undefined}>
          {busy ? t.loginSubmitting() : t.loginSubmit()}
        </Button>
      </form>
      {children}
    </PlainPage>
  );
}

export function ShowPassword({ visible, onChange }: { visible: boolean; onChange(visible: boolean): void }) {
  const { t } = useLanguage();
  return (
    <IconButton
      small
      label={visible ? t.loginHidePassword() : t.loginShowPassword()}
      icon={visible ? <EyeOff size={18} /> : <Eye size={18} />}
      onPress={() => onChange(!visible)}
    />
  );
}

/** A card in the middle of an otherwise empty page. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useLanguage();
  return (
    <div className={s.page}>
      <header className={s.top}>
        <span className={s.brand}>
          <Mark />
          {t.appName()}
        </span>
        <span className={s.tools}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <main className={s.card}>
        <h1 className={s.title}>{title}</h1>
        {children}
      </main>
    </div>
  );
}
