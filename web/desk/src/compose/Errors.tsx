import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { removeReserved, replaceReserved, type Look } from "../model/counter";
import s from "./Composer.module.css";

export interface ErrorsProps {
  id: string;
  seen: Look;
  empty: boolean;
  onMend(repair: (part: string) => string): void;
}

/** What keeps the text from being sent, in words, with what mends it. */
export function Errors({ id, seen, empty, onMend }: ErrorsProps) {
  const { t } = useLanguage();
  const { counter, reserved } = seen;
  return (
    <div id={id} className={s.errors}>
      {counter.level === "over" && (
        <p>
          <Phrase text={t.composeOverLimit({ overBy: t.nCharsOver({ n: -counter.left }) })} />
        </p>
      )}
      {empty && <p>{t.composeEmpty()}</p>}
      {reserved > 0 && (
        <div className={s.fixes}>
          <p>
            {t.composeReserved()} <span className={s.found}>{t.nReservedFound({ n: reserved })}</span>
          </p>
          <Button small onPress={() => onMend(replaceReserved)}>
            {t.actionReplaceReserved()}
          </Button>
          <Button small onPress={() => onMend(removeReserved)}>
            {t.actionRemoveReserved()}
          </Button>
        </div>
      )}
    </div>
  );
}
