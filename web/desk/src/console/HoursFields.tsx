import { Plus, Trash2 } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { Button, IconButton } from "../../../ui/src/Button";
import { Field } from "../../../ui/src/Field";
import { SearchSelect } from "../../../ui/src/SearchSelect";
import { Switch } from "../../../ui/src/Switch";
import { days, spans, written, wrongSpan, type Day } from "./week";
import { useWords, type Words } from "./words";
import s from "./Console.module.css";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  value: unknown;
  error: string | undefined;
  onChange(value: unknown): void;
}

export function ZoneField({ label, value, error, onChange }: FieldProps) {
  const { t } = useWords();
  const zone = typeof value === "string" ? value : "";
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf("timeZone");
    const all = zone === "" || known.includes(zone) ? known : [zone, ...known];
    return all.map((id) => ({ id, name: id, also: id.replaceAll("_", " ") }));
  }, [zone]);
  return (
    <SearchSelect
      label={label}
      choices={zones}
      value={zone}
      onChange={(id) => onChange(id ?? "")}
      empty={t.consoleNone}
      found={t.nResults}
      more={t.consoleMore}
      error={error}
    />
  );
}

const dayName: Record<Day, (t: Words) => string> = {
  sunday: (t) => t.consoleWeekSunday(),
  monday: (t) => t.consoleWeekMonday(),
  tuesday: (t) => t.consoleWeekTuesday(),
  wednesday: (t) => t.consoleWeekWednesday(),
  thursday: (t) => t.consoleWeekThursday(),
  friday: (t) => t.consoleWeekFriday(),
  saturday: (t) => t.consoleWeekSaturday(),
};

/** The hours of each day of the week, as people write them on a door. */
export function WeekField({ label, hint, value, error, onChange }: FieldProps) {
  const { t } = useWords();
  const week = (value ?? {}) as Partial<Record<Day, string[]>>;
  return (
    <fieldset className={s.group}>
      <legend>{label}</legend>
      {hint && <p className={s.muted}>{hint}</p>}
      {days.map((day) => (
        <DayField
          key={day}
          label={dayName[day](t)}
          value={week[day] ?? []}
          wrong={t.errorHoursInvalidPlain()}
          onChange={(list) => onChange({ ...week, [day]: list })}
        />
      ))}
      {error !== undefined && <p className={s.failure}>{error}</p>}
    </fieldset>
  );
}

interface DayFieldProps {
  label: string;
  value: string[];
  wrong: string;
  onChange(list: string[]): void;
}

/** While one types the text is one's own; it is read with every key, and tidied when one leaves. */
function DayField({ label, value, wrong, onChange }: DayFieldProps) {
  const [text, type] = useState<string>();
  return (
    <Field
      label={label}
      dir="ltr"
      autoComplete="off"
      value={text ?? written(value)}
      error={text === undefined && wrongSpan(value) !== undefined ? wrong : undefined}
      onChange={(event) => {
        type(event.target.value);
        onChange(spans(event.target.value));
      }}
      onBlur={() => type(undefined)}
    />
  );
}

interface Holiday {
  name?: string;
  first?: string;
  last?: string;
  yearly?: boolean;
}

/** Days on which it is closed. */
export function HolidaysField({ label, value, error, onChange }: FieldProps) {
  const { t } = useWords();
  const all = Array.isArray(value) ? (value as Holiday[]) : [];
  const change = (at: number, part: Holiday) =>
    onChange(all.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <fieldset className={s.group}>
      <legend>{label}</legend>
      <ul className={s.rows}>
        {all.map((holiday, i) => (
          // A row has no name of its own: what stands at a place is what it is.
          <li key={i} className={s.row}>
            <Field
              label={t.consoleFHoliday({ n: i + 1 })}
              dir="auto"
              autoComplete="off"
              value={holiday.name ?? ""}
              onChange={(event) => change(i, { name: event.target.value })}
            />
            <Field
              label={t.consoleFAfter()}
              type="date"
              value={holiday.first ?? ""}
              onChange={(event) => change(i, { first: event.target.value })}
            />
            <Field
              label={t.consoleFLast()}
              type="date"
              value={holiday.last ?? ""}
              onChange={(event) => change(i, { last: event.target.value })}
            />
            <Switch on={holiday.yearly ?? false} onChange={(yearly) => change(i, { yearly })}>
              {t.consoleFYearly()}
            </Switch>
            <IconButton
              label={t.consoleFHolidayRemove({ n: i + 1 })}
              icon={<Trash2 size={18} aria-hidden="true" />}
              onPress={() => onChange(all.filter((_, at) => at !== i))}
            />
          </li>
        ))}
      </ul>
      <span>
        <Button icon={<Plus size={18} aria-hidden="true" />} onPress={() => onChange([...all, {}])}>
          {t.consoleFHolidayAdd()}
        </Button>
      </span>
      {error !== undefined && <p className={s.failure}>{error}</p>}
    </fieldset>
  );
}
