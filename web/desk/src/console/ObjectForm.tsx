import { useEffect, useRef, type FormEvent, type ReactNode } from "react";
import { Button } from "../../../ui/src/Button";
import { Name, Phrase, plain } from "../../../ui/src/Phrase";
import type { FieldSpec } from "./field";
import { FieldOf } from "./FieldOf";
import type { Kind } from "./kind";
import { at, put, title, type Config, type Obj } from "./object";
import { isDirty, type Draft } from "./save";
import { useWords, type Words } from "./words";
import s from "./Console.module.css";

/** What is wrong: of each field by its place, and of the whole. */
export interface Wrong {
  fields: Record<string, string>;
  whole?: string;
}

export interface ObjectFormProps {
  kind: Kind;
  draft: Draft;
  config: Config;
  wrong: Wrong;
  busy: boolean;
  onChange(mine: Obj): void;
  onSave(): void;
  onDiscard(): void;
  /** To the list, where there is one. */
  onBack?(): void;
  /** Beside the ways to save: archiving, deleting. */
  more?: ReactNode;
  /** Below the fields. */
  children?: ReactNode;
}

/** One object: what it is made of, and the ways to keep it. */
export function ObjectForm(props: ObjectFormProps) {
  const { kind, draft, config, wrong, busy, onChange, onSave, onDiscard, onBack, more, children } = props;
  const { t, lang } = useWords();
  const { mine } = draft;
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const shown = kind.fields.filter(({ when }) => when?.(mine, config) ?? true);
  const faults = shown.filter((field) => wrong.fields[field.at] !== undefined);
  useEffect(() => {
    if (Object.keys(wrong.fields).length > 0 || wrong.whole !== undefined) summary.current?.focus();
  }, [wrong]);
  const toField = (place: string) =>
    form.current
      ?.querySelector<HTMLElement>(`[data-field="${place}"] :is(input, textarea, [tabindex="0"])`)
      ?.focus();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSave();
  };
  const name = title(mine, lang);
  const dirty = isDirty(draft);
  return (
    <form ref={form} className={s.form} onSubmit={submit} noValidate aria-label={name || kind.one(t)}>
      {onBack && (
        <span className={s.back}>
          <Button onPress={onBack}>{t.consoleBack()}</Button>
        </span>
      )}
      <h2 className={s.name}>{name ? <Name text={name} /> : kind.one(t)}</h2>
      {(faults.length > 0 || wrong.whole !== undefined) && (
        <div ref={summary} tabIndex={-1} role="alert" className={s.summary}>
          {faults.length > 0 && <p>{t.consoleErrors()}</p>}
          <ul>
            {faults.map((field) => (
              <li key={field.at}>
                <button type="button" className={s.link} onClick={() => toField(field.at)}>
                  <Phrase text={saidOf(field, t, wrong.fields[field.at] ?? "")} />
                </button>
              </li>
            ))}
          </ul>
          {wrong.whole !== undefined && (
            <p>
              <Phrase text={wrong.whole} />
            </p>
          )}
        </div>
      )}
      {shown.map((field) => (
        <div key={field.at} data-field={field.at} className={s.field}>
          {field.section && <h3>{field.section(t)}</h3>}
          <FieldOf
            spec={field}
            value={at(mine, field.at)}
            config={config}
            own={mine.id}
            error={wrong.fields[field.at]}
            onChange={(value) => onChange(put(mine, field.at, value))}
          />
          {kind.preview?.below === field.at && <kind.preview.Of mine={mine} config={config} />}
        </div>
      ))}
      {children}
      <div className={s.ways}>
        <Button type="submit" look="primary" unavailable={busy ? "" : undefined}>
          {t.actionSave()}
        </Button>
        {dirty && <Button onPress={onDiscard}>{t.consoleDiscard()}</Button>}
        <span className={s.more}>{more}</span>
      </div>
      <p role="status" className={s.muted}>
        {dirty ? t.consoleDirty() : ""}
      </p>
    </form>
  );
}

/** What is wrong with a field, with the field's name unless the sentence has it; what is wrong with a name speaks of names. */
function saidOf(field: FieldSpec, t: Words, fault: string): string {
  const label = field.label(t);
  return field.at === "name" || plain(fault).includes(label) ? fault : `${label}: ${fault}`;
}
