import { VolumeX } from "lucide-react";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { useDesk } from "../live/state";
import { usePreference } from "../settings";
import { player, useBlocked } from "./player";
import s from "./NotificationBell.module.css";

/** Said while the browser would keep the sound of a request back; any press on the page helps, this one too. */
export function SoundChip() {
  const { t } = useLanguage();
  const blocked = useBlocked();
  const silent = usePreference("silent");
  const volume = usePreference("volume");
  const { request } = usePreference("sounds");
  const there = useDesk((state) => state.desk !== undefined && state.desk.agent.presence !== "signed_out");
  if (!blocked || !there || silent || volume === 0 || !request) return null;
  return (
    <Button
      small
      aria-label={t.meSoundOn()}
      icon={<VolumeX size={16} aria-hidden="true" />}
      onPress={() => void player.unlock()}
    >
      <span className={s.chipWord}>{t.meSoundOn()}</span>
    </Button>
  );
}
