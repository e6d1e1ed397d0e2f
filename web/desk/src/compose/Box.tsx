// The box itself: a text area over a mirror of its text, which gives it its
// height, one line to eight, and draws the marks under the letters.
import type { ComponentProps } from "react";
import type { Dir } from "../../../protocol/src/text/direction";
import type { Stretch } from "../model/counter";
import s from "./Composer.module.css";

export interface BoxProps extends Omit<ComponentProps<"textarea">, "className" | "dir"> {
  dir: Dir;
  stretches: Stretch[];
}

export function Box({ stretches, dir, ...rest }: BoxProps) {
  return (
    <div className={s.grow}>
      <div aria-hidden="true" dir={dir} className={s.mirror}>
        {stretches.map((part, i) => (
          <span key={i} className={part.mark ? s[part.mark] : undefined}>
            {part.text}
          </span>
        ))}
        {"\u200b"}
      </div>
      <textarea {...rest} className={s.input} dir={dir} rows={1} spellCheck />
    </div>
  );
}
