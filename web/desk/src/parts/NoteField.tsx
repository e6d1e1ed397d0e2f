import { useId } from "react";
import { useLanguage } from "../../../ui/src/language";
import { counterOf } from "../model/counter";
import s from "./NoteField.module.css";

export interface NoteFieldProps {
  label: string;
  hint: string;
  rows: number;
  value: string;
  onChange(value: string): void;
}

/** How many characters a note has left; below zero it cannot be sent. */
export const noteLeft = (note: string): number => counterOf(note).left;

/** Something to write to colleagues, with how much room is left once that is little. */
export function NoteField({ label, hint, rows, value, onChange }: NoteFieldProps) {
  const { t } = useLanguage();
  const id = useId();
  const left = noteLeft(value);
  return (
    <div className={s.note}>
      <label htmlFor={id} className={s.label}>
        {label}
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={rows}
        value={value}
        className={s.area}
        aria-describedby={`${id}-hint`}
        aria-invalid={left < 0 || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className={s.hint} data-over={left < 0 || undefined}>
        {left < 0 ? t.nCharsOver({ n: -left }) : left <= 200 ? t.nCharsLeft({ n: left }) : hint}
      </p>
    </div>
  );
}
