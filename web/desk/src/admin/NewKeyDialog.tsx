import { useId, useState, type FormEvent } from "react";
import { Refusal } from "../../../protocol/src/socket";
import { Button } from "../../../ui/src/Button";
import { OneOf } from "../../../ui/src/Choice";
import { Dialog } from "../../../ui/src/Dialog";
import { Phrase } from "../../../ui/src/Phrase";
import { problemText } from "../parts/problems";
import { algorithms, faultOf, type Algorithm, type IdentityKey, type KeySource } from "./keys";
import { useWords } from "./security";
import s from "./AdminPage.module.css";

export interface NewKeyDialogProps {
  asset: string;
  source: KeySource;
  onClose(): void;
  onAdded(key: IdentityKey): void;
}

/** Another key: a public one that is pasted, or a secret that is made. */
export function NewKeyDialog({ asset, source, onClose, onAdded }: NewKeyDialogProps) {
  const { t } = useWords();
  const [algorithm, choose] = useState<Algorithm>("EdDSA");
  const [publicKey, paste] = useState("");
  const [failure, fail] = useState("");
  const [busy, setBusy] = useState(false);
  const id = useId();
  const shared = algorithm === "HS256";
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    const fault = shared ? undefined : faultOf(publicKey);
    if (fault === "private") {
      paste(""); // it must not even stay on the screen
      return fail(t.securityKeysPrivate());
    }
    if (fault) return fail(t.securityKeysBad({ algorithm }));
    setBusy(true);
    fail("");
    source.add(asset, algorithm, publicKey.trim()).then(onAdded, (error: unknown) => {
      setBusy(false);
      const bad = error instanceof Refusal && error.params.parameter === "public_key";
      const full = error instanceof Refusal && error.params.field === "keys";
      fail(bad ? t.securityKeysBad({ algorithm }) : full ? t.securityKeysMost() : problemText(error, t));
    });
  };
  return (
    <Dialog
      title={t.securityKeysNew()}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button look="primary" onPress={() => submit()} unavailable={busy ? "" : undefined}>
            {t.securityKeysNew()}
          </Button>
        </>
      }
    >
      <form className={s.form} onSubmit={submit} noValidate>
        <OneOf
          label={t.securityKeysAlgorithm()}
          value={algorithm}
          onChange={(one) => {
            choose(one as Algorithm);
            fail("");
          }}
          options={algorithms.map((one) => ({
            id: one,
            name: <bdi dir="ltr">{one}</bdi>,
            hint: (
              <span className={s.muted}>
                {one === "HS256" ? t.securityKeysHintShared() : t.securityKeysHintPublic()}
              </span>
            ),
          }))}
        />
        {shared ? (
          <p className={s.muted}>{t.securityKeysMade()}</p>
        ) : (
          <div className={s.paste}>
            <label htmlFor={id}>{t.securityKeysPublic()}</label>
            <textarea
              id={id}
              className={s.pem}
              dir="ltr"
              rows={6}
              spellCheck={false}
              autoComplete="off"
              value={publicKey}
              aria-invalid={failure !== "" || undefined}
              aria-describedby={failure === "" ? undefined : `${id}-error`}
              onChange={(event) => paste(event.target.value)}
            />
          </div>
        )}
        {failure && (
          <p id={`${id}-error`} role="alert" className={s.failure}>
            <Phrase text={failure} />
          </p>
        )}
      </form>
    </Dialog>
  );
}
