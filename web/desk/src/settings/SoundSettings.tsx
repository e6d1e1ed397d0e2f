import { Bell, Volume2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Range } from "../../../ui/src/Range";
import { Switch } from "../../../ui/src/Switch";
import { askPermission, permission } from "../notify/desktop";
import { player } from "../notify/player";
import { soundEvents, type SoundEvent } from "./preferences";
import { changePreferences, preferences, usePreference } from ".";
import s from "./Settings.module.css";

/** What is heard, how loudly, and what the system shows while one is elsewhere. */
export function SoundSettings() {
  const { t, formats } = useLanguage();
  return (
    <>
      <Switch
        on={usePreference("silent")}
        onChange={(silent) => changePreferences({ silent })}
        hint={t.settingsSilentHint()}
      >
        {t.meSilent()}
      </Switch>
      <Range
        label={t.settingsVolume()}
        value={usePreference("volume")}
        least={0}
        most={100}
        step={5}
        onChange={(volume) => changePreferences({ volume })}
        text={(n) => formats.percent(n / 100)}
      />
      <Sounds />
      <Notifications />
    </>
  );
}

function Sounds() {
  const { t } = useLanguage();
  const on = usePreference("sounds");
  const names: Record<SoundEvent, string> = {
    request: t.settingsSoundsRequest(),
    message: t.settingsSoundsMessage(),
    tick: t.settingsSoundsTick(),
    missed: t.settingsSoundsMissed(),
    accepted: t.settingsSoundsAccepted(),
    interrupted: t.settingsSoundsInterrupted(),
  };
  const hear = (event: SoundEvent) => {
    void player.unlock().then(() => player.play(event, preferences.get().volume));
  };
  return (
    <div role="group" aria-label={t.settingsSounds()}>
      <h3 className={s.heading}>{t.settingsSounds()}</h3>
      {soundEvents.map((event) => (
        <div key={event} className={s.sound}>
          <Switch on={on[event]} onChange={(next) => changePreferences({ sounds: { ...on, [event]: next } })}>
            {names[event]}
          </Switch>
          <IconButton
            small
            label={t.settingsSoundsTry({ sound: names[event] })}
            icon={<Volume2 size={18} />}
            onPress={() => hear(event)}
          />
        </div>
      ))}
    </div>
  );
}

/** The browser is asked only here, by a button beside the reason. */
function Notifications() {
  const { t } = useLanguage();
  const wanted = usePreference("notifications");
  const hideText = usePreference("hideText");
  const [allowed, allow] = useState(permission);
  const turnOn = () =>
    void askPermission().then((answer) => {
      allow(answer);
      changePreferences({ notifications: answer === "granted" });
    });
  return (
    <div role="group" aria-label={t.settingsNotifications()} className={s.block}>
      <h3 className={s.heading}>{t.settingsNotifications()}</h3>
      {allowed === "none" ? (
        <p>{t.settingsNotificationsNone()}</p>
      ) : allowed === "denied" ? (
        <p>{t.notifyBlocked()}</p>
      ) : allowed === "granted" ? (
        <Switch
          on={wanted}
          onChange={(notifications) => changePreferences({ notifications })}
          hint={t.settingsNotificationsHint()}
        >
          {t.settingsNotifications()}
        </Switch>
      ) : (
        <>
          <p>{t.notifyAsk()}</p>
          <Button icon={<Bell size={18} />} onPress={turnOn}>
            {t.settingsNotificationsTurnOn()}
          </Button>
        </>
      )}
      <Switch
        on={hideText}
        onChange={(next) => changePreferences({ hideText: next })}
        hint={t.settingsHideTextHint()}
      >
        {t.settingsHideText()}
      </Switch>
    </div>
  );
}
