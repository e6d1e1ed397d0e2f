// Language and theme on pages without a profile menu: sign-in, set-up, administration.
import { Languages, Moon, Sun, SunMoon } from "lucide-react";
import type { Messages } from "../../../locales";
import { IconButton } from "../../../ui/src/Button";
import { useLanguage, type Lang, type Language } from "../../../ui/src/language";
import { Menu } from "../../../ui/src/Menu";
import type { MenuAction } from "../../../ui/src/MenuList";
import type { Theme } from "../../../ui/src/theme";
import { changePreferences, usePreference } from "../settings";

/** The languages, each in its own letters. */
export function languageActions({ t, lang, choose }: Language): MenuAction[] {
  const names: [Lang, string][] = [
    ["en", t.langEn()],
    ["ar", t.langAr()],
  ];
  return names.map(([id, text]) => ({
    id,
    text,
    lang: id,
    icon: <Languages size={18} />,
    current: lang === id,
    onAction: () => choose(id),
  }));
}

/** The other language, in its own letters. */
export function LanguageSwitch() {
  const language = useLanguage();
  const { t } = language;
  return (
    <Menu
      end
      label={t.langSwitch()}
      trigger={<IconButton label={t.langSwitch()} icon={<Languages size={20} aria-hidden="true" />} />}
      actions={languageActions(language)}
    />
  );
}

export function themes(t: Messages): [Theme, string, typeof Sun][] {
  return [
    ["light", t.meThemeLight(), Sun],
    ["dark", t.meThemeDark(), Moon],
    ["system", t.meThemeSystem(), SunMoon],
  ];
}

export function themeActions(t: Messages, current: Theme): MenuAction[] {
  return themes(t).map(([id, text, Icon]) => ({
    id,
    text,
    icon: <Icon size={18} />,
    current: id === current,
    onAction: () => changePreferences({ theme: id }),
  }));
}

export function ThemeSwitch() {
  const { t } = useLanguage();
  const theme = usePreference("theme");
  const Current = themes(t).find(([id]) => id === theme)?.[2] ?? SunMoon;
  return (
    <Menu
      end
      label={t.meTheme()}
      trigger={<IconButton label={t.meTheme()} icon={<Current size={20} aria-hidden="true" />} />}
      actions={themeActions(t, theme)}
    />
  );
}
