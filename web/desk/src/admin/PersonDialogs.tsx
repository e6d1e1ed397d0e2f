import { useState } from "react";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { Field } from "../../../ui/src/Field";
import { Phrase, plain } from "../../../ui/src/Phrase";
import { Failure } from "../parts/Failure";
import type { PeopleSource, Person } from "./people";
import type { PeopleWords } from "./peopleWords";

export interface PersonDialogProps {
  person: Person;
  source: PeopleSource;
  t: PeopleWords;
  onClose(): void;
  onDone(): void;
}

/** Erasing is for good, so it says how much and wants the person typed. */
export function ErasePerson({ person, source, t, onClose, onDone }: PersonDialogProps) {
  const [typed, type] = useState("");
  const { failure, busy, act } = useAct(onDone);
  const matches = typed.trim() === person.confirmation;
  const kept = person.conversations.filter((one) => !one.erased_at).length;
  return (
    <Dialog
      role="alertdialog"
      title={plain(t.peopleEraseTitle({ name: person.name ?? person.customer }))}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button
            look="danger"
            unavailable={matches && !busy ? undefined : ""}
            onPress={() => act(() => source.erase(person.customer, typed.trim()))}
          >
            {t.peopleErase()}
          </Button>
        </>
      }
    >
      <p>
        <Phrase
          text={t.peopleEraseBody({
            conversations: t.nConversations({ n: kept }),
            files: t.peopleFiles({ n: person.files }),
          })}
        />
      </p>
      <Field
        label={plain(t.peopleConfirm({ word: person.confirmation }))}
        dir="auto"
        autoComplete="off"
        autoFocus
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
      <Failure of={failure} />
    </Dialog>
  );
}

/** A hold keeps everything of the person until somebody lifts it; why is kept with it. */
export function HoldPerson({ person, source, t, onClose, onDone }: PersonDialogProps) {
  const [reason, type] = useState("");
  const { failure, busy, act } = useAct(onDone);
  const given = reason.trim() !== "";
  return (
    <Dialog
      title={plain(t.peopleHoldTitle({ name: person.name ?? person.customer }))}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button
            look="primary"
            unavailable={given && !busy ? undefined : ""}
            onPress={() => act(() => source.hold(person.customer, reason.trim()))}
          >
            {t.peopleHoldSet()}
          </Button>
        </>
      }
    >
      <p>{t.peopleHoldBody()}</p>
      <Field
        label={t.peopleHoldReason()}
        dir="auto"
        autoFocus
        value={reason}
        onChange={(event) => type(event.target.value)}
      />
      <Failure of={failure} />
    </Dialog>
  );
}

/** What a dialog's button does, once at a time, and why it could not. */
function useAct(onDone: () => void) {
  const [failure, fail] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const act = (ask: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    ask().then(onDone, (error: unknown) => {
      fail(error);
      setBusy(false);
    });
  };
  return { failure, busy, act };
}
