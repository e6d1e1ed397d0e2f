import { useId, type ReactNode } from "react";
import type { Name } from "../../../protocol/src/types";
import { OneOf } from "../../../ui/src/Choice";
import { Field } from "../../../ui/src/Field";
import { Name as Named, plain } from "../../../ui/src/Phrase";
import { SearchSelect } from "../../../ui/src/SearchSelect";
import { Switch } from "../../../ui/src/Switch";
import { HolidaysField, WeekField, ZoneField } from "./HoursFields";
import type { FieldOfProps } from "./field";
import { choiceOf, duration, isDuration, seconds, typed } from "./object";
import { RefsField } from "./RefsField";
import { RowsField } from "./RowsField";
import { ColorField, LanguagesField, LinesField, Pair, TextsField } from "./TextFields";
import { useWords } from "./words";
import s from "./Console.module.css";

/** One field of a form, drawn as its description says. */
export function FieldOf({ spec, value, config, own, error, onChange }: FieldOfProps) {
  const { t, lang } = useWords();
  const label = spec.label(t);
  const hint = spec.hint?.(t);
  switch (spec.kind) {
    case "text":
      return (
        <Field
          label={label}
          hint={hint}
          error={error}
          dir="auto"
          autoComplete="off"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "names":
      return <NamesField label={label} value={value} error={error} onChange={onChange} />;
    case "texts":
      return <TextsField label={label} hint={hint} value={value} error={error} onChange={onChange} />;
    case "number":
    case "seconds": {
      // What was typed and is no duration stays to be seen.
      const n =
        spec.kind === "seconds" && typeof value === "string" && isDuration(value)
          ? seconds(value)
          : (value ?? 0);
      return (
        <Field
          label={label}
          hint={hint}
          error={error}
          inputMode="numeric"
          dir="ltr"
          autoComplete="off"
          value={String(n)}
          onChange={(event) => {
            const now = typed(event.target.value);
            onChange(spec.kind === "seconds" && typeof now === "number" ? duration(now) : now);
          }}
        />
      );
    }
    case "switch":
      return (
        <Said error={error}>
          <Switch on={value === true} onChange={onChange} hint={hint}>
            {label}
          </Switch>
        </Said>
      );
    case "one":
      return (
        <>
          <OneOf
            label={label}
            value={spec.numeric ? String(value) : (typeof value === "string" && value) || (spec.unset ?? "")}
            onChange={(id) => onChange(spec.numeric ? Number(id) : id)}
            error={error}
            options={(spec.options ?? []).map(({ id, name }) => ({ id, name: name(t) }))}
          />
          {hint && <p className={s.muted}>{hint}</p>}
        </>
      );
    case "some": {
      const chosen = Array.isArray(value) ? (value as string[]) : [];
      const fixed = (spec.options ?? []).map(({ id, name }) => ({ id, name: name(t) }));
      const made = ((spec.of ? config[spec.of] : undefined) ?? [])
        .filter((o) => chosen.includes(o.id) || (spec.only?.(o) ?? true))
        .map((o) => choiceOf(o, lang));
      return (
        <fieldset className={s.group}>
          <legend>{label}</legend>
          {[...fixed, ...made].map(({ id, name }) => (
            <Switch
              key={id}
              on={chosen.includes(id)}
              onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
            >
              <Named text={name} />
            </Switch>
          ))}
          {error !== undefined && <p className={s.failure}>{error}</p>}
        </fieldset>
      );
    }
    case "rows":
      return (
        <RowsField
          spec={spec}
          value={value}
          config={config}
          own={own}
          error={error}
          onChange={onChange}
          FieldOf={FieldOf}
        />
      );
    case "ref": {
      const all = (spec.of ? config[spec.of] : undefined) ?? [];
      const able = all.filter((o) => o.id !== own && (o.id === value || (spec.only?.(o) ?? true)));
      const choices = able.map((o) => choiceOf(o, lang, all));
      return (
        <Hinted hint={hint}>
          <SearchSelect
            label={label}
            choices={[{ id: "", name: t.consoleFNone() }, ...choices]}
            value={typeof value === "string" ? value : ""}
            onChange={(id) => onChange(id ?? "")}
            empty={t.consoleNone}
            found={t.nResults}
            more={t.consoleMore}
            error={error}
          />
        </Hinted>
      );
    }
    case "refs": {
      const chosen = Array.isArray(value) ? (value as string[]) : [];
      const all = (spec.of ? config[spec.of] : undefined) ?? [];
      const able = all.filter((o) => chosen.includes(o.id) || (spec.only?.(o) ?? true));
      return (
        <RefsField
          label={label}
          hint={hint}
          error={error}
          choices={able.map((o) => choiceOf(o, lang, all))}
          chosen={chosen}
          onChange={onChange}
        />
      );
    }
    case "lines":
      return <LinesField label={label} hint={hint} value={value} error={error} onChange={onChange} />;
    case "languages":
      return <LanguagesField label={label} value={value} error={error} onChange={onChange} />;
    case "color":
      return <ColorField label={label} value={value} error={error} onChange={onChange} />;
    case "zone":
      return <ZoneField label={label} value={value} error={error} onChange={onChange} />;
    case "week":
      return <WeekField label={label} hint={hint} value={value} error={error} onChange={onChange} />;
    case "holidays":
      return <HolidaysField label={label} value={value} error={error} onChange={onChange} />;
  }
}

interface NamesFieldProps {
  label: string;
  value: unknown;
  error: string | undefined;
  onChange(value: Partial<Name>): void;
}

/** A name in both languages, side by side. */
function NamesField({ label, value, error, onChange }: NamesFieldProps) {
  const { t } = useWords();
  const name = (value ?? {}) as Partial<Name>;
  return (
    <Said error={error}>
      <Pair
        en={
          <Field
            label={plain(t.consoleCopyEn({ field: label }))}
            lang="en"
            dir="ltr"
            autoComplete="off"
            value={name.en ?? ""}
            onChange={(event) => onChange({ ...name, en: event.target.value })}
          />
        }
        ar={
          <Field
            label={plain(t.consoleCopyAr({ field: label }))}
            lang="ar"
            dir="rtl"
            autoComplete="off"
            value={name.ar ?? ""}
            onChange={(event) => onChange({ ...name, ar: event.target.value })}
          />
        }
      />
    </Said>
  );
}

/** A field that shows no hint itself, with one below. */
function Hinted({ hint, children }: { hint: string | undefined; children: ReactNode }) {
  if (hint === undefined) return children;
  return (
    <div className={s.said}>
      {children}
      <p className={s.muted}>{hint}</p>
    </div>
  );
}

/** Something to fill in with what is wrong with it below, where it does not say so itself. */
export function Said({ error, children }: { error: string | undefined; children: ReactNode }) {
  const id = useId();
  return (
    <div className={s.said} role="group" aria-describedby={error === undefined ? undefined : id}>
      {children}
      {error !== undefined && (
        <p id={id} className={s.failure}>
          {error}
        </p>
      )}
    </div>
  );
}
