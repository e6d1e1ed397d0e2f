import { OneOf } from "../../../ui/src/Choice";
import { useLanguage, type Lang } from "../../../ui/src/language";
import type { Density, Theme } from "../../../ui/src/theme";
import { changePreferences, usePreference } from ".";

/** Language, light or dark, and how much room a row takes. */
export function LookSettings() {
  const { t, lang, choose } = useLanguage();
  return (
    <>
      <OneOf
        row
        label={t.labelLanguage()}
        value={lang}
        onChange={(next) => choose(next as Lang)}
        options={[
          { id: "ar", name: <bdi lang="ar">{t.langAr()}</bdi> },
          { id: "en", name: <bdi lang="en">{t.langEn()}</bdi> },
        ]}
      />
      <OneOf
        row
        label={t.meTheme()}
        value={usePreference("theme")}
        onChange={(theme) => changePreferences({ theme: theme as Theme })}
        options={[
          { id: "light", name: t.meThemeLight() },
          { id: "dark", name: t.meThemeDark() },
          { id: "system", name: t.meThemeSystem() },
        ]}
      />
      <OneOf
        row
        label={t.meDensity()}
        value={usePreference("density")}
        onChange={(density) => changePreferences({ density: density as Density })}
        options={[
          { id: "comfortable", name: t.meDensityComfortable() },
          { id: "compact", name: t.meDensityCompact() },
        ]}
      />
    </>
  );
}
