import { Bell, BellOff } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { IconButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { fetchSoon, later } from "../../../ui/src/later";
import { useStore } from "../live/store";
import { useCommand, useKeys } from "../parts/commands";
import { usePreference } from "../settings";
import { log, unseen } from "./log";
import s from "./NotificationBell.module.css";

const load = () => import("./NotificationCenter");
const NotificationCenter = later(() => load().then((m) => m.NotificationCenter));

/** Opens the notification centre; says how much in it is new. */
export function NotificationBell() {
  const { t } = useLanguage();
  const keys = useKeys();
  const count = useStore(log, unseen);
  const silent = usePreference("silent");
  const [open, setOpen] = useState(false);
  const bell = useRef<HTMLButtonElement>(null);
  useEffect(() => fetchSoon(load), []);
  const toggle = () => setOpen((now) => !now);
  useCommand("notifications", toggle);
  const center = t.termNotificationCenter();
  return (
    <span className={s.bell}>
      <IconButton
        ref={bell}
        label={count > 0 ? t.notifyBell({ count: t.nNotices({ n: count }) }) : center}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-keyshortcuts={keys.aria("notifications")}
        icon={silent ? <BellOff size={20} aria-hidden="true" /> : <Bell size={20} aria-hidden="true" />}
        onPress={toggle}
      />
      {count > 0 && (
        <span className={s.count} aria-hidden="true">
          {t.numberPlain({ n: count })}
        </span>
      )}
      {open && (
        <Suspense>
          <NotificationCenter anchor={bell} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  );
}
