import { Phrase } from "../../../ui/src/Phrase";
import { passkeyText } from "./device";
import { useWords } from "./words";
import s from "./Account.module.css";

/** What went wrong with a passkey, in the language of the moment; nothing where nothing did. */
export function PasskeyFailure({ of: error }: { of: unknown }) {
  const { t } = useWords();
  if (error === undefined) return null;
  return (
    <p role="alert" className={s.failure}>
      <Phrase text={passkeyText(error, t)} />
    </p>
  );
}
