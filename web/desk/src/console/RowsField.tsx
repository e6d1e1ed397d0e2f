import type { ComponentType } from "react";
import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "../../../ui/src/Button";
import type { FieldOfProps, Row } from "./field";
import { at, put, type Obj } from "./object";
import { useWords } from "./words";
import s from "./Console.module.css";

export interface RowsFieldProps extends FieldOfProps {
  /** What draws a field of a row: the same that draws this one. */
  FieldOf: ComponentType<FieldOfProps>;
}

/** A list of things that are made of fields themselves, in their order. */
export function RowsField({ spec, value, config, own, error, onChange, FieldOf }: RowsFieldProps) {
  const { t } = useWords();
  const { row } = spec;
  if (!row) return null;
  const rows = Array.isArray(value) ? (value as Row[]) : [];
  const change = (place: number, next: Row) =>
    onChange(rows.map((one, i) => (i === place ? (row.settled?.(next, config) ?? next) : one)));
  return (
    <fieldset className={s.group}>
      <legend>{spec.label(t)}</legend>
      {spec.hint && <p className={s.muted}>{spec.hint(t)}</p>}
      <ol className={s.rows}>
        {rows.map((one, i) => (
          // A row has no name of its own: what stands at a place is what it is.
          <li key={i}>
            <fieldset className={s.entry}>
              <legend>{row.title(t, i + 1)}</legend>
              {row.fields
                .filter(({ when }) => when?.(one as Obj, config) ?? true)
                .map((field) => (
                  <FieldOf
                    key={field.at}
                    spec={field}
                    value={at(one as Obj, field.at)}
                    config={config}
                    own={own}
                    error={undefined}
                    onChange={(next) => change(i, put(one as Obj, field.at, next))}
                  />
                ))}
              <span>
                <IconButton
                  label={row.remove(t, i + 1)}
                  icon={<Trash2 size={18} aria-hidden="true" />}
                  onPress={() => onChange(rows.filter((_, place) => place !== i))}
                />
              </span>
            </fieldset>
          </li>
        ))}
      </ol>
      <span>
        <Button
          icon={<Plus size={18} aria-hidden="true" />}
          onPress={() => onChange([...rows, row.settled?.(row.fresh(), config) ?? row.fresh()])}
        >
          {row.add(t)}
        </Button>
      </span>
      {error !== undefined && <p className={s.failure}>{error}</p>}
    </fieldset>
  );
}
