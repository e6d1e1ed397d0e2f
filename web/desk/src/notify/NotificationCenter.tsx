import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { useEffect, type RefObject } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Popover } from "react-aria-components/Popover";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { placeOf, useGo } from "../address";
import { useDesk } from "../live/state";
import { useStore } from "../live/store";
import { cardOf } from "../model/tasks";
import { log, type Entry } from "./log";
import s from "./NotificationBell.module.css";

const icons = { bad: CircleAlert, good: CircleCheck, plain: Info };

export interface NotificationCenterProps {
  anchor: RefObject<HTMLButtonElement | null>;
  onClose(): void;
}

/** What happened, newest first; failures stay here after their message has gone. */
export function NotificationCenter({ anchor, onClose }: NotificationCenterProps) {
  const { t } = useLanguage();
  const { entries } = useStore(log, (all) => all);
  // What arrives while one looks has been seen as well.
  useEffect(() => log.markSeen(), [entries]);
  return (
    <Popover
      isOpen
      onOpenChange={(open) => !open && onClose()}
      triggerRef={anchor}
      placement="bottom end"
      offset={4}
      className={s.popover ?? ""}
    >
      <Dialog className={s.center ?? ""}>
        <header className={s.head}>
          <Heading slot="title" level={2} className={s.title ?? ""}>
            {t.termNotificationCenter()}
          </Heading>
          {entries.length > 0 && (
            <Button small look="quiet" onPress={log.clear}>
              {t.notifyClear()}
            </Button>
          )}
        </header>
        {entries.length === 0 ? (
          <p className={s.empty}>{t.notifyEmpty()}</p>
        ) : (
          <ul className={s.list}>
            {entries.map((entry) => (
              <li key={entry.id}>
                <One entry={entry} onClose={onClose} />
              </li>
            ))}
          </ul>
        )}
      </Dialog>
    </Popover>
  );
}

/** It leads to its conversation, while that is ours. */
function One({ entry, onClose }: { entry: Entry; onClose(): void }) {
  const { formats } = useLanguage();
  const go = useGo();
  const { conversation } = entry;
  const there = useDesk(
    (state) => conversation !== undefined && cardOf(state.desk, conversation) !== undefined,
  );
  const Icon = icons[entry.tone];
  const content = (
    <>
      <Icon size={18} aria-hidden="true" className={s[entry.tone]} />
      <span className={s.words}>
        <Phrase text={entry.text} />
      </span>
      <time dateTime={new Date(entry.at).toISOString()} className={s.time}>
        {formats.time(entry.at)}
      </time>
    </>
  );
  if (!there || conversation === undefined) return <div className={s.entry}>{content}</div>;
  return (
    <button
      type="button"
      className={s.entry}
      onClick={() => {
        onClose();
        go(placeOf(conversation));
      }}
    >
      {content}
    </button>
  );
}
