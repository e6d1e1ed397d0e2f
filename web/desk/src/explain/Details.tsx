import { useQuery } from "@tanstack/react-query";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import type { Explanation } from "../../../protocol/src/types";
import { lists } from "../parts/targets";
import { Candidates, type Everybody } from "./Candidates";
import { Failed } from "./Failed";
import { Lines, Requests } from "./Parts";
import { nextText, skillLines, thenText } from "./sentences";
import type { WaitingSource } from "./source";
import { useWords } from "./words";
import s from "./Explain.module.css";

/** How often the answer is looked at again while it is open. */
const againMs = 10_000;

/** All that is known of why a conversation is where it is: every agent, what comes next, and every request. */
export function Details({
  conversation,
  doing,
}: {
  conversation: string;
  doing: Pick<WaitingSource, "explain" | "explainOffer">;
}) {
  const { t } = useWords();
  const query = useQuery(
    {
      queryKey: ["explain", conversation],
      queryFn: () => doing.explain(conversation),
      refetchInterval: againMs,
    },
    lists,
  );
  if (query.isError && !query.data) return <Failed text={t.whyFailed()} again={() => void query.refetch()} />;
  if (!query.data) return <p className={s.none}>{t.threadLoading()}</p>;
  return <Answer x={query.data} everybody={(offer) => doing.explainOffer(conversation, offer)} />;
}

function Answer({ x, everybody }: { x: Explanation; everybody: Everybody }) {
  const { lang } = useLanguage();
  const words = useWords();
  const { t } = words;
  const then = thenText(x.then, x.then_queue && inLanguage(x.then_queue.name, lang), t);
  const next = x.upcoming.map((one) => nextText(one, words));
  const requests = x.offer ? [...x.offers, x.offer] : x.offers;
  return (
    <div className={s.answer}>
      {x.state === "held" && x.owner && (
        <p>
          <Phrase text={t.waitingHeld({ agent: x.owner.name })} />
        </p>
      )}
      {x.state === "ended" && <p>{t.waitingOver()}</p>}
      {x.kept_for && (
        <p>
          <Phrase text={t.waitingKept({ agent: x.kept_for.name })} />
        </p>
      )}
      {(x.all_groups ?? 0) > 1 && <p>{t.waitingGroups({ open: x.groups ?? 0, all: x.all_groups ?? 0 })}</p>}
      <Lines title={t.whyOfferedSkills()} lines={skillLines(x.asks, undefined, words)} />
      {x.candidates.length > 0 && <Candidates list={x.candidates} />}
      <Lines title={t.whyNext()} lines={next.length > 0 && then !== "" ? [...next, then] : next} />
      <div className={s.lines} role="group" aria-label={t.waitingRequests()}>
        <p className={s.heading}>{t.waitingRequests()}</p>
        <Requests offers={requests} everybody={everybody} />
      </div>
    </div>
  );
}
