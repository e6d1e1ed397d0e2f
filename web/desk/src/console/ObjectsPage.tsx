import { Plus } from "lucide-react";
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { newId, Refusal } from "../../../protocol/src/socket";
import { Button } from "../../../ui/src/Button";
import { Phrase } from "../../../ui/src/Phrase";
import { confirmDone } from "../../../ui/src/Toasts";
import { AdminPage } from "../admin/AdminPage";
import type { Plan } from "../admin/source";
import { useAsked, useGo } from "../address";
import { problemText } from "../parts/problems";
import { Archive, Conflict, Effects } from "./Dialogs";
import { Guarded } from "./Guarded";
import type { Kind } from "./kind";
import { at, put, type Config, type Obj } from "./object";
import { ObjectForm, type Wrong } from "./ObjectForm";
import { ObjectList } from "./ObjectList";
import { blame, differing, isDirty, keep, objectsOf, onto, type ConsoleSource, type Draft } from "./save";
import { useWords, type Words } from "./words";
import s from "./Console.module.css";

export interface ObjectsPageProps {
  kind: Kind;
  source: ConsoleSource;
  /** Which of them are shown; all, unless said. */
  only?: (o: Obj) => boolean;
  /** What else can be done with one that is kept. */
  more?: (object: Obj, reload: () => void) => ReactNode;
}

/** The place in the address of one that is not there yet. */
const fresh = "new";

const nothingWrong: Wrong = { fields: {} };
const everything = () => true;

/** The objects of a kind: a list, and the form of the one that is chosen. */
export function ObjectsPage(props: ObjectsPageProps) {
  const [dirty, setDirty] = useState(false);
  return (
    <Guarded dirty={dirty}>
      <Objects {...props} onDirty={setDirty} />
    </Guarded>
  );
}

function Objects({
  kind,
  source,
  only = everything,
  more,
  onDirty,
}: ObjectsPageProps & { onDirty(on: boolean): void }) {
  const { t, lang } = useWords();
  const go = useGo();
  // Of what there is one, there is no list.
  const single = kind.list === "organization";
  const named = useAsked().get("id");
  const chosen = single ? kind.list : named;
  const [config, setConfig] = useState<Config>();
  const [failure, fail] = useState("");
  const [drafts, setDrafts] = useState<Record<string, Draft>>({});
  const [wrong, setWrong] = useState<Wrong>(nothingWrong);
  const [busy, setBusy] = useState(false);
  const [asked, ask] = useState<{ plan: Plan; answer(yes: boolean): void }>();
  const [conflict, collide] = useState<{ theirs: Obj; draft: Draft; config: Config }>();
  const [archiving, archive] = useState(false);

  const load = useCallback(() => {
    source.load().then(
      (all) => {
        setConfig(all);
        fail("");
      },
      (error: unknown) => fail(problemText(error, t)),
    );
  }, [source, t]);
  useEffect(load, [load]);
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
  const draft: Draft | undefined =
    (chosen && drafts[chosen]) || (stored && { base: stored, mine: stored }) || undefined;
  const change = (id: string, next: Draft | undefined) =>
    setDrafts((all) => {
      const { [id]: _, ...others } = all;
      return next ? { ...others, [id]: next } : others;
    });
  const begin = () => {
    if (!drafts[fresh])
      change(fresh, { mine: { name: { en: "", ar: "" }, ...kind.fresh, id: `${kind.list}-${newId()}` } });
    go(`${kind.path}?id=${fresh}`);
  };

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
        change(id, undefined);
        confirmDone(t.adminSaved());
        const known = new Set(objectsOf(from, kind).map((o) => o.id));
        const made = objectsOf(outcome.config, kind).find((o) => !known.has(o.id));
        if (id === fresh)
          go(made ? `${kind.path}?id=${encodeURIComponent(made.id)}` : kind.path, { replace: true });
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
  const archived = (on: boolean) => {
    if (!draft || !config || !chosen) return;
    const next = { ...draft, mine: { ...draft.mine, archived: on } };
    change(chosen, next);
    void save(chosen, next, config);
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
            onPress={begin}
          >
            {t.consoleNew()}
          </Button>
        )
      }
    >
      {failure && (
        <p role="alert" className={s.failure}>
          <Phrase text={failure} /> <Button onPress={load}>{t.actionRetry()}</Button>
        </p>
      )}
      {config && (
        <div className={single ? undefined : s.split} data-chosen={draft !== undefined || undefined}>
          {!single && <ObjectList kind={kind} objects={objects} chosen={chosen} dirty={dirty} />}
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
                if (chosen === fresh) go(kind.path, { replace: true });
              }}
              {...(single ? {} : { onBack: () => go(kind.path) })}
              more={
                stored && (
                  <>
                    {kind.archives && (
                      <Button onPress={() => (stored.archived ? archived(false) : archive(true))}>
                        {stored.archived ? t.consoleRestore() : t.consoleArchive()}
                      </Button>
                    )}
                    {more?.(stored, load)}
                  </>
                )
              }
            />
          ) : (
            <p className={s.empty}>
              {kind.intro(t)} {chosen ? t.consoleUnknown() : t.consoleChoose()}
            </p>
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
    if (field.kind === "seconds" && typeof value === "string" && !/^((\d+(\.\d+)?(h|m|s|ms))+)?$/.test(value))
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
