import { Download, FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { confirmDone } from "../../../ui/src/Toasts";
import { problemText } from "../parts/problems";
import { AdminPage } from "./AdminPage";
import { PlanOf } from "./PlanOf";
import type { ConfigurationSource, Plan } from "./source";
import s from "./AdminPage.module.css";

/** Everything that is set up as one file: to get, to try, and to put on. */
export function ConfigurationFile({ source, shown }: { source: ConfigurationSource; shown?: Plan }) {
  const { t } = useLanguage();
  const [file, setFile] = useState<{ name: string; content: object }>();
  const [plan, setPlan] = useState<Plan | undefined>(shown);
  const [failure, fail] = useState("");
  const [busy, setBusy] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);

  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    fail("");
    try {
      await act();
    } catch (error) {
      fail(error instanceof SyntaxError ? t.errorBadJson() : problemText(error, t));
    }
    setBusy(false);
  };
  const choose = (chosen: File | undefined) =>
    chosen &&
    run(async () => {
      setPlan(undefined);
      const content = JSON.parse(await chosen.text()) as object;
      setFile({ name: chosen.name, content });
      setPlan(await source.plan(content));
    });
  const apply = () =>
    file &&
    run(async () => {
      await source.apply(file.content);
      confirmDone(t.adminConfigurationApplied());
      setPlan(undefined);
      setFile(undefined);
    });

  return (
    <AdminPage title={t.adminConfiguration()}>
      <p>{t.adminConfigurationIntro()}</p>
      <div className={s.actions}>
        <Button
          icon={<Download size={18} aria-hidden="true" />}
          onPress={() => location.assign("/api/v1/configuration")}
        >
          {t.adminConfigurationDownload()}
        </Button>
        <Button
          icon={<FileUp size={18} aria-hidden="true" />}
          unavailable={busy ? "" : undefined}
          onPress={() => chooser.current?.click()}
        >
          {t.adminConfigurationChoose()}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept="application/json,.json"
          className={s.file}
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            void choose(event.target.files?.[0]);
            event.target.value = ""; // the same file again, after it was mended
          }}
        />
      </div>
      {failure && (
        <p role="alert" className={s.failure}>
          <Phrase text={failure} />
        </p>
      )}
      {plan && (
        <section className={s.form} aria-labelledby="plan">
          <h2 id="plan">{t.adminConfigurationPlan()}</h2>
          <PlanOf plan={plan} />
          {plan.changes.length > 0 && (
            <span className={s.actions}>
              <Button look="primary" onPress={() => void apply()} unavailable={busy ? "" : undefined}>
                {t.actionApply()}
              </Button>
            </span>
          )}
        </section>
      )}
    </AdminPage>
  );
}
