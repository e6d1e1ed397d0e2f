import { Ban, Plus } from "lucide-react";
import { useCallback, useState } from "react";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { inLanguage } from "../../../ui/src/language";
import { Code, Phrase, plain } from "../../../ui/src/Phrase";
import { Switch } from "../../../ui/src/Switch";
import { confirmDone } from "../../../ui/src/Toasts";
import { Link } from "../address";
import { Failure } from "../parts/Failure";
import { useLoaded } from "../parts/useLoaded";
import { AdminPage } from "./AdminPage";
import { mostKeys, type IdentityKey, type KeySource } from "./keys";
import { NewKeyDialog } from "./NewKeyDialog";
import { useWords } from "./security";
import { ShownOnce } from "./ShownOnce";
import s from "./AdminPage.module.css";

/** The keys by which an asset's site signs who its visitors are. */
export function IdentityKeys({ asset, source }: { asset: string; source: KeySource }) {
  const { t, lang } = useWords();
  const {
    value: known,
    set: know,
    failure,
    fail,
    load,
  } = useLoaded(useCallback(() => source.load(asset), [source, asset]));
  const [adding, add] = useState(false);
  const [made, make] = useState<IdentityKey>();
  const [ending, end] = useState<IdentityKey>();
  const used = known?.keys.filter((key) => !key.retired_at) ?? [];
  const retired = known?.keys.filter((key) => key.retired_at) ?? [];
  const require = (on: boolean) => {
    know((now) => now && { ...now, required: on });
    source.require(asset, on).then(
      () => confirmDone(t.adminSaved()),
      (error: unknown) => {
        know((now) => now && { ...now, required: !on });
        fail(error);
      },
    );
  };
  return (
    <AdminPage
      title={t.securityKeys()}
      actions={
        <Button
          look="primary"
          icon={<Plus size={18} aria-hidden="true" />}
          unavailable={known ? (used.length < mostKeys ? undefined : t.securityKeysMost()) : ""}
          onPress={() => add(true)}
        >
          {t.securityKeysNew()}
        </Button>
      }
    >
      <Link to="/admin/assets" className={s.back}>
        {t.adminAssets()}
      </Link>
      <Failure of={failure} again={() => void load()} />
      {known && (
        <>
          <p>
            <Phrase
              text={t.securityKeysIntro({ asset: inLanguage({ en: "", ar: "", ...known.name }, lang) })}
            />
          </p>
          <p className={s.muted}>
            {`${t.securityKeysAudience()}: `}
            <Code>{known.audience}</Code>
          </p>
          <Switch on={known.required} onChange={require} hint={t.securityKeysRequiredHint()}>
            {t.securityKeysRequired()}
          </Switch>
          {known.required && used.length === 0 && (
            <p role="alert" className={s.failure}>
              {t.securityKeysNobody()}
            </p>
          )}
          {known.keys.length === 0 && <p role="status">{t.securityKeysNone()}</p>}
          <ul className={s.list}>
            {[...used, ...retired].map((key) => (
              <KeyItem key={key.id} of={key} onRetire={() => end(key)} />
            ))}
          </ul>
        </>
      )}
      {adding && (
        <NewKeyDialog
          asset={asset}
          source={source}
          onClose={() => add(false)}
          onAdded={(key) => {
            add(false);
            if (key.secret !== undefined) make(key);
            else confirmDone(t.securityKeysAdded());
            void load();
          }}
        />
      )}
      {made?.secret !== undefined && (
        <ShownOnce
          title={t.securityKeysSecret()}
          label={t.securityKeysSecret()}
          value={made.secret}
          onClose={() => make(undefined)}
        >
          <p>
            <Phrase text={t.securityKeysSecretBody({ key: made.id })} />
          </p>
        </ShownOnce>
      )}
      {ending && (
        <RetireKey
          of={ending}
          last={known?.required === true && used.length === 1}
          retire={() => source.retire(asset, ending.id)}
          onClose={() => end(undefined)}
          onRetired={() => {
            end(undefined);
            confirmDone(t.securityKeysRetiredNow());
            void load();
          }}
        />
      )}
    </AdminPage>
  );
}

function KeyItem({ of: key, onRetire }: { of: IdentityKey; onRetire(): void }) {
  const { t, formats } = useWords();
  const said = (text: (a: { time: string }) => string, at: string) => (
    <p className={s.muted}>
      <Phrase text={text({ time: formats.dateTime(new Date(at)) })} />
    </p>
  );
  return (
    <li className={s.item}>
      <div className={s.words}>
        <h2>
          <Code>{key.id}</Code>
        </h2>
        {said(t.securityKeysSince, key.created_at)}
        {key.retired_at && said(t.securityKeysRetired, key.retired_at)}
        <p className={s.tags}>
          <Code>{key.algorithm}</Code>
        </p>
      </div>
      {!key.retired_at && (
        <span className={s.actions}>
          <Button icon={<Ban size={18} aria-hidden="true" />} onPress={onRetire}>
            {t.securityKeysRetire()}
          </Button>
        </span>
      )}
    </li>
  );
}

interface RetireKeyProps {
  of: IdentityKey;
  /** Nobody could write without it. */
  last: boolean;
  retire(): Promise<void>;
  onClose(): void;
  onRetired(): void;
}

/** A key that is retired does not come back, so it is asked for twice. */
function RetireKey({ of: key, last, retire, onClose, onRetired }: RetireKeyProps) {
  const { t } = useWords();
  const [failure, fail] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = () => {
    setBusy(true);
    retire().then(onRetired, (error: unknown) => {
      fail(error);
      setBusy(false);
    });
  };
  return (
    <Dialog
      role="alertdialog"
      title={plain(t.securityKeysRetireTitle({ key: key.id }))}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button look="danger" onPress={submit} unavailable={busy ? "" : undefined}>
            {t.securityKeysRetire()}
          </Button>
        </>
      }
    >
      <p>{t.securityKeysRetireBody()}</p>
      {last && <p className={s.failure}>{t.securityKeysRetireLast()}</p>}
      <Failure of={failure} />
    </Dialog>
  );
}
