import { Languages, Moon, Settings, Sun, SunMoon } from "lucide-react";
import { useState } from "react";
import { Link } from "@tanstack/react-router";
import { IconButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Menu } from "../../../ui/src/Menu";
import { applyTheme, storedTheme, type Theme } from "../../../ui/src/theme";
import { useDesk } from "../live/state";
import { StateSelector } from "./StateSelector";
import s from "./Header.module.css";

/** The strip at the top: who we are, whether we are connected, and the agent's state. */
export function Header() {
  const { t } = useLanguage();
  const admin = useDesk((state) => state.me.roles.includes("administrator"));
  return (
    <header className={s.header} data-pane="header" tabIndex={-1}>
      <Link to="/desk" className={s.logo ?? ""} title={t.navHome()}>
        <Mark />
        <span className={s.brand}>{t.appName()}</span>
      </Link>
      <ConnectionDot />
      <span className={s.space} />
      {admin && (
        <Link to="/admin/assets" className={s.admin ?? ""} aria-label={t.navAdmin()} title={t.navAdmin()}>
          <Settings size={20} aria-hidden="true" />
        </Link>
      )}
      <LanguageSwitch />
      <ThemeSwitch />
      <StateSelector />
    </header>
  );
}

/** Two speech bubbles that face each other: the same from both sides. */
export function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
      <rect x="1" y="3" width="17" height="13" rx="5" fill="var(--bubble-agent)" />
      <path d="M5 15v5l6-5z" fill="var(--bubble-agent)" />
      <rect x="10" y="10" width="17" height="13" rx="5" fill="var(--surface)" />
      <rect x="11" y="11" width="15" height="11" rx="4" fill="var(--text-muted)" />
      <path d="M23 21v5l-6-5z" fill="var(--text-muted)" />
    </svg>
  );
}

function ConnectionDot() {
  const { t } = useLanguage();
  const link = useDesk((state) => state.link.state);
  const words = {
    online: t.netLive(),
    connecting: t.netConnecting(),
    reconnecting: t.netReconnecting(),
    offline: t.netDisconnected(),
  };
  return (
    <span
      className={s.connection}
      data-state={link}
      role="img"
      aria-label={t.netStatus({ state: words[link] })}
      title={words[link]}
    >
      <span className={s.dot} />
      <span className={s.live}>{words[link]}</span>
    </span>
  );
}

/** The other language, in its own letters. */
export function LanguageSwitch() {
  const { t, lang, choose } = useLanguage();
  return (
    <Menu
      end
      label={t.langSwitch()}
      trigger={<IconButton label={t.langSwitch()} icon={<Languages size={20} aria-hidden="true" />} />}
      actions={[
        { id: "en", text: t.langEn(), lang: "en", current: lang === "en", onAction: () => choose("en") },
        { id: "ar", text: t.langAr(), lang: "ar", current: lang === "ar", onAction: () => choose("ar") },
      ]}
    />
  );
}

export function ThemeSwitch() {
  const { t } = useLanguage();
  const [theme, set] = useState<Theme>(storedTheme);
  const choose = (next: Theme) => {
    applyTheme(next);
    set(next);
  };
  const choices: [Theme, string, typeof Sun][] = [
    ["light", t.meThemeLight(), Sun],
    ["dark", t.meThemeDark(), Moon],
    ["system", t.meThemeSystem(), SunMoon],
  ];
  const Current = choices.find(([id]) => id === theme)?.[2] ?? SunMoon;
  return (
    <Menu
      end
      label={t.meTheme()}
      trigger={<IconButton label={t.meTheme()} icon={<Current size={20} aria-hidden="true" />} />}
      actions={choices.map(([id, text, Icon]) => ({
        id,
        text,
        icon: <Icon size={18} />,
        current: id === theme,
        onAction: () => choose(id),
      }))}
    />
  );
}
