// What a field of a form is, as its description says.
import type { Config, List, Obj } from "./object";
import type { Words } from "./words";

export type Said = (t: Words) => string;

export interface FieldSpec {
  /** Where it stands in the object, as in "limits.max_wait". */
  at: string;
  label: Said;
  hint?: Said;
  kind:
    | "text"
    | "names"
    | "texts"
    | "number"
    | "seconds"
    | "switch"
    | "one"
    | "some"
    | "ref"
    | "refs"
    | "rows"
    | "lines"
    | "languages"
    | "color"
    | "zone"
    | "week"
    | "holidays";
  /** Of one of them, or some of them. */
  options?: { id: string; name: Said }[];
  /** Of one: which it is while none is stored. */
  unset?: string;
  /** Of one: what is kept is a number. */
  numeric?: boolean;
  /** Of what a reference names, and which of these. */
  of?: List;
  only?: (o: Obj) => boolean;
  /** It is changed by whoever it is about, too, from where they work. */
  owners?: boolean;
  /** Begins a part of the form. */
  section?: Said;
  /** It is asked for only then. */
  when?: (o: Obj, config: Config) => boolean;
  /** Of rows: what each is made of, and what a new one begins with. */
  row?: RowSpec;
}

/** The languages that there are. */
export const languages: { id: string; name: Said }[] = [
  { id: "ar", name: (t) => t.langAr() },
  { id: "en", name: (t) => t.langEn() },
];

/** What something is called, in both languages. */
export const nameField: FieldSpec = { at: "name", label: (t) => t.consoleName(), kind: "names" };

export interface RowSpec {
  fields: FieldSpec[];
  add: Said;
  /** What the nth is called, and taking it away. */
  title(t: Words, n: number): string;
  remove(t: Words, n: number): string;
  fresh(): Row;
  /** What follows for the rest of a row from what was changed in it. */
  settled?(row: Row, config: Config): Row;
}

/** What stands in a list of an object: it has no identifier of its own. */
export type Row = Record<string, unknown>;

/** What a field is drawn from. */
export interface FieldOfProps {
  spec: FieldSpec;
  value: unknown;
  config: Config;
  /** Which object it is of. */
  own: string;
  error: string | undefined;
  onChange(value: unknown): void;
}
