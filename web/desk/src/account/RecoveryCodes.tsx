import { Button } from "../../../ui/src/Button";
import { Code, Phrase } from "../../../ui/src/Phrase";
import { CopyButton } from "../parts/CopyButton";
import { useWords } from "./words";
import s from "./Account.module.css";

/** The codes are shown this once: the server keeps only what proves them. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept(): void }) {
  const { t } = useWords();
  return (
    <section className={s.part} aria-labelledby="recovery-codes">
      <h4 id="recovery-codes">{t.accountCodesTitle()}</h4>
      <p>
        <Phrase text={t.accountCodesIntro()} />
      </p>
      <ul className={s.codes}>
        {codes.map((code) => (
          <li key={code}>
            <Code>{code}</Code>
          </li>
        ))}
      </ul>
      <span className={s.buttons}>
        <CopyButton text={codes.join("\n")} />
        <Button look="primary" onPress={onKept}>
          {t.accountCodesKept()}
        </Button>
      </span>
    </section>
  );
}
