import { useState, type FormEvent, type ReactNode } from "react";
import { Refusal } from "../../../protocol/src/socket";
import { Button } from "../../../ui/src/Button";
import { OneOf } from "../../../ui/src/Choice";
import { Dialog } from "../../../ui/src/Dialog";
import { Field } from "../../../ui/src/Field";
import { Phrase } from "../../../ui/src/Phrase";
import { problemText } from "../parts/problems";
import type { Term } from "./blocks";
import { useWords, type Words } from "./security";
import s from "./AdminPage.module.css";

/** For how many hours somebody may be blocked; 0 is until it is lifted. */
const terms: [hours: number, name: (t: Words) => string][] = [
  [24, (t) => t.securityBlocksDay()],
  [7 * 24, (t) => t.securityBlocksWeek()],
  [30 * 24, (t) => t.securityBlocksMonth()],
  [0, (t) => t.securityBlocksForever()],
];

export interface BlockDialogProps {
  title: string;
  /** Whether a network is asked for. */
  network?: boolean;
  onBlock(term: Term, network: string): Promise<void>;
  onClose(): void;
  onDone(): void;
  /** What blocking means. */
  children: ReactNode;
}

/** Whom, why and for how long. */
export function BlockDialog({ title, network, onBlock, onClose, onDone, children }: BlockDialogProps) {
  const { t } = useWords();
  const [place, setPlace] = useState("");
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState(24);
  const [wrong, setWrong] = useState<{ network?: string; whole?: string }>({});
  const [busy, setBusy] = useState(false);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    if (network && place.trim() === "") return setWrong({ network: t.securityBlocksBad() });
    setBusy(true);
    setWrong({});
    onBlock({ reason: reason.trim(), hours }, place.trim()).then(onDone, (error: unknown) => {
      setBusy(false);
      const bad = error instanceof Refusal && error.params.parameter === "network";
      setWrong(bad ? { network: t.securityBlocksBad() } : { whole: problemText(error, t) });
    });
  };
  return (
    <Dialog
      title={title}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button look="danger" onPress={() => submit()} unavailable={busy ? "" : undefined}>
            {t.securityBlocksBlock()}
          </Button>
        </>
      }
    >
      <form className={s.form} onSubmit={submit} noValidate>
        <p>{children}</p>
        {network && (
          <Field
            label={t.securityBlocksNetwork()}
            hint={t.securityBlocksNetworkHint()}
            dir="ltr"
            autoComplete="off"
            autoFocus
            value={place}
            error={wrong.network}
            onChange={(event) => setPlace(event.target.value)}
          />
        )}
        <Field
          label={t.securityBlocksReason()}
          hint={t.securityBlocksReasonHint()}
          dir="auto"
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <OneOf
          label={t.securityBlocksTerm()}
          value={String(hours)}
          onChange={(one) => setHours(Number(one))}
          options={terms.map(([n, name]) => ({ id: String(n), name: name(t) }))}
        />
        {wrong.whole && (
          <p role="alert" className={s.failure}>
            <Phrase text={wrong.whole} />
          </p>
        )}
      </form>
    </Dialog>
  );
}
