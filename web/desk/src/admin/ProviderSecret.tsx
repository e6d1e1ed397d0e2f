import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { Field } from "../../../ui/src/Field";
import { confirmDone } from "../../../ui/src/Toasts";
import { useWords } from "../console/words";
import { command, read } from "../live/rest";
import { problemText } from "../parts/problems";
import s from "./AdminPage.module.css";

/** Where the secrets of providers go to; they never come back. */
export interface SecretSource {
  /** The providers that have one. */
  secrets(): Promise<string[]>;
  set(provider: string, secret: string): Promise<void>;
}

export const secretSource: SecretSource = {
  secrets: () => read<{ providers: string[] }>("/provider-secrets").then(({ providers }) => providers),
  set: (provider, secret) => command("PUT", `/provider-secrets/${encodeURIComponent(provider)}`, { secret }),
};

export interface ProviderSecretProps {
  provider: string;
  source: SecretSource;
}

/** The way to set what a provider is shown, and what it has to know of us. */
export function ProviderSecret({ provider, source }: ProviderSecretProps) {
  const { t } = useWords();
  const [open, show] = useState(false);
  return (
    <>
      <Button onPress={() => show(true)}>{t.consoleProviderSecretSet()}</Button>
      {open && <SecretDialog provider={provider} source={source} onClose={() => show(false)} />}
    </>
  );
}

function SecretDialog({ provider, source, onClose }: ProviderSecretProps & { onClose(): void }) {
  const { t } = useWords();
  const [has, know] = useState<boolean>();
  const [secret, type] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    source.secrets().then(
      (all) => know(all.includes(provider)),
      (error: unknown) => setWrong(problemText(error, t)),
    );
  }, [source, provider, t]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (secret.trim() === "") {
      setWrong(t.consoleProviderSecretMissing());
      return box.current?.focus();
    }
    setBusy(true);
    source.set(provider, secret.trim()).then(
      () => {
        confirmDone(t.adminSaved());
        onClose();
      },
      (error: unknown) => {
        setBusy(false);
        setWrong(problemText(error, t));
        box.current?.focus();
      },
    );
  };
  return (
    <Dialog
      title={t.consoleProviderSecretSet()}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button type="submit" form="secret" look="primary" unavailable={busy ? "" : undefined}>
            {t.actionSave()}
          </Button>
        </>
      }
    >
      <form id="secret" className={s.form} onSubmit={submit} noValidate>
        <Field
          label={t.consoleProviderReturn()}
          readOnly
          dir="ltr"
          value={`${window.location.origin}/login`}
          onFocus={(event) => event.target.select()}
        />
        <Field
          ref={box}
          label={t.consoleProviderSecret()}
          type="password"
          dir="ltr"
          autoComplete="off"
          value={secret}
          error={wrong}
          hint={
            has === undefined ? undefined : has ? t.consoleProviderSecretHas() : t.consoleProviderSecretNone()
          }
          onChange={(event) => {
            type(event.target.value);
            setWrong(undefined);
          }}
        />
      </form>
    </Dialog>
  );
}
