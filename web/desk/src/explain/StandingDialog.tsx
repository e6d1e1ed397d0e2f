import { useRef } from "react";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Name, Phrase } from "../../../ui/src/Phrase";
import type { Standing } from "../../../protocol/src/types";
import { useActions, useDesk } from "../live/state";
import { useLook } from "../parts/lookAgain";
import { attempt } from "../parts/problems";
import { stateName } from "../parts/stateName";
import { lists } from "../parts/targets";
import { Failed } from "./Failed";
import { Pair } from "./Parts";
import { ownCounts, ownReason, wantsAvailable } from "./sentences";
import { useWords } from "./words";
import s from "./Explain.module.css";

/** "Why am I not getting requests?": the one reason, what to do, and each queue. */
export function StandingDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const actions = useActions();
  const me = useDesk((state) => state.me.user);
  const look = useLook(["standing", me], actions.standing, lists);
  const closing = useRef<HTMLButtonElement>(null);
  const helps = look.data !== undefined && wantsAvailable(look.data);
  return (
    <Dialog
      title={t.actionWhy()}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button ref={closing} onPress={onClose}>
            {t.actionClose()}
          </Button>
          {helps && (
            <Button
              look="primary"
              onPress={() =>
                attempt(actions.setPresence("available"), t, () => {
                  closing.current?.focus(); // this button goes when it has helped
                  void look.again();
                })
              }
            >
              {t.actionGoAvailable()}
            </Button>
          )}
        </>
      }
    >
      <div className={s.standing} role="status">
        {look.data ? <Reason standing={look.data} /> : !look.failed && <p>{t.threadLoading()}</p>}
      </div>
      {look.failed && <Failed text={t.whyFailed()} again={() => void look.again()} />}
      {look.data && <Facts standing={look.data} />}
    </Dialog>
  );
}

function Reason({ standing }: { standing: Standing }) {
  const { lang } = useLanguage();
  const words = useWords();
  const { t } = words;
  const reasons = useDesk((state) => state.setup.reasons);
  const agent = useDesk((state) => state.desk?.agent);
  const state = agent ? stateName(agent, reasons, t, lang) : t.stateIdle();
  return (
    <p className={s.reason}>
      <Phrase text={ownReason(standing, state, words)} />
    </p>
  );
}

function Facts({ standing }: { standing: Standing }) {
  const { lang } = useLanguage();
  const { t, time } = useWords();
  return (
    <>
      <dl className={s.facts}>
        <Pair name={t.whyOfferedLoad()}>
          {t.whyOfferedLoadOf({ used: standing.occupied, capacity: standing.capacity })}
        </Pair>
      </dl>
      <ul className={s.queues}>
        {standing.queues.map(({ queue, waiting, open, opens_at, excluded }) => (
          <li key={queue.id} className={s.queue} data-box="">
            <p className={s.line}>
              <strong>
                <Name text={inLanguage(queue.name, lang)} />
              </strong>
              <span>{t.nWaiting({ n: waiting })}</span>
              {!open && (
                <span className={s.closed}>
                  <Phrase
                    text={
                      opens_at === undefined ? t.whyQueueClosed() : t.whyQueueOpens({ time: time(opens_at) })
                    }
                  />
                </span>
              )}
            </p>
            {ownCounts(excluded, t).map((line) => (
              <p key={line} className={s.muted}>
                <Phrase text={line} />
              </p>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
