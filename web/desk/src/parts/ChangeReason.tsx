import { useState } from "react";
import { Button } from "../../../ui/src/Button";
import { OneOf } from "../../../ui/src/Choice";
import { Dialog } from "../../../ui/src/Dialog";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { SearchSelect } from "../../../ui/src/SearchSelect";
import { confirmDone } from "../../../ui/src/Toasts";
import { useActions } from "../live/state";
import { correction, type Correction } from "./changing";
import { NoteField, noteLeft } from "./NoteField";
import { problemText } from "./problems";

/** Another reason for a wrap-up that was submitted; the conversation stays over. */
export function ChangeReason({ of }: { of: Correction }) {
  const { t } = useLanguage();
  const actions = useActions();
  const [chosen, choose] = useState(of.chosen);
  const [note, setNote] = useState("");
  const [failure, fail] = useState("");
  const over = -noteLeft(note.trim());
  const nothing = chosen === null && note.trim() === "";
  const missing = of.reasons.length === 0 ? "" : t.wrapupRequired();
  const unavailable = nothing ? missing : over > 0 ? t.nCharsOver({ n: over }) : undefined;
  const close = () => correction.set(() => undefined);
  const submit = () => {
    if (unavailable !== undefined) return;
    actions.submitWrapUp(of.part, chosen ?? "", note.trim()).then(
      () => {
        confirmDone(t.wrapupChanged());
        close();
      },
      (error: unknown) => fail(problemText(error, t)),
    );
  };
  return (
    <Dialog
      title={t.wrapupChange()}
      closeLabel={t.actionClose()}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{t.actionCancel()}</Button>
          <Button look="primary" unavailable={unavailable} onPress={submit}>
            {t.actionSave()}
          </Button>
        </>
      }
    >
      {of.reasons.length === 0 ? null : of.reasons.length > 7 ? (
        <SearchSelect
          autoFocus
          label={t.labelWrapupReason()}
          choices={[...of.reasons]}
          value={chosen}
          onChange={choose}
          empty={t.wrapupNone}
          found={t.nResults}
        />
      ) : (
        <OneOf
          label={t.labelWrapupReason()}
          value={chosen}
          onChange={choose}
          options={of.reasons.map(({ id, name, section }) => ({ id, name: <bdi>{name}</bdi>, section }))}
        />
      )}
      <NoteField
        label={t.wrapupNoteMore()}
        hint={t.composeNoteHint()}
        rows={2}
        value={note}
        onChange={setNote}
      />
      {failure && (
        <p role="alert">
          <Phrase text={failure} />
        </p>
      )}
    </Dialog>
  );
}
