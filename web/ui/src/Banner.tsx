import type { ReactNode } from "react";
import s from "./Banner.module.css";

export interface BannerProps {
  tone: "connection" | "rona" | "success" | "warning" | "note";
  icon?: ReactNode;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** alert is spoken at once when it appears; status when there is a pause. */
  role?: "alert" | "status" | undefined;
  label?: string | undefined;
}

/** A strip across the page or a pane that stays until what it says is over. */
export function Banner({ tone, icon, title, children, actions, role, label }: BannerProps) {
  return (
    <div className={`${s.banner} ${s[tone]}`} {...(label ? { role: "region", "aria-label": label } : {})}>
      {icon && <span className={s.icon}>{icon}</span>}
      <div className={s.text} role={role}>
        {title && <p className={s.title}>{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className={s.actions}>{actions}</div>}
    </div>
  );
}
