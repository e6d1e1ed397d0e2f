// A new version on the server: looked for whenever the connection comes back,
// because that is when a server was restarted. When it suits is for the agent to
// say; what was written is kept.
import { Sparkles } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Banner } from "../../../ui/src/Banner";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { useDesk } from "../live/state";
import { isOutdated } from "../live/version";

export const UpdateBanner = memo(function UpdateBanner() {
  const { t } = useLanguage();
  const online = useDesk((state) => state.link.state === "online");
  const [shown, show] = useState(false);
  const was = useRef<"first" | "away" | "online">("first");
  useEffect(() => {
    const back = online && was.current === "away";
    if (online) was.current = "online";
    else if (was.current === "online") was.current = "away";
    if (back) void isOutdated().then((outdated) => outdated && show(true));
  }, [online]);
  useEffect(() => {
    if (shown) announce(t.netUpdated());
  }, [shown, t]);
  if (!shown) return null;
  return (
    <Banner
      label={t.netUpdatedTitle()}
      tone="note"
      icon={<Sparkles size={20} aria-hidden="true" />}
      actions={
        <>
          <Button small look="primary" onPress={() => window.location.reload()}>
            {t.netReload()}
          </Button>
          <Button small look="quiet" onPress={() => show(false)}>
            {t.actionDismiss()}
          </Button>
        </>
      }
    >
      {t.netUpdated()}
    </Banner>
  );
});
