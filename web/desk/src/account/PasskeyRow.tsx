import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { Field } from "../../../ui/src/Field";
import { Name, Phrase, plain } from "../../../ui/src/Phrase";
import type { Passkey } from "./passkeys";
import { useWords } from "./words";
import s from "./Account.module.css";

export interface PasskeyRowProps {
  passkey: Passkey;
  onRename(name: string): Promise<unknown>;
  onRemove(): void;
}

/** One passkey: when it was used, what else it could be called, and taking it away. */
export function PasskeyRow({ passkey, onRename, onRemove }: PasskeyRowProps) {
  const { t, formats } = useWords();
  const [renaming, rename] = useState(false);
  const { name } = passkey;
  if (renaming)
    return (
      <li className={s.session}>
        <Rename
          name={name}
          onName={async (next) => {
            if (next !== name) await onRename(next);
            rename(false);
          }}
          onCancel={() => rename(false)}
        />
      </li>
    );
  return (
    <li className={s.session}>
      <span className={s.words}>
        <Name text={name} />
        {passkey.copied_at ? (
          <span className={s.failure}>{t.accountPasskeysCopied()}</span>
        ) : (
          <span className={s.muted}>
            {passkey.used_at ? (
              <Phrase text={t.accountPasskeysUsed({ time: formats.dateTime(new Date(passkey.used_at)) })} />
            ) : (
              t.accountPasskeysUnused()
            )}
          </span>
        )}
      </span>
      <span className={s.buttons}>
        <Button aria-label={plain(t.accountPasskeysRenameOf({ name }))} onPress={() => rename(true)}>
          {t.accountPasskeysRename()}
        </Button>
        <Button aria-label={plain(t.accountPasskeysRemoveOf({ name }))} onPress={onRemove}>
          {t.accountPasskeysRemove()}
        </Button>
      </span>
    </li>
  );
}

interface RenameProps {
  name: string;
  onName(name: string): Promise<void>;
  onCancel(): void;
}

function Rename({ name, onName, onCancel }: RenameProps) {
  const { t } = useWords();
  const [next, set] = useState(name);
  const [wrong, setWrong] = useState<string>();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.select(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (next.trim() === "") return setWrong(t.accountPasskeysNameMissing());
    void onName(next.trim());
  };
  return (
    <form className={s.rename} onSubmit={submit} noValidate>
      <Field
        ref={box}
        label={t.accountPasskeysName()}
        dir="auto"
        value={next}
        error={wrong}
        onChange={(event) => {
          set(event.target.value);
          setWrong(undefined);
        }}
      />
      <span className={s.buttons}>
        <Button onPress={onCancel}>{t.actionCancel()}</Button>
        <Button type="submit" look="primary">
          {t.actionSave()}
        </Button>
      </span>
    </form>
  );
}
