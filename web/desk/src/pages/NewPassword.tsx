import { useState } from "react";
import { Field, type FieldProps } from "../../../ui/src/Field";
import { useLanguage } from "../../../ui/src/language";
import { ShowPassword } from "./LoginPage";

/** The shortest password the server takes. */
export const shortest = 15;

/** The field for a password that is chosen now: it may be pasted and looked at. */
export function NewPassword(field: Omit<FieldProps, "label">) {
  const { t } = useLanguage();
  const [visible, show] = useState(false);
  return (
    <Field
      label={t.setupPassword()}
      type={visible ? "text" : "password"}
      dir="ltr"
      autoComplete="new-password"
      hint={t.setupPasswordHint({ min: shortest })}
      after={<ShowPassword visible={visible} onChange={show} />}
      {...field}
    />
  );
}
