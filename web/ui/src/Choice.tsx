import { useId, type KeyboardEvent, type ReactNode } from "react";
import { sectionsOf } from "./choices";
import field from "./Field.module.css";
import s from "./Choice.module.css";

export interface OneOfProps {
  label: string;
  options: { id: string; name: ReactNode; hint?: ReactNode; section?: string | undefined }[];
  value: string | null;
  onChange(id: string): void;
  /** in a row, or one below the other */
  row?: boolean;
  error?: string | undefined;
  hideLabel?: boolean;
}

/** Exactly one of a few; the arrows follow the writing direction. */
export function OneOf({ label, options, value, onChange, row = false, error, hideLabel }: OneOfProps) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = stepOf(event);
    const inputs = [...event.currentTarget.querySelectorAll("input")];
    const at = inputs.findIndex((input) => input === event.target);
    const next = step && inputs[(at + step + inputs.length) % inputs.length];
    if (!next || at === -1) return;
    event.preventDefault();
    next.focus();
    onChange(next.value);
  };
  return (
    <div
      role="radiogroup"
      {...(hideLabel ? { "aria-label": label } : { "aria-labelledby": `${id}-label` })}
      aria-invalid={error !== undefined || undefined}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      data-invalid={error !== undefined || undefined}
      className={field.field}
      onKeyDown={onKeyDown}
    >
      {!hideLabel && (
        <span id={`${id}-label`} className={field.label}>
          {label}
        </span>
      )}
      <div className={row ? s.row : s.column}>
        {sectionsOf(options).map(({ heading, choices }) => {
          const radios = choices.map((option) => (
            <label key={option.id} className={s.option} data-selected={option.id === value || undefined}>
              <input
                type="radio"
                className={s.input}
                name={id}
                value={option.id}
                checked={option.id === value}
                onChange={() => onChange(option.id)}
              />
              <span className={s.mark} aria-hidden="true" />
              <span className={s.name}>{option.name}</span>
              {option.hint}
            </label>
          ));
          if (heading === undefined) return radios;
          return (
            <div key={`under ${heading}`} role="group" aria-label={heading} className={s.section}>
              <p className={s.heading} aria-hidden="true">
                <bdi>{heading}</bdi>
              </p>
              {radios}
            </div>
          );
        })}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className={field.error}>
          {error}
        </p>
      )}
    </div>
  );
}

/** Browsers take Right for the next one also where that is on the left. */
function stepOf({ key, altKey, ctrlKey, metaKey, currentTarget }: KeyboardEvent<HTMLElement>): number {
  if (altKey || ctrlKey || metaKey) return 0;
  if (key === "ArrowDown") return 1;
  if (key === "ArrowUp") return -1;
  if (key !== "ArrowRight" && key !== "ArrowLeft") return 0;
  const rtl = getComputedStyle(currentTarget).direction === "rtl";
  return (key === "ArrowLeft") === rtl ? 1 : -1;
}
