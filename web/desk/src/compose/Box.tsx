// The box itself: a text area over a mirror of its text, which gives it its
// height, one line to eight, and draws the marks under the letters.
import type { ComponentProps } from "react";
import type { Dir } from "../../../protocol/src/text/direction";
import type { Stretch } from "../model/counter";
import s from "./Composer.module.css";

/**
 * So much of a text is mirrored. It is far beyond what can be sent, and laying
 * out more, for every key, would make a pasted book hard to get rid of.
 */
export const mirrored = 8000;

export interface BoxProps extends Omit<ComponentProps<"textarea">, "className" | "dir"> {
  dir: Dir;
  value: string;
  stretches: Stretch[];
}

export function Box({ stretches, value, dir, ...rest }: BoxProps) {
  return (
    <div className={s.grow} data-long={value.length > mirrored || undefined}>
      <div aria-hidden="true" dir={dir} className={s.mirror}>
        {value.length <= mirrored &&
          stretches.map((part, i) => (
            <span key={i} className={part.mark ? s[part.mark] : undefined}>
              {part.text}
            </span>
          ))}
        {"\u200b"}
      </div>
      <textarea {...rest} className={s.input} dir={dir} rows={1} value={value} spellCheck />
    </div>
  );
}
