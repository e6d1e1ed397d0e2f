import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import field from "./Field.module.css";
import s from "./Choice.module.css";

export interface OneOfProps {
  label: string;
  options: { id: string; name: ReactNode; hint?: ReactNode }[];
  value: string | null;
  onChange(id: string): void;
  /** in a row, or one below the other */
  row?: boolean;
  error?: string | undefined;
  hideLabel?: boolean;
}

/** Exactly one of a few; the arrows follow the writing direction. */
export function OneOf({ label, options, value, onChange, row = false, error, hideLabel }: OneOfProps) {
  return (
    <RadioGroup
      {...(hideLabel ? { "aria-label": label } : {})}
      value={value}
      onChange={onChange}
      orientation={row ? "horizontal" : "vertical"}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={field.field ?? ""}
    >
      {!hideLabel && <Label className={field.label ?? ""}>{label}</Label>}
      <div className={row ? s.row : s.column}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className={s.option ?? ""}>
            <span className={s.mark} aria-hidden="true" />
            <span className={s.name}>{option.name}</span>
            {option.hint}
          </Radio>
        ))}
      </div>
      <FieldError className={field.error ?? ""}>{error}</FieldError>
    </RadioGroup>
  );
}
