import { Copy } from "lucide-react";
import { useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { Code, Phrase } from "../../../ui/src/Phrase";
import { copyText } from "../parts/device";
import { useWords } from "./words";
import s from "./Account.module.css";

/** The codes are shown this once: the server keeps only what proves them. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept(): void }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(codes.join("\n"));
    setCopied(true);
    announce(t.actionCopied());
  };
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
        <Button
          icon={<Copy size={18} aria-hidden="true" />}
          onPress={() => void copy().catch(() => undefined)}
        >
          {copied ? t.actionCopied() : t.actionCopy()}
        </Button>
        <Button look="primary" onPress={onKept}>
          {t.accountCodesKept()}
        </Button>
      </span>
    </section>
  );
}
