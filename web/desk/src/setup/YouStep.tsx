import { useRef, useState } from "react";
import { Refusal } from "../../../protocol/src/socket";
import { count } from "../../../protocol/src/text/message";
import { Field } from "../../../ui/src/Field";
import { NewPassword, shortest } from "../pages/NewPassword";
import { problemText } from "../parts/problems";
import { Frame } from "./Frame";
import type { NewAdministrator } from "./source";
import { useWords } from "./words";
import s from "./Setup.module.css";

export interface YouStepProps {
  onBack(): void;
  /** Makes the account and the organization around it. */
  onFound(values: NewAdministrator): Promise<void>;
}

/** Which field a refusal is about. */
const fieldOf: Record<string, keyof NewAdministrator> = {
  name_invalid: "name",
  email_invalid: "email",
  password_too_short: "password",
  password_too_common: "password",
};

/** Whoever holds the link becomes the administrator. */
export function YouStep({ onBack, onFound }: YouStepProps) {
  const { t } = useWords();
  const [values, set] = useState<NewAdministrator>({ name: "", email: "", password: "" });
  const [wrong, setWrong] = useState<Partial<NewAdministrator>>({});
  const [refused, refuse] = useState("");
  const [busy, setBusy] = useState(false);
  const fields = useRef<HTMLDivElement>(null);
  const blame = (next: Partial<NewAdministrator>) => {
    setWrong(next);
    const first = Object.keys(next)[0];
    fields.current?.querySelector<HTMLInputElement>(`[name="${first ?? ""}"]`)?.focus();
    return first !== undefined;
  };

  const submit = () => {
    refuse("");
    const mistakes = {
      ...(values.name.trim() === "" ? { name: t.errorNameInvalidPlain() } : {}),
      ...(/^\S+@\S+\.\S+$/.test(values.email.trim()) ? {} : { email: t.errorEmailInvalidPlain() }),
      ...(count(values.password) < shortest ? { password: t.errorPasswordTooShort({ min: shortest }) } : {}),
    };
    if (blame(mistakes)) return;
    setBusy(true);
    onFound({ ...values, email: values.email.trim() }).catch((error: unknown) => {
      const field = error instanceof Refusal ? fieldOf[error.code] : undefined;
      if (field) blame({ [field]: problemText(error, t) });
      else refuse(problemText(error, t));
      setBusy(false);
    });
  };
  const field = (name: keyof NewAdministrator) => ({
    name,
    value: values[name],
    error: wrong[name],
    onChange: (event: { target: { value: string } }) =>
      set((now) => ({ ...now, [name]: event.target.value })),
  });

  return (
    <Frame
      step="you"
      title={t.wizYou()}
      refused={refused}
      busy={busy}
      nextLabel={busy ? t.setupCreating() : t.actionNext()}
      onNext={submit}
      onBack={onBack}
    >
      <p>{t.setupIntro()}</p>
      <div ref={fields} className={s.group}>
        <Field label={t.setupName()} autoComplete="name" dir="auto" {...field("name")} />
        <Field label={t.setupEmail()} type="email" dir="ltr" autoComplete="username" {...field("email")} />
        <NewPassword {...field("password")} />
      </div>
    </Frame>
  );
}
