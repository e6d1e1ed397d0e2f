// Pieces that several explanations are made of.
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Name, Phrase } from "../../../ui/src/Phrase";
import type { Colleague, OfferReason } from "../../../protocol/src/types";
import { AtThatMoment, type Everybody } from "./Candidates";
import { endingText, offerFacts, ruledCounts, skillLines } from "./sentences";
import { useWords } from "./words";
import s from "./Explain.module.css";

/** Sentences under a heading; nothing if there are none. */
export function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className={s.lines} role="group" aria-label={title}>
      <p className={s.heading}>{title}</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <Phrase text={line} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Why a request was made of somebody, and how it ended. */
export function Decided({ offer }: { offer: OfferReason }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <dl className={s.facts}>
        {offerFacts(offer, words).map((fact) => (
          <Pair key={fact.name} name={fact.name}>
            <Phrase text={fact.text} />
          </Pair>
        ))}
        {offer.runners_up.length > 0 && (
          <Pair name={t.whyOfferedAfter()}>
            <Names people={offer.runners_up} />
          </Pair>
        )}
      </dl>
      <Lines title={t.whyOfferedSkills()} lines={skillLines(offer.asked, offer.asked_more, words)} />
      <Lines title={t.whyOfferedOut()} lines={ruledCounts(offer.excluded, t)} />
    </>
  );
}

export function Pair({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Names in their order, each kept apart from the next. */
function Names({ people }: { people: readonly Colleague[] }) {
  return (
    <ul className={s.names}>
      {people.map((person) => (
        <li key={person.user}>
          <Name text={person.name} />
        </li>
      ))}
    </ul>
  );
}

/** The requests made of a conversation, each opening to what was decided. */
export function Requests({ offers, everybody }: { offers: readonly OfferReason[]; everybody: Everybody }) {
  const words = useWords();
  const { t } = words;
  if (offers.length === 0) return <p className={s.none}>{t.whyOfferedNone()}</p>;
  return (
    <ul className={s.requests}>
      {offers.map((offer) => (
        <li key={offer.offer}>
          <details>
            <summary className={s.summary}>
              <Name text={offer.agent.name} />
              <ChevronDown size={16} aria-hidden="true" />
              <span className={s.ending}>
                <Phrase text={endingText(offer, words)} />
              </span>
            </summary>
            <Decided offer={offer} />
            <AtThatMoment offer={offer} everybody={everybody} />
          </details>
        </li>
      ))}
    </ul>
  );
}
