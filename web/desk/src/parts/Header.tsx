import { memo } from "react";
import { Search } from "lucide-react";
import { useLanguage } from "../../../ui/src/language";
import { Link } from "../address";
import { useDesk } from "../live/state";
import { NotificationBell } from "../notify/NotificationBell";
import { SoundChip } from "../notify/SoundChip";
import { runCommand, useKeys } from "./commands";
import { Mark } from "./Mark";
import { ProfileMenu } from "./ProfileMenu";
import { StateSelector } from "./StateSelector";
import s from "./Header.module.css";

/** The strip at the top: who we are, whether we are connected, and the agent's state. */
export const Header = memo(function Header() {
  const { t } = useLanguage();
  return (
    <header className={s.header} data-pane="header" tabIndex={-1}>
      <div className={s.row}>
        <Link to="/desk" className={s.logo} title={t.navHome()}>
          <Mark />
          <span className={s.brand}>{t.appName()}</span>
        </Link>
        <PaletteField />
        <SoundChip />
        <span className={s.space} />
        <ConnectionDot />
        <NotificationBell />
        <StateSelector />
        <ProfileMenu />
      </div>
    </header>
  );
});

/** Looks like the field that it opens. */
function PaletteField() {
  const { t } = useLanguage();
  const keys = useKeys();
  return (
    <button
      type="button"
      className={s.palette}
      aria-haspopup="dialog"
      aria-keyshortcuts={keys.aria("palette")}
      title={t.paletteOpen()}
      onClick={() => runCommand("palette")}
    >
      <Search size={18} aria-hidden="true" />
      <span className={s.paletteText}>{t.paletteOpen()}</span>
      <kbd dir="ltr" aria-hidden="true" className={s.paletteKey}>
        {keys.hint("palette")}
      </kbd>
    </button>
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
