import { useState } from "react";
import { OneOf } from "../../../ui/src/Choice";
import { confirmDone } from "../../../ui/src/Toasts";
import { useWords } from "../account/words";
import type { Configuration, Obliged, UserSource } from "./source";

export interface StepRuleProps {
  config: Configuration;
  source: Pick<UserSource, "oblige">;
  onSaved(): void;
  onFailed(error: unknown): void;
}

/** Of whom the organization wants a second step; they set it up when they sign in next. */
export function StepRule({ config, source, onSaved, onFailed }: StepRuleProps) {
  const { t } = useWords();
  const stored = config.organization?.settings?.second_step ?? "";
  const [chosen, choose] = useState<Obliged>();
  const save = (rule: Obliged) => {
    choose(rule);
    source.oblige(config, rule).then(
      () => {
        confirmDone(t.adminSaved());
        onSaved();
      },
      (error: unknown) => {
        choose(undefined);
        onFailed(error);
      },
    );
  };
  return (
    <OneOf
      row
      label={t.accountUsersRequired()}
      value={chosen ?? stored}
      onChange={(rule) => save(rule as Obliged)}
      options={[
        { id: "", name: t.accountUsersNobody() },
        { id: "administrators", name: t.accountUsersAdministrators() },
        { id: "everybody", name: t.accountUsersEverybody() },
      ]}
    />
  );
}
