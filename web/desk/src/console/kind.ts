// A sort of object, as the console lists it and shows its form.
import type { FieldSpec, Said } from "./field";
import type { ComponentType } from "react";
import type { Config, List, Obj } from "./object";
import type { Words } from "./words";

/** What a form holds at this moment, for who shows what comes of it. */
export interface PreviewProps {
  mine: Obj;
  config: Config;
}

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
  /** What others will see of it, below the field that shows in it most. */
  preview?: { below: string; Of: ComponentType<PreviewProps> };
  /** Those that nobody made, to be read and not changed. */
  builtIn?(t: Words): Obj[];
}
