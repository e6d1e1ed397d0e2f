import { useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { OneOf } from "../../../ui/src/Choice";
import { Dialog } from "../../../ui/src/Dialog";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { useActions, useDesk } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import { named, problemText } from "./problems";
import { Picker, type TransferProps } from "./TransferDialog";
import { useTargets } from "./targets";
import s from "./TransferDialog.module.css";

/** The Conference request dialog (S45–S47): agents only. */
export function ConferenceDialog({ card, start, onClose }: TransferProps) {
  const { t } = useLanguage();
  const actions = useActions();
  const online = useDesk((state) => state.link.state === "online");
  const [target, setTarget] = useState<string | null>(start && "agent" in start ? start.agent : null);
  const [failure, fail] = useState("");
  const [busy, setBusy] = useState(false);
  const [failures, setFailures] = useState(0);
  const list = useTargets(card.conversation);
  const invite = () => {
    if (target === null || busy || !online) return;
    setBusy(true);
    fail("");
    const agent = list.targets?.agents.find((a) => a.user === target)?.name ?? "";
    actions
      .invite(card.conversation, target)
      .then(() => {
        announce(t.conferenceInviteStarted({ agent }));
        onClose();
      })
      .catch((error: unknown) => {
        fail(problemText(named(error, agent), t));
        setTarget(null);
        setFailures((n) => n + 1);
        list.refresh((targets) => targets.agents.length);
      })
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      title={t.conferenceTitle()}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button
            look="primary"
            autoFocus={start !== undefined}
            onPress={invite}
            unavailable={
              !online
                ? t.transferUnavailableOffline()
                : target === null
                  ? t.transferRequiredAgent()
                  : busy
                    ? ""
                    : undefined
            }
          >
            {t.actionConference()}
          </Button>
        </>
      }
    >
      <Picker key={failures} kind="agent" list={list} value={target} onChange={setTarget} />
      {failure && (
        <p role="alert" className={s.failure}>
          <Phrase text={failure} />
        </p>
      )}
    </Dialog>
  );
}

/** Which guest becomes the owner, where there is more than one. */
export function HandOverDialog({ card, onClose }: { card: Card; onClose(): void }) {
  const { t } = useLanguage();
  const actions = useActions();
  const [target, setTarget] = useState<string | null>(null);
  const [failure, fail] = useState("");
  const guests = card.agents.filter((agent) => agent.role === "guest");
  return (
    <Dialog
      title={t.conferenceHandOverTitle()}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button
            look="primary"
            unavailable={target === null ? t.transferRequiredAgent() : undefined}
            onPress={() =>
              target !== null &&
              void actions
                .handOver(card.conversation, target)
                .then(onClose, (error: unknown) => fail(problemText(error, t)))
            }
          >
            {t.actionHandOver()}
          </Button>
        </>
      }
    >
      <OneOf
        label={t.conferenceHandOverChoose()}
        value={target}
        onChange={setTarget}
        options={guests.map((agent) => ({ id: agent.user, name: <bdi>{agent.name}</bdi> }))}
      />
      {failure && (
        <p role="alert" className={s.failure}>
          <Phrase text={failure} />
        </p>
      )}
    </Dialog>
  );
}
