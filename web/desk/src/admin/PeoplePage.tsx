import { Download, Eraser, Lock, LockOpen, Search } from "lucide-react";
import { useEffect, useMemo, useState, type FormEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { Field } from "../../../ui/src/Field";
import { useLanguage } from "../../../ui/src/language";
import { Code, Name, Phrase } from "../../../ui/src/Phrase";
import { confirmDone } from "../../../ui/src/Toasts";
import { useWords } from "../console/words";
import { Failure } from "../parts/Failure";
import { AdminPage } from "./AdminPage";
import { ErasePerson, HoldPerson } from "./PersonDialogs";
import type { PeopleSource, Person } from "./people";
import { peopleWords, type PeopleWords } from "./peopleWords";
import s from "./AdminPage.module.css";

export interface PeopleProps {
  source: PeopleSource;
  /** What is looked for from the beginning. */
  query?: string;
}

/** What is kept of customers: found, taken away, held and erased (G26). */
export function People({ source, query = "" }: PeopleProps) {
  const { t: every } = useWords();
  const t = useMemo(() => peopleWords(every), [every]);
  const [typed, type] = useState(query);
  const [asked, ask] = useState({ query, attempt: 0 });
  const [people, setPeople] = useState<Person[]>();
  const [failure, fail] = useState<unknown>();
  const [erasing, erase] = useState<Person>();
  const [holding, hold] = useState<Person>();
  useEffect(() => {
    if (asked.query === "") return;
    let wanted = true; // something else may be asked before the answer is there
    source.find(asked.query).then(
      (found) => {
        if (!wanted) return;
        setPeople(found);
        fail(undefined);
      },
      (error: unknown) => {
        if (wanted) fail(error);
      },
    );
    return () => {
      wanted = false;
    };
  }, [source, asked]);
  const find = () => ask({ query: typed.trim(), attempt: asked.attempt + 1 });
  const done = (what: string) => {
    erase(undefined);
    hold(undefined);
    confirmDone(what);
    ask({ ...asked, attempt: asked.attempt + 1 });
  };
  return (
    <AdminPage title={every.consolePeople()}>
      <p>{t.peopleIntro()}</p>
      <form
        role="search"
        className={s.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          find();
        }}
      >
        <Field
          label={t.peopleQuery()}
          hint={t.peopleQueryHint()}
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => type(event.target.value)}
        />
        <span className={s.actions}>
          <Button type="submit" look="primary" icon={<Search size={18} aria-hidden="true" />}>
            {t.peopleFind()}
          </Button>
        </span>
      </form>
      <Failure of={failure} />
      <p role="status">
        {people && (people.length === 0 ? t.peopleNone() : t.nResults({ n: people.length }))}
      </p>
      <ul className={s.list}>
        {people?.map((person) => (
          <Kept
            key={person.customer}
            person={person}
            t={t}
            onExport={() => void source.export(person.customer).catch(fail)}
            onErase={() => erase(person)}
            onHold={() => hold(person)}
            onRelease={() => void source.release(person.customer).then(() => done(t.peopleReleased()), fail)}
          />
        ))}
      </ul>
      {erasing && (
        <ErasePerson
          person={erasing}
          source={source}
          t={t}
          onClose={() => erase(undefined)}
          onDone={() => done(t.peopleErased())}
        />
      )}
      {holding && (
        <HoldPerson
          person={holding}
          source={source}
          t={t}
          onClose={() => hold(undefined)}
          onDone={() => done(t.peopleHeld())}
        />
      )}
    </AdminPage>
  );
}

interface KeptProps {
  person: Person;
  t: PeopleWords;
  onExport(): void;
  onErase(): void;
  onHold(): void;
  onRelease(): void;
}

/** One person: who they are, how much is kept, and why that cannot be erased now. */
function Kept({ person, t, onExport, onErase, onHold, onRelease }: KeptProps) {
  const { formats } = useLanguage();
  const kept = person.conversations.filter((one) => !one.erased_at);
  const last = person.conversations[0];
  const hold = person.hold ?? person.conversations.find((one) => one.hold)?.hold;
  // A site may call somebody by their e-mail.
  const known = [...new Set([person.email, person.phone, ...person.subjects])].filter(
    (word) => word !== undefined,
  );
  const why = { erasable: undefined, busy: t.errorPersonBusy(), held: t.errorLegalHold() }[person.state];
  return (
    <li className={s.item}>
      <div className={s.words}>
        <h2>{person.name ? <Name text={person.name} /> : <Code>{person.customer}</Code>}</h2>
        {known.map((word) => (
          <p key={word} className={s.muted}>
            <Code>{word}</Code>
          </p>
        ))}
        <p className={s.muted}>
          {t.nConversations({ n: kept.length })}
          {" · "}
          {t.peopleFiles({ n: person.files })}
          {" · "}
          {t.peopleBrowsers({ n: person.browsers })}
        </p>
        {last && (
          <p className={s.muted}>
            <Phrase text={t.peopleLast({ time: formats.dateTime(new Date(last.started_at)) })} />
          </p>
        )}
        {hold && (
          <p className={s.tags}>
            <span className={s.off}>{t.peopleHold()}</span> <Name text={hold.reason} />
          </p>
        )}
      </div>
      <span className={s.actions}>
        <Button icon={<Download size={18} aria-hidden="true" />} onPress={onExport}>
          {t.peopleExport()}
        </Button>
        {person.hold ? (
          <Button icon={<LockOpen size={18} aria-hidden="true" />} onPress={onRelease}>
            {t.peopleRelease()}
          </Button>
        ) : (
          <Button icon={<Lock size={18} aria-hidden="true" />} onPress={onHold}>
            {t.peopleHoldSet()}
          </Button>
        )}
        <Button icon={<Eraser size={18} aria-hidden="true" />} unavailable={why} onPress={onErase}>
          {t.peopleErase()}
        </Button>
      </span>
    </li>
  );
}
