import { memo } from "react";
import { Snippet } from "../../../ui/src/DirText";
import { inShort } from "../../../protocol/src/filename";
import { Avatar } from "../../../ui/src/Avatar";
import { Chip, type Tone } from "../../../ui/src/Chip";
import { secondsLeft } from "../../../ui/src/duration";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { useNow } from "../../../ui/src/now";
import { Name } from "../../../ui/src/Phrase";
import { Elapsed } from "../../../ui/src/Timer";
import { Link, placeOf } from "../address";
import { useDesk, useThread } from "../live/state";
import type { Card, Conversation } from "../../../protocol/src/types";
import { overdue } from "../model/tasks";
import { lastMessage, unreadOf } from "../model/thread";
import { goToPane } from "./commands";
import { customerName } from "./customerName";
import s from "./TaskList.module.css";

/** A request in the list; Accept is in the popover, which this leads to. */
export const RequestCard = memo(function RequestCard({ card }: { card: Card }) {
  const { t, lang } = useLanguage();
  const { conversation } = useThread(card.conversation);
  const name = customerName(card.customer.name, t);
  return (
    <li>
      <button type="button" className={s.card} data-card="" onClick={() => goToPane("requests")} title={name}>
        <Avatar name={card.customer.name} />
        <span className={s.dot} aria-hidden="true" />
        <span className={s.words}>
          <span className={s.row}>
            <Name clip text={name} className={s.name ?? ""} />
            <span className={s.meta}>
              <Elapsed since={card.received_at} label={t.labelTimer()} />
            </span>
          </span>
          <span className={s.row}>
            <Name clip text={inLanguage(card.queue.name, lang)} className={s.muted ?? ""} />
            {card.deadline && <TimeLeft from={card.made_at} deadline={card.deadline} />}
          </span>
          <Preview conversation={conversation} />
        </span>
      </button>
    </li>
  );
});

/** The time left to accept, in the list too: it is what to decide by. */
function TimeLeft({ from, deadline }: { from: string; deadline: string }) {
  const { t } = useLanguage();
  const left = secondsLeft(from, deadline, useNow());
  return (
    <span className={s.left} data-urgent={left <= 10 || undefined}>
      {t.nSecondsLeft({ n: left })}
    </span>
  );
}

function Preview({ conversation }: { conversation: Conversation | undefined }) {
  const last = conversation && lastMessage(conversation);
  const words = last && inShort(last);
  if (!words) return null;
  return (
    <span className={s.preview}>
      <Snippet text={words} />
    </span>
  );
}

/** A conversation or a wrap-up in the list; it leads to its page. */
export const TaskCard = memo(function TaskCard({ card, open }: { card: Card; open: boolean }) {
  const { t, lang } = useLanguage();
  const me = useDesk((state) => state.me.user);
  const { conversation, outgoing } = useThread(card.conversation);
  const name = customerName(card.customer.name, t);
  const unread = conversation && card.kind === "active" && !open ? unreadOf(conversation, me).count : 0;
  const failed = outgoing.some((message) => message.mark === "failed");
  return (
    <li>
      <Link
        to={placeOf(card.conversation)}
        className={`${s.card} ${open ? s.open : ""}`}
        data-card=""
        aria-current={open ? "true" : undefined}
        title={name}
      >
        <Avatar name={card.customer.name} />
        {unread > 0 && <span className={s.dot} aria-hidden="true" />}
        <span className={s.words}>
          <span className={s.row}>
            <Name clip text={name} className={s.name ?? ""} />
            <span className={s.meta}>
              {card.wrapup ? (
                <Elapsed since={card.wrapup.started_at} label={t.labelWrapupTimer()} />
              ) : (
                <Elapsed since={card.received_at} label={t.labelTimer()} />
              )}
            </span>
          </span>
          <span className={s.row}>
            <Name clip text={inLanguage(card.queue.name, lang)} className={s.muted ?? ""} />
            {unread > 0 && (
              <span className={s.badge}>
                <span aria-hidden="true">{t.numberPlain({ n: unread })}</span>
                <span className="sr">{t.nUnread({ n: unread })}</span>
              </span>
            )}
          </span>
          <Status card={card} failed={failed} conversation={conversation} />
          {card.kind === "active" && <Preview conversation={conversation} />}
        </span>
      </Link>
    </li>
  );
});

/** The word that needs saying about a card, if any. */
function Status({
  card,
  failed,
  conversation,
}: {
  card: Card;
  failed: boolean;
  conversation: Conversation | undefined;
}) {
  const { t } = useLanguage();
  const now = useNow();
  const target = useDesk((state) => state.setup.replyTargetMs);
  const late = card.kind === "active" && !card.customer_left && overdue(conversation, now, target);
  const chips: [tone: Tone, word: string][] = [];
  if (card.kind === "wrapup") chips.push(["engaged", t.statusWrapup()]);
  else if (card.status === "interrupted") chips.push(["rona", t.statusInterrupted()]);
  else if (card.status === "conference") chips.push(["accent", t.statusConference()]);
  else if (card.status === "conference_requested") chips.push(["accent", t.statusConferenceRequested()]);
  if (card.customer_left && card.kind === "active") chips.push(["warning", t.threadCustomerLeftShort()]);
  else if (card.left_message && card.customer_away) chips.push(["accent", t.labelLeftMessage()]);
  else if (card.customer_away) chips.push(["warning", t.statusAway()]);
  if (late) chips.push(["warning", t.statusOverdue()]);
  if (failed) chips.push(["rona", t.msgFailed()]);
  if (chips.length === 0) return null;
  return (
    <span className={s.chips}>
      {chips.map(([tone, word]) => (
        <Chip key={word} tone={tone}>
          {word}
        </Chip>
      ))}
    </span>
  );
}
