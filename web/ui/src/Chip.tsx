import type { ReactNode } from "react";
import s from "./Chip.module.css";

export type Tone = "available" | "idle" | "rona" | "engaged" | "neutral" | "accent" | "warning";

/** A small word about a state; colour never says it alone. */
export function Chip({
  tone = "neutral",
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={`${s.chip} ${s[tone]}`}>
      {icon}
      {children}
    </span>
  );
}
