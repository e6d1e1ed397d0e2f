import { useState } from "react";
import { OneOf } from "../../../ui/src/Choice";
import { useWords } from "../account/words";
import type { Configuration, Obliged, UserSource } from "./source";

export interface StepRuleProps {
  config: Configuration;
  source: Pick<UserSource, "oblige">;
  /** Resolves when config is what was saved. */
  onSaved(): Promise<unknown>;
  onFailed(error: unknown): void;
}

/** Of whom the organization wants a second step; they set it up when they sign in next. */
export function StepRule({ config, source, onSaved, onFailed }: StepRuleProps) {
  const { t } = useWords();
  const stored = config.organization?.settings?.second_step ?? "";
  const [chosen, choose] = useState<Obliged>();
  const save = (rule: Obliged) => {
    choose(rule);
    // Until then it is what was chosen; after that, what is stored, whoever changes it.
    void source
      .oblige(config, rule)
      .then(onSaved, onFailed)
      .finally(() => choose(undefined));
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
