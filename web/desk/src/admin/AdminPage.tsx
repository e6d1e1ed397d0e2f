import { useEffect, type ReactNode } from "react";
import { LiveRegions } from "../../../ui/src/announce";
import { Toasts } from "../../../ui/src/Toasts";
import { Link } from "../address";
import { LanguageSwitch, ThemeSwitch } from "../parts/LookSwitches";
import { useWords } from "../console/words";
import { Mark } from "../parts/Mark";
import { pages } from "./pages";
import s from "./AdminPage.module.css";

export interface AdminPageProps {
  title: string;
  /** Beside the title. */
  actions?: ReactNode;
  /** The ways to the pages beside it, where it is no page of the administration. */
  nav?: ReactNode;
  navLabel?: string;
  /** For a list with a form beside it. */
  wide?: boolean;
  children: ReactNode;
}

/** What every page of the administration stands in. */
export function AdminPage({ title, actions, nav, navLabel, wide, children }: AdminPageProps) {
  const { t } = useWords();
  useEffect(() => {
    document.title = t.pageTitle({ page: title, app: t.appName() });
  }, [t, title]);
  return (
    <div className={`${s.page} ${wide ? s.wide : ""}`}>
      <header className={s.top}>
        <Link to="/desk" className={s.brand}>
          <Mark />
          {t.navDesk()}
        </Link>
        <span className={s.tools}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <nav className={s.nav} aria-label={navLabel ?? t.adminTitle()}>
        {nav ?? (
          <>
            {pages.map(({ path, title: name }) => (
              <Link key={path} to={path}>
                {name(t)}
              </Link>
            ))}
          </>
        )}
      </nav>
      <main className={s.main}>
        <div className={s.heading}>
          <h1 className={s.title}>{title}</h1>
          {actions && <span className={s.actions}>{actions}</span>}
        </div>
        {children}
      </main>
      <Toasts label={t.paletteNotifications()} closeLabel={t.actionDismiss()} />
      <LiveRegions />
    </div>
  );
}
