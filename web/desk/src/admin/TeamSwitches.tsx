import { useMemo } from "react";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Name } from "../../../ui/src/Phrase";
import { Switch } from "../../../ui/src/Switch";
import { Searched } from "./Searched";
import type { Team } from "./source";
import s from "./AdminPage.module.css";

export interface TeamSwitchesProps {
  teams: readonly Team[];
  /** The ids of those that are on. */
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

/** The teams, each to be switched on or off. Of many that are searched, those that are on stand above the search. */
export function TeamSwitches({ teams, chosen, onChange }: TeamSwitchesProps) {
  const { t, lang } = useLanguage();
  const all = useMemo(
    () =>
      teams.map((team) => {
        const name = { en: "", ar: "", ...team.name };
        return { id: team.id, name: inLanguage(name, lang), also: `${name.en} ${name.ar}` };
      }),
    [teams, lang],
  );
  const on = all.filter(({ id }) => chosen.includes(id));
  return (
    <fieldset className={s.group}>
      <legend>{t.adminTeams()}</legend>
      <Searched label={t.labelSearchTeams()} none={t.adminTeamsNone} choices={all}>
        {(found, many) => (
          <>
            {many && on.length > 0 && (
              <p className={s.tags}>
                {on.map(({ id, name }) => (
                  <Name key={id} text={name} />
                ))}
              </p>
            )}
            <div className={many ? s.scrolled : s.group}>
              {found.map(({ id, name }) => (
                <Switch
                  key={id}
                  on={chosen.includes(id)}
                  onChange={(now) => onChange(now ? [...chosen, id] : chosen.filter((other) => other !== id))}
                >
                  <Name text={name} />
                </Switch>
              ))}
            </div>
          </>
        )}
      </Searched>
    </fieldset>
  );
}
