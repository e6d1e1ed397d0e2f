import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Name, Phrase } from "../../../ui/src/Phrase";
import type { Candidate, OfferExplanation, OfferReason } from "../../../protocol/src/types";
import { lists } from "../parts/targets";
import { Failed } from "./Failed";
import { ruledText } from "./sentences";
import { useWords } from "./words";
import s from "./Explain.module.css";

/** Asks for everybody who could have had a request. */
export type Everybody = (offer: number) => Promise<OfferExplanation>;

/** Everybody who could be asked, those first whom nothing rules out. */
export function Candidates({ list }: { list: readonly Candidate[] }) {
  const { t } = useWords();
  return (
    <div className={s.lines} role="group" aria-label={t.labelAgents()}>
      <p className={s.heading}>{t.labelAgents()}</p>
      <People list={list} />
    </div>
  );
}

function People({ list }: { list: readonly Candidate[] }) {
  const { t, time } = useWords();
  const sorted = [...list].sort(
    (a, b) => Number(a.ruled_by !== undefined) - Number(b.ruled_by !== undefined),
  );
  return (
    <dl className={s.candidates}>
      {sorted.map(({ agent, ruled_by, since }) => (
        <div key={agent.user} data-free={ruled_by === undefined || undefined}>
          <dt>
            <Name text={agent.name} />
          </dt>
          <dd>
            <Phrase text={candidateText(ruled_by, since === undefined ? undefined : time(since))} />
          </dd>
        </div>
      ))}
    </dl>
  );

  function candidateText(code: string | undefined, since: string | undefined): string {
    if (code === undefined) return t.whyRuledNone();
    const reason = ruledText(code, t);
    return since === undefined ? reason : t.whyRuledSince({ reason, time: since });
  }
}

/** Everybody as they were when a request was made, on demand; nothing where one person was asked directly. */
export function AtThatMoment({ offer, everybody }: { offer: OfferReason; everybody: Everybody }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (offer.rule === undefined && offer.picked !== true) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={s.summary}>
        {t.whyEverybody()}
        <ChevronDown size={16} aria-hidden="true" />
      </summary>
      {open && <Then offer={offer.offer} everybody={everybody} />}
    </details>
  );
}

function Then({ offer, everybody }: { offer: number; everybody: Everybody }) {
  const { t } = useWords();
  const query = useQuery(
    { queryKey: ["everybody", offer], queryFn: () => everybody(offer), staleTime: Infinity },
    lists,
  );
  if (query.isError) return <Failed text={t.whyFailed()} again={() => void query.refetch()} />;
  if (!query.data) return <p className={s.none}>{t.threadLoading()}</p>;
  if (!query.data.rebuilt) return <p className={s.none}>{t.whyEverybodyGone()}</p>;
  return <People list={query.data.candidates} />;
}
