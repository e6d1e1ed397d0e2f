import type { Explanation, OfferReason } from "../../../protocol/src/types";
import { useActions, useDesk } from "../live/state";
import { useLook } from "../parts/lookAgain";
import { lists } from "../parts/targets";
import { AtThatMoment } from "./Candidates";
import { Failed } from "./Failed";
import { Decided, Requests } from "./Parts";
import { useWords } from "./words";
import s from "./Explain.module.css";

/** Why the reader was offered it, and the other requests made of it. */
export function Answer({ conversation }: { conversation: string }) {
  const { t } = useWords();
  const actions = useActions();
  const me = useDesk((state) => state.me.user);
  const look = useLook(["explain", conversation], () => actions.explain(conversation), lists);
  if (look.failed && !look.data) return <Failed text={t.whyFailed()} again={() => void look.again()} />;
  if (!look.data) return <p className={s.none}>{t.threadLoading()}</p>;
  const { mine, others } = split(look.data, me);
  const everybody = (offer: number) => actions.explainOffer(conversation, offer);
  return (
    <div className={s.answer}>
      {mine ? (
        <>
          <Decided offer={mine} />
          <AtThatMoment offer={mine} everybody={everybody} />
        </>
      ) : (
        <p className={s.none}>{t.whyOfferedNone()}</p>
      )}
      {others.length > 0 && (
        <>
          <p className={s.heading}>{t.waitingRequests()}</p>
          <Requests offers={others} everybody={everybody} />
        </>
      )}
    </div>
  );
}

/** The request by which the reader has it, or the last one made of anybody; and the others. */
function split(x: Explanation, me: string): { mine: OfferReason | undefined; others: OfferReason[] } {
  const all = x.offer ? [...x.offers, x.offer] : x.offers;
  const mine = all.findLast((offer) => offer.agent.user === me) ?? all.at(-1);
  return { mine, others: all.filter((offer) => offer !== mine) };
}
