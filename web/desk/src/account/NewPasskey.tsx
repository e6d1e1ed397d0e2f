import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { Field } from "../../../ui/src/Field";
import { browserName } from "./browser";
import { PasskeyFailure } from "./PasskeyFailure";
import type { PasskeySource } from "./passkeys";
import { useWords } from "./words";
import s from "./Account.module.css";

export interface NewPasskeyProps {
  source: Pick<PasskeySource, "add">;
  onDone(): void;
  onCancel(): void;
}

/** Another passkey: what it is to be called, and then what the device asks. */
export function NewPasskey({ source, onDone, onCancel }: NewPasskeyProps) {
  const { t } = useWords();
  const [name, set] = useState(() => browserName(navigator.userAgent));
  const [wrong, setWrong] = useState<string>();
  const [refused, refuse] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === "") {
      setWrong(t.accountPasskeysNameMissing());
      return box.current?.focus();
    }
    setBusy(true);
    refuse(undefined);
    source.add(name).then(onDone, (error: unknown) => {
      refuse(error);
      setBusy(false);
    });
  };
  return (
    <form className={s.part} onSubmit={submit} noValidate aria-label={t.accountPasskeysAdd()}>
      <Field
        ref={box}
        label={t.accountPasskeysName()}
        hint={t.accountPasskeysNameHint()}
        dir="auto"
        value={name}
        error={wrong}
        onChange={(event) => {
          set(event.target.value);
          setWrong(undefined);
        }}
      />
      <PasskeyFailure of={refused} />
      <span className={s.buttons}>
        <Button onPress={onCancel}>{t.actionCancel()}</Button>
        <Button type="submit" look="primary" unavailable={busy ? "" : undefined}>
          {t.accountPasskeysCreate()}
        </Button>
      </span>
    </form>
  );
}
