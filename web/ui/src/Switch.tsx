import type { ReactNode } from "react";
import { Switch as AriaSwitch } from "react-aria-components/Switch";
import s from "./Switch.module.css";

export interface SwitchProps {
  on: boolean;
  onChange(on: boolean): void;
  children: ReactNode;
  /** A second line: what it means. */
  hint?: ReactNode;
}

/** Something that is on or off, at once. */
export function Switch({ on, onChange, children, hint }: SwitchProps) {
  return (
    <AriaSwitch isSelected={on} onChange={onChange} className={s.switch ?? ""}>
      <span className={s.track} aria-hidden="true">
        <span className={s.knob} />
      </span>
      <span className={s.words}>
        <span>{children}</span>
        {hint && <span className={s.hint}>{hint}</span>}
      </span>
    </AriaSwitch>
  );
}
