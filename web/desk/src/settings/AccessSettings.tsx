import { OneOf } from "../../../ui/src/Choice";
import { useLanguage } from "../../../ui/src/language";
import { Range } from "../../../ui/src/Range";
import { changePreferences, usePreference, type Preferences } from ".";
import s from "./Settings.module.css";

/** How long one has to answer (A4), and how much is announced (A11). */
export function AccessSettings() {
  const { t } = useLanguage();
  return (
    <>
      <Range
        label={t.settingsMoreTime()}
        value={usePreference("answerFactor")}
        least={1}
        most={10}
        onChange={(answerFactor) => changePreferences({ answerFactor })}
        text={(n) => t.settingsTimes({ n })}
        hint={t.settingsMoreTimeHint()}
      />
      <div className={s.block}>
        <OneOf
          label={t.settingsVerbosity()}
          value={usePreference("verbosity")}
          onChange={(next) => changePreferences({ verbosity: next as Preferences["verbosity"] })}
          options={[
            { id: "all", name: t.settingsVerbosityAll() },
            { id: "names", name: t.settingsVerbosityNames() },
            { id: "count", name: t.settingsVerbosityCount() },
            { id: "off", name: t.settingsVerbosityOff() },
          ]}
        />
        <p className={s.muted}>{t.settingsVerbosityHint()}</p>
      </div>
    </>
  );
}
