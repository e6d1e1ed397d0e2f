import type { Name } from "../../../protocol/src/types";
import { Field } from "../../../ui/src/Field";
import { useWords } from "./words";
import s from "./Setup.module.css";

export interface BothNamesProps {
  value: Name;
  onChange(value: Name): void;
  /** What the two are called where it is not a name. */
  labels?: Name;
  error?: string | undefined;
}

/** A name in both languages, side by side where there is room; that of the page first. */
export function BothNames({ value, onChange, labels, error }: BothNamesProps) {
  const { t, lang } = useWords();
  const both = [
    <Field
      key="en"
      label={labels?.en ?? t.setupQueueNameEn()}
      lang="en"
      dir="ltr"
      autoComplete="off"
      value={value.en}
      error={lang === "en" ? error : undefined}
      onChange={(event) => onChange({ ...value, en: event.target.value })}
    />,
    <Field
      key="ar"
      label={labels?.ar ?? t.setupQueueNameAr()}
      lang="ar"
      dir="rtl"
      autoComplete="off"
      value={value.ar}
      error={lang === "ar" ? error : undefined}
      onChange={(event) => onChange({ ...value, ar: event.target.value })}
    />,
  ];
  return <div className={s.pair}>{lang === "ar" ? both.toReversed() : both}</div>;
}

/** A name as it is kept: without spaces around it. */
export const trimmed = (name: Name): Name => ({ en: name.en.trim(), ar: name.ar.trim() });

export const unnamed = (name: Name): boolean => name.en.trim() === "" && name.ar.trim() === "";
