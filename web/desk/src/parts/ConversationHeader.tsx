import { ArrowLeft, PanelRight } from "lucide-react";
import { Avatar } from "../../../ui/src/Avatar";
import { IconButton } from "../../../ui/src/Button";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Name, Phrase } from "../../../ui/src/Phrase";
import { Elapsed } from "../../../ui/src/Timer";
import { useThread } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import { customerName } from "./customerName";
import { useAside } from "./frame";
import { Verified } from "./Verified";
import s from "./ConversationHeader.module.css";

/** So many agents of a conference are shown by their letters; the words count all. */
const pictured = 3;

/** The line with the customer's name, the queue, the agents, the date and the timer. */
export function ConversationHeader({ card, onBack }: { card: Card; onBack(): void }) {
  const { t, lang, formats } = useLanguage();
  const { conversation } = useThread(card.conversation);
  const name = customerName(card.customer.name, t);
  const aside = useAside();
  const [first, ...others] = card.agents;
  const started = conversation?.started_at ?? card.received_at;
  return (
    <header className={s.header} data-pane="conversation" tabIndex={-1}>
      <span className={s.back}>
        <IconButton
          label={t.actionBack()}
          icon={<ArrowLeft size={20} className="mirrored" />}
          onPress={onBack}
        />
      </span>
      <span className={s.picture}>
        <Avatar name={card.customer.name} />
      </span>
      <div className={s.words}>
        <h1 className={s.name}>
          <Name clip text={name} />
          {card.customer.verified && <Verified brief />}
        </h1>
        <p className={s.facts}>
          <span title={t.labelQueue()}>
            <span className="sr">{`${t.labelQueue()}: `}</span>
            <Name text={inLanguage(card.queue.name, lang)} />
          </span>
          <span title={card.agents.map((agent) => agent.name).join(" · ")}>
            <Phrase text={t.labelAgentNames({ names: first?.name ?? "" })} />
            {others.length > 0 && (
              <>
                {" "}
                <bdi dir="ltr" aria-hidden="true">{`+${others.length}`}</bdi>
                <span className="sr">
                  {t.nMoreAgents({ n: others.length })}
                  {others.map((agent) => (
                    <bdi key={agent.user}>{` ${agent.name}`}</bdi>
                  ))}
                </span>
              </>
            )}
          </span>
          <time dateTime={started} title={t.labelDate()}>
            {formats.dateTime(Date.parse(started))}
          </time>
        </p>
      </div>
      {others.length > 0 && (
        <span className={s.team} data-team="" aria-hidden="true">
          {card.agents.slice(0, pictured).map((agent) => (
            <Avatar key={agent.user} name={agent.name} size="small" />
          ))}
        </span>
      )}
      <p className={s.timer}>
        <Elapsed since={card.received_at} until={card.wrapup?.started_at} label={t.labelTimer()} />
      </p>
      <IconButton
        label={t.labelAuxPane()}
        icon={<PanelRight size={20} aria-hidden="true" className="mirrored" />}
        aria-expanded={aside.shown}
        onPress={() => aside.set(!aside.shown)}
      />
    </header>
  );
}
