import { useId, type ReactNode } from "react";
import field from "./Field.module.css";
import s from "./Range.module.css";

export interface RangeProps {
  label: string;
  value: number;
  least: number;
  most: number;
  step?: number;
  onChange(value: number): void;
  /** The value in words. */
  text(value: number): string;
  hint?: ReactNode;
}

/** A number between two others; it runs the way the page is written. */
export function Range({ label, value, least, most, step = 1, onChange, text, hint }: RangeProps) {
  const id = useId();
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        {label}
      </label>
      <div className={s.row}>
        <input
          id={id}
          type="range"
          className={s.range}
          min={least}
          max={most}
          step={step}
          value={value}
          aria-valuetext={text(value)}
          {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
          onChange={(event) => onChange(Number(event.target.value))}
        />
        <output htmlFor={id} className={s.value} aria-hidden="true">
          {text(value)}
        </output>
      </div>
      {hint && (
        <p id={`${id}-hint`} className={field.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
