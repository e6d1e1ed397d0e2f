// What is asked before something is kept.
import { useMemo } from "react";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { Name, Phrase, plain } from "../../../ui/src/Phrase";
import { PlanOf } from "../admin/PlanOf";
import { Searched } from "../admin/Searched";
import type { Plan } from "../admin/source";
import { Link } from "../address";
import type { FieldSpec } from "./field";
import { kindOf } from "./kinds";
import { choiceOf, referrers, title, type Config, type Obj } from "./object";
import { useWords } from "./words";
import s from "./Console.module.css";

/** Those at work would feel it: what would become of what they do. */
export function Effects({ plan, onAnswer }: { plan: Plan; onAnswer(yes: boolean): void }) {
  const { t } = useWords();
  return (
    <Dialog
      title={t.consoleEffects()}
      closeLabel={t.actionClose()}
      onClose={() => onAnswer(false)}
      actions={
        <>
          <Button onPress={() => onAnswer(false)}>{t.actionCancel()}</Button>
          <Button look="primary" onPress={() => onAnswer(true)}>
            {t.actionApply()}
          </Button>
        </>
      }
    >
      <PlanOf plan={plan} />
    </Dialog>
  );
}

/** Somebody else changed the same thing meanwhile: what, and whose is to stand. */
export function Conflict({
  fields,
  onMine,
  onTheirs,
  onClose,
}: {
  fields: FieldSpec[];
  onMine(): void;
  onTheirs(): void;
  onClose(): void;
}) {
  const { t, lang } = useWords();
  const names = new Intl.ListFormat(lang, { type: "conjunction" }).format(
    fields.map(({ label }) => label(t)),
  );
  return (
    <Dialog
      role="alertdialog"
      title={t.consoleConflict()}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onTheirs}>{t.consoleConflictTheirs()}</Button>
          <Button look="primary" onPress={onMine}>
            {t.consoleConflictMine()}
          </Button>
        </>
      }
    >
      <p>
        <Phrase text={t.consoleConflictBody({ fields: names })} />
      </p>
    </Dialog>
  );
}

/** Archiving: what names it, because that is left with something nobody can choose any more. */
export function Archive({
  object,
  config,
  onArchive,
  onClose,
}: {
  object: Obj;
  config: Config;
  onArchive(): void;
  onClose(): void;
}) {
  const { t, lang } = useWords();
  return (
    <Dialog
      role="alertdialog"
      title={plain(t.consoleArchiveTitle({ name: title(object, lang) }))}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button look="danger" onPress={onArchive}>
            {t.consoleArchive()}
          </Button>
        </>
      }
    >
      <p>{t.consoleArchiveBody()}</p>
      <UsedBy object={object} config={config} onGo={onClose} />
    </Dialog>
  );
}

interface UsedByProps {
  object: Obj;
  config: Config;
  onGo(): void;
}

/** What names the object, each with the way to it. */
function UsedBy({ object, config, onGo }: UsedByProps) {
  const { t, lang } = useWords();
  const users = useMemo(() => referrers(config, object.id), [config, object.id]);
  const found = useMemo(() => new Map(users.map((one) => [one.object.id, kindOf(one.list)])), [users]);
  const choices = useMemo(() => users.map((one) => choiceOf(one.object, lang)), [users, lang]);
  if (found.size === 0) return null;
  return (
    <section className={s.used}>
      <p>{t.consoleUsed()}</p>
      <Searched label={t.consoleSearch()} none={t.consoleNone} choices={choices}>
        {(shown) => (
          <ul>
            {shown.map(({ id, name }) => {
              const kind = found.get(id);
              return (
                kind && (
                  <li key={id}>
                    <span className={s.tag}>{kind.one(t)}</span>{" "}
                    <Link to={`${kind.path}?id=${encodeURIComponent(id)}`} onClick={onGo}>
                      <Name text={name} />
                    </Link>
                  </li>
                )
              );
            })}
          </ul>
        )}
      </Searched>
    </section>
  );
}
