import { BellOff, BellRing, Keyboard, LogOut, Settings } from "lucide-react";
import { announce } from "../../../ui/src/announce";
import { Avatar } from "../../../ui/src/Avatar";
import { PlainButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Menu } from "../../../ui/src/Menu";
import type { MenuAction } from "../../../ui/src/MenuList";
import { useActions, useDesk } from "../live/state";
import { signOutBlocked } from "../model/tasks";
import { changePreferences, preferences, usePreference } from "../settings";
import { runCommand, useCommand, useKeys } from "./commands";
import { languageActions, themeActions } from "./LookSwitches";
import { attempt } from "./problems";
import s from "./Header.module.css";

/** Who is signed in, and what is theirs: language, look, sound, shortcuts, and the way out. */
export function ProfileMenu() {
  const language = useLanguage();
  const { t } = language;
  const me = useDesk((state) => state.me);
  const desk = useDesk((state) => state.desk);
  const theme = usePreference("theme");
  const silent = usePreference("silent");
  const keys = useKeys();
  const actions = useActions();
  const toggleSilent = () => {
    const next = !preferences.get().silent;
    changePreferences({ silent: next });
    announce(next ? t.meSilentOn() : t.meSilentOff());
  };
  useCommand("silent", toggleSilent);
  useCommand("profile", () => document.getElementById("profile-menu")?.click());
  const blocked = desk && signOutBlocked(desk);
  const parted = (list: MenuAction[]) =>
    list.map((action, i) => (i === 0 ? { ...action, apart: true } : action));
  return (
    <Menu
      end
      label={t.meMenu()}
      trigger={
        <PlainButton id="profile-menu" className={s.profile} aria-label={t.meMenu()}>
          <Avatar name={me.name} size="small" />
        </PlainButton>
      }
      actions={[
        ...languageActions(language),
        ...parted(themeActions(t, theme)),
        {
          id: "silent",
          text: t.meSilent(),
          icon: silent ? <BellOff size={18} /> : <BellRing size={18} />,
          current: silent,
          hint: keys.hint("silent"),
          apart: true,
          onAction: toggleSilent,
        },
        {
          id: "settings",
          text: t.settingsTitle(),
          icon: <Settings size={18} />,
          hint: keys.hint("settings"),
          onAction: () => runCommand("settings"),
        },
        {
          id: "shortcuts",
          text: t.meShortcuts(),
          icon: <Keyboard size={18} />,
          hint: keys.hint("shortcuts"),
          onAction: () => runCommand("shortcuts"),
        },
        {
          id: "sign-out",
          text: t.actionSignOut(),
          icon: <LogOut size={18} className="mirrored" />,
          apart: true,
          dimmed: blocked !== undefined,
          detail:
            blocked === "request" ? t.popoverNoSignOut() : blocked ? t.errorSignOutOpenWork() : undefined,
          onAction: () => {
            if (!blocked) attempt(actions.signOut(), t);
          },
        },
      ]}
    />
  );
}
