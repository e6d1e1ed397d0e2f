import { useCallback, useEffect, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { Phrase } from "../../../ui/src/Phrase";
import { problemText } from "../parts/problems";
import { Enrolment } from "./Enrolment";
import { RecoveryCodes } from "./RecoveryCodes";
import { stepSource, type Step, type StepSource } from "./source";
import { useWords } from "./words";
import s from "./Account.module.css";

/** One's second step of signing in: setting it up, its recovery codes, and turning it off. */
export function StepSettings({ source = stepSource }: { source?: StepSource }) {
  const { t } = useWords();
  const [step, set] = useState<Step>();
  const [enrolling, enrol] = useState(false);
  const [codes, show] = useState<string[]>();
  const [failure, fail] = useState("");
  const load = useCallback(() => {
    source.step().then(
      (next) => {
        set(next);
        fail("");
      },
      (error: unknown) => fail(problemText(error, t)),
    );
  }, [source, t]);
  useEffect(load, [load]);
  const refused = (error: unknown) => fail(problemText(error, t));
  const remove = () =>
    source.remove().then(() => {
      announce(t.accountStepRemoved());
      load();
    }, refused);
  const done = () => {
    enrol(false);
    show(undefined);
    load();
  };
  return (
    <section className={s.part} aria-labelledby="second-step">
      <h3 id="second-step">{t.accountStepTitle()}</h3>
      {failure && (
        <p role="alert" className={s.failure}>
          <Phrase text={failure} />
        </p>
      )}
      {step && !enrolling && !codes && (
        <>
          <p>{step.on ? t.accountStepOn() : t.accountStepOff()}</p>
          {step.obliged && <p className={s.muted}>{t.accountStepObliged()}</p>}
          {step.on && <p className={s.muted}>{t.accountStepCodesLeft({ n: step.recovery_codes })}</p>}
          <span className={s.buttons}>
            {step.on ? (
              <>
                <Button onPress={() => void source.renew().then(show, refused)}>
                  {t.accountStepRenew()}
                </Button>
                {!step.obliged && <Button onPress={() => void remove()}>{t.accountStepRemove()}</Button>}
              </>
            ) : (
              <Button look="primary" onPress={() => enrol(true)}>
                {t.accountStepEnrol()}
              </Button>
            )}
          </span>
        </>
      )}
      {enrolling && <Enrolment source={source} onDone={done} onCancel={done} />}
      {codes && <RecoveryCodes codes={codes} onKept={done} />}
    </section>
  );
}
