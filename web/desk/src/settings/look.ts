// How the page follows what the person chose: on its root element, and in
// dates and figures.
import { useMemo } from "react";
import type { Lang, Taste } from "../../../ui/src/language";
import { applyDensity, applyTheme } from "../../../ui/src/theme";
import { preferences, usePreference } from ".";

/** From now on the page is as light and as dense as was chosen. */
export function followLook(): void {
  const apply = () => {
    const { theme, density } = preferences.get();
    applyTheme(theme);
    applyDensity(density);
  };
  apply();
  preferences.subscribe(apply);
}

/** The chosen language, if any, and how dates and figures are to be written. */
export function useTaste(): { wanted: Lang | undefined; taste: Taste } {
  const language = usePreference("language");
  const digits = usePreference("digits");
  const hourCycle = usePreference("hourCycle");
  const hijri = usePreference("hijri");
  const taste = useMemo<Taste>(
    () => ({
      digits: digits === "organization" ? undefined : digits,
      hourCycle: hourCycle === "organization" ? undefined : hourCycle === "12" ? 12 : 24,
      hijri,
    }),
    [digits, hourCycle, hijri],
  );
  return { wanted: language === "" ? undefined : language, taste };
}
