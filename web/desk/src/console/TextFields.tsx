import { useId, type ReactNode } from "react";
import type { Name } from "../../../protocol/src/types";
import { Field } from "../../../ui/src/Field";
import { Code, plain } from "../../../ui/src/Phrase";
import { Switch } from "../../../ui/src/Switch";
import { contrast } from "./color";
import { useWords } from "./words";
import s from "./Console.module.css";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  value: unknown;
  error: string | undefined;
  onChange(value: unknown): void;
}

/** The two languages side by side, that of the page first. */
export function Pair({ en, ar }: { en: ReactNode; ar: ReactNode }) {
  const { lang } = useWords();
  return (
    <div className={s.pair}>
      {lang === "ar" && ar}
      {en}
      {lang !== "ar" && ar}
    </div>
  );
}

/** A text of several lines in both languages, side by side. */
export function TextsField({ label, hint, value, error, onChange }: FieldProps) {
  const { t } = useWords();
  const text = (value ?? {}) as Partial<Name>;
  return (
    <div className={s.said}>
      <Pair
        en={
          <Area
            label={plain(t.consoleCopyEn({ field: label }))}
            lang="en"
            value={text.en ?? ""}
            error={error}
            onChange={(en) => onChange({ ...text, en })}
          />
        }
        ar={
          <Area
            label={plain(t.consoleCopyAr({ field: label }))}
            lang="ar"
            value={text.ar ?? ""}
            error={undefined}
            onChange={(ar) => onChange({ ...text, ar })}
          />
        }
      />
      {hint && <p className={s.muted}>{hint}</p>}
    </div>
  );
}

/** A list, one on each line. */
export function LinesField({ label, hint, value, error, onChange }: FieldProps) {
  const lines = Array.isArray(value) ? (value as string[]) : [];
  return (
    <div className={s.said}>
      <Area
        label={label}
        hint={hint}
        value={lines.join("\n")}
        error={error}
        onChange={(text) => onChange(text === "" ? [] : text.split("\n"))}
      />
    </div>
  );
}

interface AreaProps {
  label: string;
  hint?: ReactNode;
  lang?: "ar" | "en";
  value: string;
  error: string | undefined;
  onChange(value: string): void;
}

function Area({ label, hint, lang, value, error, onChange }: AreaProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error === undefined ? "" : `${id}-error`]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={s.said}>
      <label htmlFor={id} className={s.label}>
        {label}
      </label>
      <textarea
        id={id}
        className={s.area}
        lang={lang}
        dir={lang === undefined ? "ltr" : lang === "ar" ? "rtl" : "ltr"}
        rows={4}
        value={value}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && (
        <p id={`${id}-hint`} className={s.muted}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className={s.failure}>
          {error}
        </p>
      )}
    </div>
  );
}

/** Which languages there are; the order is how they were chosen. */
export function LanguagesField({ label, value, error, onChange }: FieldProps) {
  const { t } = useWords();
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  return (
    <fieldset className={s.group}>
      <legend>{label}</legend>
      {(["ar", "en"] as const).map((lang) => (
        <Switch
          key={lang}
          on={chosen.includes(lang)}
          onChange={(on) => onChange(on ? [...chosen, lang] : chosen.filter((other) => other !== lang))}
        >
          {lang === "ar" ? t.langAr() : t.langEn()}
        </Switch>
      ))}
      {error !== undefined && <p className={s.failure}>{error}</p>}
    </fieldset>
  );
}

/** A color, with how well what is written on it can be read. */
export function ColorField({ label, value, error, onChange }: FieldProps) {
  const { t } = useWords();
  const color = typeof value === "string" ? value : "";
  const ratio = contrast(color);
  return (
    <Field
      label={label}
      dir="ltr"
      autoComplete="off"
      value={color}
      error={error}
      hint={ratio !== undefined && <Contrast said={t.consoleFColorContrast} ratio={ratio} />}
      onChange={(event) => onChange(event.target.value.trim())}
      after={
        <input
          type="color"
          className={s.swatch}
          aria-label={label}
          value={/^#[0-9a-f]{6}$/i.test(color) ? color : "#000000"}
          onChange={(event) => onChange(event.target.value)}
        />
      }
    />
  );
}

function Contrast({ said, ratio }: { said(a: { ratio: string }): string; ratio: number }) {
  const [before, after] = said({ ratio: "\0" }).split("\u2068\0\u2069");
  return (
    <>
      {before}
      <Code>{`${ratio.toFixed(1)}:1`}</Code>
      {after}
    </>
  );
}
