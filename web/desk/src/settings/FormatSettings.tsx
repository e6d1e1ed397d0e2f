import { OneOf } from "../../../ui/src/Choice";
import { clockText } from "../../../ui/src/duration";
import { useLanguage } from "../../../ui/src/language";
import { useNow } from "../../../ui/src/now";
import { Code, Phrase } from "../../../ui/src/Phrase";
import { Switch } from "../../../ui/src/Switch";
import { changePreferences, usePreference, type Preferences } from ".";
import s from "./Settings.module.css";

/** Digits, 12 or 24 hours, and the Hijri date; the sample shows what they come to. */
export function FormatSettings() {
  const { t, formats, digits } = useLanguage();
  const now = useNow();
  return (
    <>
      <OneOf
        row
        label={t.settingsDigits()}
        value={usePreference("digits")}
        onChange={(next) => changePreferences({ digits: next as Preferences["digits"] })}
        options={[
          { id: "organization", name: t.settingsOrganization() },
          { id: "latn", name: <Code>{t.setupDigitsLatn()}</Code> },
          { id: "arab", name: <Code>{t.setupDigitsArab()}</Code> },
        ]}
      />
      <OneOf
        row
        label={t.settingsClock()}
        value={usePreference("hourCycle")}
        onChange={(next) => changePreferences({ hourCycle: next as Preferences["hourCycle"] })}
        options={[
          { id: "organization", name: t.settingsOrganization() },
          { id: "24", name: t.settingsClockTwentyFour() },
          { id: "12", name: t.settingsClockTwelve() },
        ]}
      />
      <Switch on={usePreference("hijri")} onChange={(hijri) => changePreferences({ hijri })}>
        {t.settingsHijri()}
      </Switch>
      <div className={s.sample}>
        <p>
          <Phrase text={t.settingsSample({ text: formats.dateTime(now) })} />
        </p>
        <p>{formats.fullDate(now)}</p>
        {formats.hijri(now) && <p>{formats.hijri(now)}</p>}
        <p>
          <Code>{clockText(3765, digits)}</Code>
        </p>
      </div>
    </>
  );
}
