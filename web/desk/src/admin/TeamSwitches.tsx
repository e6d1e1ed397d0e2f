import { useMemo } from "react";
import { useLanguage } from "../../../ui/src/language";
import { choiceOf } from "../console/object";
import { RefsField } from "../console/RefsField";
import type { Team } from "./source";

export interface TeamSwitchesProps {
  teams: readonly Team[];
  /** The ids of those that are on. */
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

/** The teams, each to be switched on or off. */
export function TeamSwitches({ teams, chosen, onChange }: TeamSwitchesProps) {
  const { t, lang } = useLanguage();
  const choices = useMemo(() => teams.map((team) => choiceOf({ ...team }, lang)), [teams, lang]);
  return (
    <RefsField
      label={t.adminTeams()}
      search={t.labelSearchTeams()}
      none={t.adminTeamsNone}
      choices={choices}
      chosen={chosen}
      onChange={onChange}
    />
  );
}
