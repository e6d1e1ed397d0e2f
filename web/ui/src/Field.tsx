import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from "react";
import s from "./Field.module.css";

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "id" | "className"> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  ref?: Ref<HTMLInputElement>;
  /** A button inside the box, at its end. */
  after?: ReactNode;
}

/** One line to fill in, with its label above and what is wrong with it below. */
export function Field({ label, hint, error, after, ref, ...rest }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={s.field}>
      <label htmlFor={id} className={s.label}>
        {label}
      </label>
      <div className={s.box} data-invalid={error !== undefined || undefined}>
        <input
          {...rest}
          ref={ref}
          id={id}
          className={s.input}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={described || undefined}
        />
        {after}
      </div>
      {hint && (
        <p id={`${id}-hint`} className={s.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={s.error}>
          {error}
        </p>
      )}
    </div>
  );
}
