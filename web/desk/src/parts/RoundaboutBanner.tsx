// A proxy that lets no socket through: everything works, by a slower way. Said
// once a session, since the agent can do nothing about it but tell somebody.
import { Route } from "lucide-react";
import { memo, useEffect, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Banner } from "../../../ui/src/Banner";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { useDesk } from "../live/state";

export const RoundaboutBanner = memo(function RoundaboutBanner() {
  const { t } = useLanguage();
  const roundabout = useDesk((state) => state.link.roundabout === true);
  const [read, setRead] = useState(false);
  const shown = roundabout && !read;
  useEffect(() => {
    if (shown) announce(t.netRoundabout());
  }, [shown, t]);
  if (!shown) return null;
  return (
    <Banner
      label={t.netRoundaboutTitle()}
      tone="warning"
      icon={<Route size={20} aria-hidden="true" />}
      actions={
        <Button small onPress={() => setRead(true)}>
          {t.actionDismiss()}
        </Button>
      }
    >
      {t.netRoundabout()}
    </Banner>
  );
});
