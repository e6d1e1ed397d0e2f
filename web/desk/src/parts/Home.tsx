import { Suspense } from "react";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { later } from "../../../ui/src/later";
import { useActions, useDesk } from "../live/state";
import { runCommand } from "./commands";
import { Picture } from "./Picture";
import { attempt } from "./problems";
import s from "./Home.module.css";

const Figures = later(() => import("./Figures").then((m) => m.Figures));

/** The interaction pane while no conversation is open: the one thing there is to do, and how the day goes. */
export function Home() {
  const { t } = useLanguage();
  const actions = useActions();
  const presence = useDesk((state) => state.desk?.agent.presence);
  const asked = useDesk((state) => state.desk?.cards.some((card) => card.kind === "request") === true);
  const some = useDesk((state) => state.desk?.cards.some((card) => card.kind !== "request") === true);
  return (
    <section className={s.home} aria-label={t.labelInteractionPane()} data-pane="interaction" tabIndex={-1}>
      <div className={s.calm}>
        <Picture />
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
        {presence && !asked && (
          <Button look="quiet" small onPress={() => void runCommand("why")}>
            {t.actionWhy()}
          </Button>
        )}
      </div>
      {presence && (
        <div className={s.day} data-figures="">
          <Suspense>
            <Figures />
          </Suspense>
        </div>
      )}
    </section>
  );
}
