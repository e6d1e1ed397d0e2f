import { Button } from "../../../ui/src/Button";
import { useWords } from "./words";
import s from "./Explain.module.css";

/** What could not be had, and the way to ask again. */
export function Failed({ text, again }: { text: string; again(): void }) {
  const { t } = useWords();
  return (
    <div className={s.failed} role="alert">
      <p>{text}</p>
      <Button small onPress={again}>
        {t.actionRetry()}
      </Button>
    </div>
  );
}
