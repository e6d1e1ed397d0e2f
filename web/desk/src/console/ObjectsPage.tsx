import { Plus } from "lucide-react";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { newId, Refusal } from "../../../protocol/src/socket";
import { Button } from "../../../ui/src/Button";
import { confirmDone } from "../../../ui/src/Toasts";
import { AdminPage } from "../admin/AdminPage";
import type { Plan } from "../admin/source";
import { askedIn, pathOf, useAsked, useGo, type Address } from "../address";
import { Failure } from "../parts/Failure";
import { problemText } from "../parts/problems";
import { useLoaded } from "../parts/useLoaded";
import { BuiltIn } from "./BuiltIn";
import { Archive, Conflict, Effects } from "./Dialogs";
import { Guarded } from "./Guarded";
import type { Kind } from "./kind";
import { at, isDuration, put, type Config, type Obj } from "./object";
import { ObjectForm, type Wrong } from "./ObjectForm";
import { ObjectList } from "./ObjectList";
import {
  blame,
  changedSince,
  differing,
  isDirty,
  keep,
  keptOf,
  objectsOf,
  onto,
  type ConsoleSource,
  type Draft,
} from "./save";
import { useWords, type Words } from "./words";
import s from "./Console.module.css";

export interface ObjectsPageProps {
  kind: Kind;
  source: ConsoleSource;
  /** Which of them are shown; all, unless said. */
  only?: (o: Obj) => boolean;
  /** Their list is a page of its own, so the way back to it leaves this one. */
  listed?: boolean;
  /** What else can be done with one that is kept. */
  more?: (object: Obj) => ReactNode;
}

/** The place in the address of one that is not there yet. */
const fresh = "new";

const nothingWrong: Wrong = { fields: {} };
const everything = () => true;

/** The objects of a kind: a list, and the form of the one that is chosen. */
export function ObjectsPage(props: ObjectsPageProps) {
  const { kind, listed = false } = props;
  const [dirty, setDirty] = useState(false);
  const leave = useGo();
  const within = useCallback(
    (place: string) => pathOf(place) === kind.path && (!listed || askedIn(place).has("id")),
    [kind, listed],
  );
  return (
    <Guarded dirty={dirty} within={within}>
      <Objects {...props} onDirty={setDirty} leave={leave} />
    </Guarded>
  );
}

interface ObjectsProps extends ObjectsPageProps {
  onDirty(on: boolean): void;
  /** Goes without asking: what was changed is kept, or is not wanted. */
  leave: Address["go"];
}

