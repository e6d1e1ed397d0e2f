import { CircleCheck } from "lucide-react";
import { plain } from "../../../ui/src/Phrase";
import { Frame } from "./Frame";
import type { Saved } from "./saved";
import { useWatched } from "./watch";
import { useWords } from "./words";
import s from "./Setup.module.css";

/** A customer on one side, the agent on the other, until the first answer. */
export function TryStep({ saved, onBack }: { saved: Saved; onBack(): void }) {
  const { t, lang } = useWords();
  const asset = (saved.whole.assets ?? []).find((one) => !one.deleted);
  const answered = useWatched(() => saved.source.answered().then((yes) => yes || undefined));
  return (
    <Frame
      wide
      step="try"
      title={t.wizTry()}
      refused={saved.refused}
      busy={saved.busy}
      nextLabel={t.wizFinish()}
      onNext={() => void saved.save({}, "try")}
      onBack={onBack}
    >
      <div className={s.sides}>
        <section className={s.group} aria-labelledby="customer">
          <h2 id="customer">{t.wizTryCustomer()}</h2>
          {asset && (
            <iframe
              className={s.frame}
              title={plain(t.wizTryPage())}
              src={`/preview/${asset.key}?lang=${lang}`}
            />
          )}
        </section>
        <section className={s.group} aria-labelledby="agent">
          <h2 id="agent">{t.wizTryAgent()}</h2>
          <ol className={s.numbered}>
            <li>{t.wizTryStep1()}</li>
            <li>{t.wizTryStep2()}</li>
            <li>{t.wizTryStep3()}</li>
          </ol>
          <p>
            <a href="/desk" target="_blank">
              {t.wizTryDesk()}
            </a>
          </p>
          <p role="status" className={`${s.status} ${answered ? s.good : ""}`}>
            {answered ? (
              <span className={s.row}>
                <CircleCheck size={18} aria-hidden="true" />
                {t.wizAnswered()}
              </span>
            ) : (
              t.wizTryWaiting()
            )}
          </p>
        </section>
      </div>
    </Frame>
  );
}
