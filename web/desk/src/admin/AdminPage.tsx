import { ChevronDown } from "lucide-react";
import { useContext, useEffect, useId, useState, type ReactNode } from "react";
import { LiveRegions } from "../../../ui/src/announce";
import { Toasts } from "../../../ui/src/Toasts";
import { Link } from "../address";
import { LanguageSwitch, ThemeSwitch } from "../parts/LookSwitches";
import { useWords } from "../console/words";
import { Mark } from "../parts/Mark";
import { pages } from "./pages";
import { Permitted } from "./permitted";
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
    <div className={`${s.page} ${wide ? s.wide : ""} ${nav ? "" : s.sided}`}>
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
      <div className={s.body}>
        <nav className={s.nav} aria-label={navLabel ?? t.adminTitle()}>
          {nav ?? <Ways />}
        </nav>
        <main className={s.main}>
          <div className={s.heading}>
            <h1 className={s.title}>{title}</h1>
            {actions && <span className={s.actions}>{actions}</span>}
          </div>
          {children}
        </main>
      </div>
      <Toasts label={t.paletteNotifications()} closeLabel={t.actionDismiss()} />
      <LiveRegions />
    </div>
  );
}

/** The ways to every page: beside it, or behind a button where there is no room for them. */
function Ways() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const list = useId();
  const mine = useContext(Permitted);
  return (
    <>
      <button
        type="button"
        className={s.unfold}
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
      >
        {t.adminTitle()}
        <ChevronDown size={18} aria-hidden="true" />
      </button>
      <div id={list} className={s.ways} data-open={open || undefined} onClick={() => setOpen(false)}>
        {pages
          .filter(({ may }) => !mine || may.some((one) => mine.includes(one)))
          .map(({ path, title }) => (
            <Link key={path} to={path}>
              {title(t)}
            </Link>
          ))}
      </div>
    </>
  );
}
