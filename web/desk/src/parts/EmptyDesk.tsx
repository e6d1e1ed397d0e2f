import { Inbox } from "lucide-react";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { useActions, useDesk } from "../live/state";
import { attempt } from "./problems";
import s from "./EmptyDesk.module.css";

/** The interaction pane while no conversation is open: the one thing there is to do. */
export function EmptyDesk() {
  const { t } = useLanguage();
  const actions = useActions();
  const presence = useDesk((state) => state.desk?.agent.presence);
  const some = useDesk((state) => state.desk?.cards.some((card) => card.kind !== "request") === true);
  return (
    <section className={s.empty} aria-label={t.labelInteractionPane()} data-pane="interaction" tabIndex={-1}>
      <Inbox size={40} strokeWidth={1.5} aria-hidden="true" />
      <h1 className={s.title}>{some ? t.homeSelect() : t.homeEmptyTitle()}</h1>
      {presence === "available" ? (
        <p>{t.homeEmptyAvailable()}</p>
      ) : presence ? (
        <>
          <p>{t.homeEmptyUnavailable()}</p>
          {presence !== "rona" && (
            <Button look="primary" onPress={() => attempt(actions.setPresence("available"), t)}>
              {t.actionGoAvailable()}
            </Button>
          )}
        </>
      ) : null}
    </section>
  );
}
