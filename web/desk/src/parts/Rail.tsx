import { memo } from "react";
import { ChartColumn, CircleQuestionMark, Hourglass, House, Settings } from "lucide-react";
import { useLanguage } from "../../../ui/src/language";
import { Link } from "../address";
import { useDesk } from "../live/state";
import { consoleOf } from "../model/permissions";
import { runCommand, useKeys } from "./commands";
import s from "./Rail.module.css";

/** The ways to the other pages: pictures with their words, or with the words as tooltips where it is narrow. */
export const Rail = memo(function Rail() {
  const { t } = useLanguage();
  const keys = useKeys();
  const console = useDesk((state) => consoleOf(state.me.permissions));
  // Whom one may take, or for a supervisor all who wait.
  const waiting = useDesk(({ me, setup }) => setup.picks || me.permissions.includes("read_conversations"));
  return (
    <nav className={s.rail} aria-label={t.navMain()} data-pane="navigation" tabIndex={-1}>
      <Link to="/desk" className={s.item} title={t.navHome()}>
        <House size={20} aria-hidden="true" />
        <span className={s.word}>{t.navHome()}</span>
      </Link>
      <Link to="/desk/me" className={s.item} title={t.navMe()}>
        <ChartColumn size={20} aria-hidden="true" className="mirrored" />
        <span className={s.word}>{t.navMe()}</span>
      </Link>
      {waiting && (
        <Link to="/desk/waiting" className={s.item} title={t.navWaiting()}>
          <Hourglass size={20} aria-hidden="true" />
          <span className={s.word}>{t.navWaiting()}</span>
        </Link>
      )}
      {console && (
        <Link to={console} className={s.item} title={t.navAdmin()}>
          <Settings size={20} aria-hidden="true" />
          <span className={s.word}>{t.navAdmin()}</span>
        </Link>
      )}
      <button
        type="button"
        className={`${s.item} ${s.help}`}
        title={t.meShortcuts()}
        aria-haspopup="dialog"
        aria-keyshortcuts={keys.aria("shortcuts")}
        onClick={() => runCommand("shortcuts")}
      >
        <CircleQuestionMark size={20} aria-hidden="true" className="mirrored" />
        <span className={s.word}>{t.meShortcuts()}</span>
      </button>
    </nav>
  );
});
