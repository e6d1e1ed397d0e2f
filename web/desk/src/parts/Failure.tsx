import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { problemText } from "./problems";
import s from "./Failure.module.css";

export interface FailureProps {
  /** Undefined where nothing went wrong. */
  of: unknown;
  /** Tries the same again, where that can be. */
  again?(): void;
}

/** What went wrong, in the language of the moment; nothing where nothing did. */
export function Failure({ of: error, again }: FailureProps) {
  const { t } = useLanguage();
  if (error === undefined) return null;
  return (
    <p role="alert" className={s.failure}>
      <Phrase text={problemText(error, t)} />
      {again && <> </>}
      {again && <Button onPress={again}>{t.actionRetry()}</Button>}
    </p>
  );
}
