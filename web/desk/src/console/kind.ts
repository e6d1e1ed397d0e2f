// A sort of object, as the console lists it and shows its form.
import type { FieldSpec, Said } from "./field";
import type { List, Obj } from "./object";
import type { Words } from "./words";

export interface Kind {
  /** The list that holds them, or the one object that there is. */
  list: List | "organization";
  path: string;
  title: Said;
  one: Said;
  intro: Said;
  /** What a new one begins with. */
  fresh: Omit<Obj, "id">;
  fields: FieldSpec[];
  archives: boolean;
  /** Those that nobody made, to be read and not changed. */
  builtIn?(t: Words): Obj[];
}
