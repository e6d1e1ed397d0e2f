import type { ReactNode } from "react";
import type { Choice } from "../../../ui/src/choices";
import { Name } from "../../../ui/src/Phrase";
import { Switch } from "../../../ui/src/Switch";
import { Searched } from "../admin/Searched";
import { useWords } from "./words";
import s from "./Console.module.css";

export interface RefsFieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** What the search is called, and what it says when nothing is found; the words of any list, unless said. */
  search?: string;
  none?(a: { q: string }): string;
  choices: Choice[];
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

/** Any number of them; of many that are searched, those that are on stand above the search. */
export function RefsField(props: RefsFieldProps) {
  const { t } = useWords();
  const {
    label,
    hint,
    error,
    search = t.consoleSearch(),
    none = t.consoleNone,
    choices,
    chosen,
    onChange,
  } = props;
  return (
    <fieldset className={s.group}>
      <legend>{label}</legend>
      {hint && <p className={s.muted}>{hint}</p>}
      <Searched label={search} none={none} choices={choices}>
        {(found, many) => (
          <>
            {many && chosen.length > 0 && (
              <p className={s.tags}>
                {choices
                  .filter(({ id }) => chosen.includes(id))
                  .map(({ id, name }) => (
                    <Name key={id} text={name} />
                  ))}
              </p>
            )}
            <div className={many ? s.scrolled : s.group}>
              {found.map(({ id, name }) => (
                <Switch
                  key={id}
                  on={chosen.includes(id)}
                  onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
                >
                  <Name text={name} />
                </Switch>
              ))}
            </div>
          </>
        )}
      </Searched>
      {error !== undefined && <p className={s.failure}>{error}</p>}
    </fieldset>
  );
}