function Objects({ kind, source, only = everything, more, onDirty, leave }: ObjectsProps) {
  const { t, lang } = useWords();
  const go = useGo();
  // Of what there is one, there is no list.
  const single = kind.list === "organization";
  const named = useAsked().get("id");
  const chosen = single ? kind.list : named;
  const {
    value: config,
    set: setConfig,
    failure,
    load,
  } = useLoaded(useCallback(() => source.load(), [source]));
  // What a new one is called until the server says so: the same however often it is sent.
  const [word, another] = useState(newId);
  const [drafts, setDrafts] = useState<Record<string, Draft>>({});
  const [wrong, setWrong] = useState<Wrong>(nothingWrong);
  const [busy, setBusy] = useState(false);
  const [asked, ask] = useState<{ plan: Plan; answer(yes: boolean): void }>();
  const [conflict, collide] = useState<{ theirs: Obj; draft: Draft; config: Config }>();
  const [archiving, archive] = useState(false);

  // What was wrong with one is not wrong with another.
  const [shownId, show] = useState(chosen);
  if (shownId !== chosen) {
    show(chosen);
    setWrong(nothingWrong);
  }

  const objects = useMemo(() => (config ? objectsOf(config, kind) : []).filter(only), [config, kind, only]);
  const dirty = useMemo(
    () => new Set(Object.entries(drafts).flatMap(([id, draft]) => (isDirty(draft) ? [id] : []))),
    [drafts],
  );
  useEffect(() => onDirty(dirty.size > 0), [dirty, onDirty]);

  const stored = objects.find(({ id }) => id === chosen);
  const untouched = useMemo((): Draft | undefined => {
    if (chosen === fresh)
      return { mine: { name: { en: "", ar: "" }, ...kind.fresh, id: `${kind.list}-${word}` } };
    return stored && { base: stored, mine: stored };
  }, [chosen, kind, stored, word]);
  const builtIn = kind.builtIn?.(t) ?? [];
  const given = builtIn.find(({ id }) => id === chosen);
  const draft = (chosen ? drafts[chosen] : undefined) ?? untouched;
  const change = (id: string, next: Draft | undefined) =>
    setDrafts((all) => {
      const { [id]: _, ...others } = all;
      return next ? { ...others, [id]: next } : others;
    });

  const save = async (id: string, given: Draft, from: Config) => {
    const tidy = { ...given, mine: tidied(kind, given.mine) };
    const early = check(kind, tidy.mine, t);
    setWrong(early);
    if (Object.keys(early.fields).length > 0) return;
    setBusy(true);
    try {
      const outcome = await keep(source, kind, tidy, from, (plan) => sure(plan));
      if (outcome.kind === "conflict") {
        setConfig(outcome.config);
        collide({ theirs: outcome.theirs, draft: tidy, config: outcome.config });
      }
      if (outcome.kind === "saved") {
        setConfig(outcome.config);
        confirmDone(t.adminSaved());
        const kept = keptOf(kind, tidy.mine, from, outcome.config);
        setDrafts((all) => {
          const { [id]: now, ...others } = all;
          const since = now && kept && changedSince(kind, given.mine, now.mine, kept);
          return since ? { ...others, [kept.id]: since } : others;
        });
        if (id === fresh) {
          another(newId());
          leave(kept ? `${kind.path}?id=${encodeURIComponent(kept.id)}` : kind.path, { replace: true });
        }
      }
    } catch (error) {
      setWrong(wrongOf(error, kind, from, tidy.mine, t, lang));
    } finally {
      setBusy(false);
    }
  };
  const sure = (plan: Plan) =>
    new Promise<boolean>((answered) =>
      ask({
        plan,
        answer(yes) {
          ask(undefined);
          answered(yes);
        },
      }),
    );
  // Not a change of the draft: where it is refused, or not wanted after all, nothing is left of it.
  const archived = (on: boolean) => {
    if (draft && config && chosen)
      void save(chosen, { ...draft, mine: { ...draft.mine, archived: on } }, config);
  };

  return (
    <AdminPage
      wide
      title={kind.title(t)}
      actions={
        !single && (
          <Button
            look="primary"
            icon={<Plus size={18} aria-hidden="true" />}
            unavailable={config ? undefined : ""}
            onPress={() => go(`${kind.path}?id=${fresh}`)}
          >
            {t.consoleNew()}
          </Button>
        )
      }
    >
      <Failure of={failure} again={() => void load()} />
      {config && (
        <div
          className={single ? undefined : s.split}
          data-chosen={(draft ?? given) !== undefined || undefined}
        >
          {!single && <ObjectList {...{ kind, objects, builtIn, chosen, dirty }} />}
          {given && <BuiltIn role={given} onBack={() => go(kind.path)} />}
          {draft && chosen ? (
            <ObjectForm
              key={chosen}
              kind={kind}
              draft={draft}
              config={config}
              wrong={wrong}
              busy={busy}
              onChange={(mine) => change(chosen, { ...draft, mine })}
              onSave={() => void save(chosen, draft, config)}
              onDiscard={() => {
                setWrong(nothingWrong);
                change(chosen, undefined);
                if (chosen === fresh) leave(kind.path, { replace: true });
              }}
              {...(single ? {} : { onBack: () => go(kind.path) })}
              more={
                stored && (
                  <>
                    {more?.(stored)}
                    {kind.archives && (
                      <Button onPress={() => (stored.archived ? archived(false) : archive(true))}>
                        {stored.archived ? t.consoleRestore() : t.consoleArchive()}
                      </Button>
                    )}
                  </>
                )
              }
            />
          ) : (
            !given && (
              <p className={s.empty}>
                {kind.intro(t)} {chosen ? t.consoleUnknown() : t.consoleChoose()}
              </p>
            )
          )}
        </div>
      )}
      {asked && <Effects plan={asked.plan} onAnswer={asked.answer} />}
      {conflict && chosen && (
        <Conflict
          fields={differing(kind, conflict.draft.base, conflict.theirs)}
          onClose={() => collide(undefined)}
          onTheirs={() => {
            collide(undefined);
            change(chosen, undefined);
          }}
          onMine={() => {
            const next = onto(kind, conflict.draft, conflict.theirs);
            collide(undefined);
            change(chosen, next);
            void save(chosen, next, conflict.config);
          }}
        />
      )}
      {archiving && stored && config && (
        <Archive
          object={stored}
          config={config}
          onClose={() => archive(false)}
          onArchive={() => {
            archive(false);
            archived(true);
          }}
        />
      )}
    </AdminPage>
  );
}

/** The object as it is sent: names without spaces around them, lists without empty lines. */
function tidied(kind: Kind, o: Obj): Obj {
  return kind.fields.reduce((tidy, field) => {
    const value = at(tidy, field.at);
    if (field.kind === "text" && typeof value === "string") return put(tidy, field.at, value.trim());
    if (field.kind === "names" && typeof value === "object" && value) {
      const names = Object.entries(value as Record<string, string>).map(([lang, name]) => [
        lang,
        name.trim(),
      ]);
      return put(tidy, field.at, Object.fromEntries(names));
    }
    if (field.kind === "lines" && Array.isArray(value)) {
      const lines = (value as string[]).map((line) => line.trim()).filter((line) => line !== "");
      return put(tidy, field.at, lines);
    }
    return tidy;
  }, o);
}

/** What can be seen to be wrong without asking. */
function check(kind: Kind, o: Obj, t: Words): Wrong {
  const fields: Record<string, string> = {};
  for (const field of kind.fields) {
    const value = at(o, field.at);
    if (field.at === "name" && Object.values(value ?? "").every((name) => name === ""))
      fields.name = t.errorNameInvalidPlain();
    if (field.kind === "number" && value !== undefined && typeof value !== "number")
      fields[field.at] = t.errorInvalidParameterPlain();
    if (field.kind === "seconds" && typeof value === "string" && !isDuration(value))
      fields[field.at] = t.errorInvalidParameterPlain();
  }
  return { fields };
}

/** What a refusal says, at the field that it is about. */
function wrongOf(error: unknown, kind: Kind, config: Config, mine: Obj, t: Words, lang: "ar" | "en"): Wrong {
  if (!(error instanceof Refusal)) return { fields: {}, whole: problemText(error, t) };
  const { field, other } = blame(error, kind, config, mine, lang);
  const name = field?.label(t) ?? other;
  const params = name === undefined ? error.params : { ...error.params, field: name, parameter: name };
  const text = problemText(new Refusal(error.code, params, error.detail), t);
  return field ? { fields: { [field.at]: text } } : { fields: {}, whole: text };
}
