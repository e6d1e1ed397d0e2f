import { KeyRound, Pencil, Plus, Trash2 } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Name as BothNames } from "../../../protocol/src/types";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { Field } from "../../../ui/src/Field";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Code, Name, Phrase, plain } from "../../../ui/src/Phrase";
import { confirmDone } from "../../../ui/src/Toasts";
import { Failure } from "../parts/Failure";
import { useLoaded } from "../parts/useLoaded";
import { useGo } from "../address";
import { useWords } from "../console/words";
import { AdminPage } from "./AdminPage";
import { Searched } from "./Searched";
import s from "./AdminPage.module.css";

export interface Asset {
  id: string;
  name: BothNames;
  origins: string[];
  queue?: BothNames | undefined;
  /** The last page that loaded the chat; none where it was never loaded. */
  visit?: { origin: string; at: string } | undefined;
}

/** Where the page gets its assets from. */
export interface AssetSource {
  list(): Promise<Asset[]>;
  /** How many conversations deleting it would interrupt. */
  impact(id: string): Promise<number>;
  remove(id: string, confirmation: string): Promise<void>;
}

/** The assets, each with the way to delete it (S24). */
export function AssetList({ source }: { source: AssetSource }) {
  const { t, lang } = useWords();
  const go = useGo();
  const { value: assets, failure, load } = useLoaded(useCallback(() => source.list(), [source]));
  const [doomed, doom] = useState<Asset>();
  const byId = useMemo(() => new Map(assets?.map((asset) => [asset.id, asset])), [assets]);
  const choices = useMemo(
    () =>
      [...byId.values()].map(({ id, name, origins }) => ({
        id,
        name: inLanguage(name, lang),
        also: [name.en, name.ar, ...origins].join(" "),
      })),
    [byId, lang],
  );
  return (
    <AdminPage
      title={t.adminAssets()}
      actions={
        <Button
          look="primary"
          icon={<Plus size={18} aria-hidden="true" />}
          onPress={() => go("/admin/assets?id=new")}
        >
          {t.consoleNew()}
        </Button>
      }
    >
      <Failure of={failure} again={() => void load()} />
      {assets?.length === 0 && <p role="status">{t.consoleNothing()}</p>}
      <Searched label={t.consoleSearch()} none={t.consoleNone} choices={choices}>
        {(found) => (
          <ul className={s.list}>
            {found.map(({ id }) => {
              const asset = byId.get(id);
              return asset && <AssetItem key={id} of={asset} onDelete={() => doom(asset)} />;
            })}
          </ul>
        )}
      </Searched>
      {doomed && (
        <DeleteAsset
          asset={doomed}
          source={source}
          onClose={() => doom(undefined)}
          onDeleted={() => {
            doom(undefined);
            confirmDone(t.adminAssetDeleted());
            void load();
          }}
        />
      )}
    </AdminPage>
  );
}

function AssetItem({ of: asset, onDelete }: { of: Asset; onDelete(): void }) {
  const { t, lang, formats } = useWords();
  const go = useGo();
  return (
    <li className={s.item}>
      <div className={s.words}>
        <h2>
          <Name text={inLanguage(asset.name, lang)} />
        </h2>
        {asset.queue && (
          <p className={s.muted}>
            {`${t.labelQueue()}: `}
            <Name text={inLanguage(asset.queue, lang)} />
          </p>
        )}
        {asset.origins.map((origin) => (
          <p key={origin} className={s.muted}>
            <Code>{origin}</Code>
          </p>
        ))}
        <p className={s.muted}>
          {asset.visit ? (
            <Phrase
              text={t.consoleAssetVisit({
                origin: asset.visit.origin,
                time: formats.dateTime(new Date(asset.visit.at)),
              })}
            />
          ) : (
            t.consoleAssetUnseen()
          )}
        </p>
      </div>
      <span className={s.actions}>
        <Button
          icon={<Pencil size={18} aria-hidden="true" />}
          onPress={() => go(`/admin/assets?id=${encodeURIComponent(asset.id)}`)}
        >
          {t.actionEdit()}
        </Button>
        <Button
          icon={<KeyRound size={18} aria-hidden="true" />}
          onPress={() => go(`/admin/assets?keys=${encodeURIComponent(asset.id)}`)}
        >
          {t.consoleAssetKeys()}
        </Button>
        <Button icon={<Trash2 size={18} aria-hidden="true" />} onPress={onDelete}>
          {t.adminAssetDelete()}
        </Button>
      </span>
    </li>
  );
}

interface DeleteAssetProps {
  asset: Asset;
  source: AssetSource;
  onClose(): void;
  onDeleted(): void;
}

/** How often the number of live conversations is asked anew while the dialog is open. */
const freshMs = 3000;

/** Deleting interrupts live conversations, so it says how many and wants the name typed. */
function DeleteAsset({ asset, source, onClose, onDeleted }: DeleteAssetProps) {
  const { t, lang } = useLanguage();
  const [live, setLive] = useState<number>();
  const [typed, type] = useState("");
  const [failure, fail] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const name = inLanguage(asset.name, lang);
  useEffect(() => {
    const ask = () => void source.impact(asset.id).then(setLive, () => undefined);
    ask();
    const timer = setInterval(ask, freshMs);
    return () => clearInterval(timer);
  }, [source, asset.id]);
  const sentence = live === undefined ? "" : t.nLiveInterrupted({ n: live });
  useEffect(() => announce(sentence), [sentence]);
  const matches = [asset.name.en, asset.name.ar].filter(Boolean).includes(typed.trim());
  const remove = () => {
    if (!matches || busy) return;
    setBusy(true);
    source.remove(asset.id, typed.trim()).then(onDeleted, (error: unknown) => {
      fail(error);
      setBusy(false);
    });
  };
  return (
    <Dialog
      role="alertdialog"
      title={plain(t.adminAssetDeleteTitle({ asset: name }))}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button look="danger" onPress={remove} unavailable={matches && !busy ? undefined : ""}>
            {t.adminAssetDelete()}
          </Button>
        </>
      }
    >
      <p>
        <Phrase text={t.adminAssetDeleteBody({ live: sentence })} />
      </p>
      <Field
        label={t.adminAssetConfirmName()}
        placeholder={name}
        dir="auto"
        value={typed}
        autoComplete="off"
        autoFocus
        onChange={(event) => type(event.target.value)}
      />
      <Failure of={failure} />
    </Dialog>
  );
}
