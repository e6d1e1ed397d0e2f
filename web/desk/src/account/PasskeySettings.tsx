import { useCallback, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { useLoaded } from "../parts/useLoaded";
import { canPasskey } from "./device";
import { NewPasskey } from "./NewPasskey";
import { PasskeyFailure } from "./PasskeyFailure";
import { PasskeyRow } from "./PasskeyRow";
import { passkeySource, type PasskeySource } from "./passkeys";
import { useWords } from "./words";
import s from "./Account.module.css";

export interface PasskeySettingsProps {
  source?: PasskeySource;
  /** Whether this browser can make one. */
  possible?: boolean;
}

/** One's passkeys: adding one, calling it something else, taking it away. */
export function PasskeySettings({ source = passkeySource, possible = canPasskey() }: PasskeySettingsProps) {
  const { t } = useWords();
  const { value: list, failure, fail, load } = useLoaded(useCallback(() => source.list(), [source]));
  const [adding, add] = useState(false);
  const change = (done: Promise<void>, said?: string) =>
    done.then(() => {
      if (said) announce(said);
      return load();
    }, fail);
  const full = list && list.passkeys.length >= list.max;
  return (
    <section className={s.part} aria-labelledby="passkeys">
      <h3 id="passkeys">{t.accountPasskeysTitle()}</h3>
      <p>{t.accountPasskeysIntro()}</p>
      <PasskeyFailure of={failure} />
      {list && list.passkeys.length > 0 && (
        <ul className={s.list}>
          {list.passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              onRename={(name) => change(source.rename(passkey.id, name))}
              onRemove={() => void change(source.remove(passkey.id), t.accountPasskeysRemoved())}
            />
          ))}
        </ul>
      )}
      {list && !(list.possible && possible) && <p className={s.muted}>{t.accountPasskeysUnsupported()}</p>}
      {list?.possible && possible && adding && (
        <NewPasskey
          source={source}
          onCancel={() => add(false)}
          onDone={() => {
            add(false);
            announce(t.accountPasskeysAdded());
            void load();
          }}
        />
      )}
      {list?.possible && possible && !adding && (
        <span>
          <Button
            onPress={() => add(true)}
            unavailable={full ? t.errorPasskeyRefusedMost({ max: list.max }) : undefined}
          >
            {t.accountPasskeysAdd()}
          </Button>
        </span>
      )}
    </section>
  );
}
