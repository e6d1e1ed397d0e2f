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
import { problemText } from "./problems";

/** Another reason for a wrap-up that was submitted; the conversation stays over. */
export function ChangeReason({ of }: { of: Correction }) {
  const { t } = useLanguage();
  const actions = useActions();
  const [chosen, choose] = useState(of.chosen);
  const [failure, fail] = useState("");
  const close = () => correction.set(() => undefined);
  const submit = () => {
    if (chosen === null) return;
    actions.submitWrapUp(of.part, chosen).then(
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
          <Button
            look="primary"
            unavailable={chosen === null ? t.wrapupRequired() : undefined}
            onPress={submit}
          >
            {t.actionSave()}
          </Button>
        </>
      }
    >
      {of.reasons.length > 7 ? (
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
          options={of.reasons.map((reason) => ({ id: reason.id, name: <bdi>{reason.name}</bdi> }))}
        />
      )}
      {failure && (
        <p role="alert">
          <Phrase text={failure} />
        </p>
      )}
    </Dialog>
  );
}
