import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../ui/src/Button";
import { OneOf } from "../../../ui/src/Choice";
import { Field } from "../../../ui/src/Field";
import { Code, Phrase } from "../../../ui/src/Phrase";
import { CopyButton } from "../parts/CopyButton";
import { Frame } from "./Frame";
import type { Saved } from "./saved";
import { isOwn, originOf, snippet } from "./snippet";
import { useWatched } from "./watch";
import { useWords } from "./words";
import s from "./Setup.module.css";

/** The code for the site, how the chat will look there, and whether it arrived. */
export function InstallStep({ saved, onBack }: { saved: Saved; onBack(): void }) {
  const { t } = useWords();
  const asset = (saved.whole.assets ?? []).find((one) => !one.deleted);
  const [address, setAddress] = useState("");
  const [wrong, setWrong] = useState<string>();
  const sites = (asset?.origins ?? []).filter((one) => !isOwn(one));

  /** Whether there is nothing (more) to add. */
  const add = async () => {
    const origin = originOf(address);
    setWrong(origin === undefined ? t.wizInstallAddressWrong() : undefined);
    if (!asset || origin === undefined) return false;
    if (!asset.origins?.includes(origin)) {
      const changed = { ...asset, origins: [...(asset.origins ?? []), origin] };
      if (!(await saved.save({ assets: [changed] }))) return false;
    }
    setAddress("");
    return true;
  };
  const next = async () => {
    if (address.trim() !== "") return void (await add());
    await saved.save({}, "install");
  };
  return (
    <Frame
      step="install"
      title={t.wizInstall()}
      refused={saved.refused}
      busy={saved.busy}
      onNext={() => void next()}
      onBack={onBack}
      onSkip={() => void saved.save({}, "install")}
    >
      <Field
        label={t.wizInstallAddress()}
        hint={t.wizInstallAddressHint()}
        type="url"
        dir="ltr"
        autoComplete="url"
        value={address}
        error={wrong}
        onChange={(event) => setAddress(event.target.value)}
      />
      <span>
        <Button onPress={() => void add()} unavailable={saved.busy ? "" : undefined}>
          {t.wizInstallAdd()}
        </Button>
      </span>
      {sites.length > 0 && (
        <section className={s.group} aria-labelledby="sites">
          <h2 id="sites">{t.wizInstallSites()}</h2>
          <ul className={s.list}>
            {sites.map((one) => (
              <li key={one}>
                <Code>{one}</Code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {asset && (
        <>
          <Snippet code={snippet(location.origin, asset.key)} />
          <Arrived ask={() => saved.source.visit(asset.id)} />
          <Preview assetKey={asset.key} />
        </>
      )}
    </Frame>
  );
}

function Snippet({ code }: { code: string }) {
  const { t } = useWords();
  return (
    <section className={s.group} aria-labelledby="code">
      <h2 id="code">{t.wizInstallCode()}</h2>
      <p className={s.muted}>{t.wizInstallCodeHint()}</p>
      <pre dir="ltr" className={s.code} tabIndex={0} aria-label={t.wizInstallCode()}>
        {code}
      </pre>
      <span>
        <CopyButton text={code} label={t.wizInstallCopy()} />
      </span>
    </section>
  );
}

/** Turns by itself once a page of the site has loaded the chat. */
function Arrived({ ask }: { ask(): Promise<string | undefined> }) {
  const { t } = useWords();
  const origin = useWatched(ask);
  return (
    <p role="status" className={`${s.status} ${origin ? s.good : ""}`}>
      {origin ? (
        <span className={s.row}>
          <CircleCheck size={18} aria-hidden="true" />
          <span>
            <Phrase text={t.wizInstallOk({ origin })} />
          </span>
        </span>
      ) : (
        t.wizInstallWaiting()
      )}
    </p>
  );
}

/** The chat itself on a page of its own, in the direction that is looked at. */
function Preview({ assetKey }: { assetKey: string }) {
  const { t, lang: reader } = useWords();
  const [lang, setLang] = useState<string>(reader);
  return (
    <section className={s.group} aria-labelledby="preview">
      <h2 id="preview">{t.wizInstallPreview()}</h2>
      <OneOf
        row
        hideLabel
        label={t.wizInstallDirection()}
        value={lang}
        onChange={setLang}
        options={[
          { id: "en", name: t.wizInstallLtr() },
          { id: "ar", name: t.wizInstallRtl() },
        ]}
      />
      <iframe className={s.frame} title={t.wizInstallPreview()} src={`/preview/${assetKey}?lang=${lang}`} />
    </section>
  );
}
