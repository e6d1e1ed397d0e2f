import type { Ref } from "react";
import { Field } from "../../../ui/src/Field";
import { useWords } from "./words";

export interface CodeFieldProps {
  value: string;
  error: string | undefined;
  onChange(value: string): void;
  ref?: Ref<HTMLInputElement>;
  hint?: string;
}

/** Where the code of an authenticator is typed, or a recovery code: digits of any keyboard. */
export function CodeField({ value, error, onChange, ref, hint }: CodeFieldProps) {
  const { t } = useWords();
  return (
    <Field
      {...(ref ? { ref } : {})}
      label={t.accountStepCode()}
      dir="ltr"
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      hint={hint ?? t.accountLoginHint()}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
