import { useCallback, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { Failure } from "../parts/Failure";
import { useLoaded } from "../parts/useLoaded";
import { Enrolment } from "./Enrolment";
import { RecoveryCodes } from "./RecoveryCodes";
import { stepSource, type Step, type StepSource } from "./source";
import { useWords } from "./words";
import s from "./Account.module.css";

/** One's second step of signing in: setting it up, its recovery codes, and turning it off. */
export function StepSettings({ source = stepSource }: { source?: StepSource }) {
  const { t } = useWords();
  const { value: step, failure, fail, load } = useLoaded(useCallback(() => source.step(), [source]));
  const [enrolling, enrol] = useState(false);
  const [codes, show] = useState<string[]>();
  const remove = () =>
    source.remove().then(() => {
      announce(t.accountStepRemoved());
      return load();
    }, fail);
  const done = () => {
    enrol(false);
    show(undefined);
    void load();
  };
  return (
    <section className={s.part} aria-labelledby="second-step">
      <h3 id="second-step">{t.accountStepTitle()}</h3>
      <Failure of={failure} />
      {step && !enrolling && !codes && (
        <>
          <p>{stateOf(step, t)}</p>
          {step.obliged && <p className={s.muted}>{t.accountStepObliged()}</p>}
          {step.on && <p className={s.muted}>{t.accountStepCodesLeft({ n: step.recovery_codes })}</p>}
          <span className={s.buttons}>
            {step.on ? (
              <>
                <Button onPress={() => void source.renew().then(show, fail)}>{t.accountStepRenew()}</Button>
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

/** What it takes to sign in beside the password. */
function stateOf(step: Step, t: ReturnType<typeof useWords>["t"]): string {
  if (step.on) return t.accountStepOn();
  return step.obliged && step.passkeys > 0 ? t.accountStepByPasskey() : t.accountStepOff();
}
