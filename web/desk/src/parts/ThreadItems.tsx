// The pieces of a thread.
import { Check, CheckCheck, CircleAlert, Clock, StickyNote, WifiOff } from "lucide-react";
import { memo, Suspense, useEffect, useState, type ReactNode } from "react";
import type { Messages } from "../../../locales";
import { Avatar } from "../../../ui/src/Avatar";
import { Button } from "../../../ui/src/Button";
import { DirText } from "../../../ui/src/DirText";
import { useLanguage } from "../../../ui/src/language";
import { serverNow, useNow } from "../../../ui/src/now";
import { Code, Name, Phrase, plain } from "../../../ui/src/Phrase";
import { useActions } from "../live/state";
import { Refusal } from "../../../protocol/src/socket";
import { sentenceOf, type Line } from "../model/lines";
import { sameBubble, sameGroup, type Bubble, type Item, type Mark, type MessageGroup } from "../model/thread";
import { inShort } from "../../../protocol/src/filename";
import { later } from "../../../ui/src/later";
import { customerName } from "./customerName";
import { problemText } from "./problems";
import s from "./ThreadItems.module.css";

const MessageFiles = later(() => import("./MessageFiles").then((m) => m.MessageFiles));

export function DayLine({ at }: { at: number }) {
  const { t, formats } = useLanguage();
  const key = formats.dayKey(at);
  const now = useNow();
  const day = 86_400_000;
  const text =
    key === formats.dayKey(now)
      ? t.threadDayToday()
      : key === formats.dayKey(now - day)
        ? t.threadDayYesterday()
        : formats.fullDate(at);
  return (
    <p className={s.day}>
      <time dateTime={key}>{text}</time>
      {formats.hijri(at) && <span className={s.hijri}>{formats.hijri(at)}</span>}
    </p>
  );
}

export function UnreadLine() {
  const { t } = useLanguage();
  return <p className={s.unread}>{t.threadNewLine()}</p>;
}

export function SystemLine({ line, at, id }: { line: Line; at: number; id: string }) {
  const { t, lang, formats } = useLanguage();
  const text = sentenceOf(line, t, lang);
  if (text === undefined) return null;
  return (
    <p className={s.line} data-item={id} tabIndex={-1} data-line={line.what}>
      <Phrase text={text} /> <time dateTime={new Date(at).toISOString()}>{formats.time(at)}</time>
    </p>
  );
}

export interface NoteProps {
  note: Extract<Item, { kind: "note" }>;
  conversation: string;
  language: string;
}

export function Note({ note, conversation, language }: NoteProps) {
  const { t, formats } = useLanguage();
  const { unsent } = note;
  const mark = useCalmMark(unsent?.mark, note.at);
  const head = (note.wrapUp ? t.threadNoteWrapup : t.threadNote)({ agent: note.name });
  return (
    <div className={s.note} data-item={note.key} tabIndex={-1} role="article" aria-label={plain(head)}>
      <p className={s.noteHead}>
        <StickyNote size={16} aria-hidden="true" />
        <span>
          <Phrase text={head} />
        </span>
        <time dateTime={new Date(note.at).toISOString()}>{formats.time(note.at)}</time>
      </p>
      <DirText text={note.text} fallback={language === "ar" ? "rtl" : "ltr"} />
      <p className={s.noteHint}>
        {t.composeNoteHint()}
        {mark && <MarkSign mark={mark} word={markWord(mark, t)} />}
      </p>
      {unsent?.mark === "failed" && <Failure {...unsent} conversation={conversation} />}
    </div>
  );
}

export interface GroupProps {
  group: MessageGroup;
  conversation: string;
  /** The customer's language: which way a line without letters runs. */
  language: string;
  /** More than one agent takes part, so each is named. */
  conference: boolean;
}

/**
 * Consecutive messages of one sender: the customer's in grey with initials,
 * agents' in solid blue (S17, S18). Items are made anew with each event, so a
 * group is drawn again only if it says something else.
 */
export const Group = memo(MessagesOfOne, (a, b) => {
  const same = (x: GroupProps, y: GroupProps) =>
    x.conversation === y.conversation && x.language === y.language && x.conference === y.conference;
  return same(a, b) && sameGroup(a.group, b.group);
});

function MessagesOfOne({ group, conversation, language, conference }: GroupProps) {
  const { t } = useLanguage();
  const { author, bubbles } = group;
  const customer = author.role === "customer";
  const name = customer ? customerName(author.name, t) : author.mine ? t.labelYou() : author.name;
  return (
    <div className={`${s.group} ${customer ? s.fromCustomer : s.fromAgent}`}>
      {customer && <Avatar name={author.name} />}
      <div className={s.bubbles}>
        {!customer && (
          <p className={conference || !author.mine ? s.author : s.authorForced}>
            <Name text={name} />
          </p>
        )}
        {customer && (
          <p className={s.authorForced}>
            <Name text={name} />
          </p>
        )}
        {bubbles.map((bubble, i) => (
          <OneBubble
            key={bubble.key}
            bubble={bubble}
            name={name}
            conversation={conversation}
            language={language}
            customer={customer}
            last={i === bubbles.length - 1}
          />
        ))}
      </div>
    </div>
  );
}

interface OneBubbleProps {
  bubble: Bubble;
  name: string;
  conversation: string;
  language: string;
  customer: boolean;
  last: boolean;
}

/** A group that grows draws its new bubble and the one before, not all. */
const OneBubble = memo(
  MessageBubble,
  ({ bubble: a, ...as }: OneBubbleProps, { bubble: b, ...bs }: OneBubbleProps) =>
    sameBubble(a, b) &&
    as.name === bs.name &&
    as.conversation === bs.conversation &&
    as.language === bs.language &&
    as.customer === bs.customer &&
    as.last === bs.last,
);

function MessageBubble({ bubble, name, conversation, language, customer, last }: OneBubbleProps) {
  const { t, formats } = useLanguage();
  const mark = useCalmMark(bubble.mark, bubble.at);
  const words = mark ? markWord(mark, t) : "";
  const time = formats.time(bubble.at);
  const spoken = [t.msgFromSr({ name, text: inShort(bubble) }), time, words].filter(Boolean).join(" · ");
  return (
    <div
      className={s.message}
      data-item={bubble.key}
      data-mark={bubble.mark}
      tabIndex={-1}
      role="article"
      aria-label={plain(spoken)}
    >
      <div className={`${s.bubble} ${customer ? s.customer : s.agent}`} data-last={last || undefined}>
        {(bubble.text !== "" || !bubble.attachments) && (
          <DirText text={bubble.text} fallback={language === "ar" ? "rtl" : "ltr"} />
        )}
        {bubble.attachments && (
          <Suspense>
            <MessageFiles
              files={bubble.attachments}
              conversation={conversation}
              clientId={bubble.mark === "sending" ? bubble.clientId : undefined}
            />
          </Suspense>
        )}
        {(last || (bubble.showMark && mark)) && (
          <p className={s.meta}>
            {last && (
              <Code>
                <time dateTime={new Date(bubble.at).toISOString()}>{time}</time>
              </Code>
            )}
            {bubble.showMark && mark && <MarkSign mark={mark} word={words} />}
          </p>
        )}
      </div>
      {bubble.mark === "failed" && (
        <Failure clientId={bubble.clientId} problem={bubble.problem} conversation={conversation} />
      )}
    </div>
  );
}

/** The clock of "sending" appears only when sending takes longer than a moment. */
function useCalmMark(mark: Mark | undefined, since: number): Mark | undefined {
  const [late, set] = useState(false);
  const sending = mark === "sending";
  useEffect(() => {
    if (!sending) return;
    const timer = setTimeout(() => set(true), Math.max(0, since + 300 - serverNow()));
    return () => clearTimeout(timer);
  }, [sending, since]);
  return sending && !late ? undefined : mark;
}

function markWord(mark: Mark, t: Messages): string {
  switch (mark) {
    case "waiting":
      return t.composeQueued();
    case "sending":
      return t.msgSending();
    case "sent":
      return t.msgSent();
    case "delivered":
      return t.msgDelivered();
    case "seen":
      return t.msgSeen();
    case "failed":
      return t.msgFailed();
  }
}

const signs: Record<Mark, ReactNode> = {
  waiting: <WifiOff size={14} />,
  sending: <Clock size={14} />,
  sent: <Check size={14} />,
  delivered: <CheckCheck size={14} />,
  seen: <CheckCheck size={14} strokeWidth={3} />,
  failed: <CircleAlert size={14} />,
};

/** A picture for the eye with its word; "seen" says so in letters, because two ticks look like "delivered". */
function MarkSign({ mark, word }: { mark: Mark; word: string }) {
  return (
    <span className={s.mark} title={word}>
      <span role="img" aria-label={word}>
        {signs[mark]}
      </span>
      {(mark === "seen" || mark === "waiting" || mark === "failed") && <span aria-hidden="true">{word}</span>}
    </span>
  );
}

interface FailureProps {
  clientId: string | undefined;
  problem?: Bubble["problem"] | undefined;
  conversation: string;
}

/** Why a message was not sent, with what can be done about it. */
function Failure({ clientId: id = "", problem, conversation }: FailureProps) {
  const { t } = useLanguage();
  const actions = useActions();
  const why = problem ? problemText(new Refusal(problem.code, problem.params), t) : "";
  return (
    <div className={s.failure}>
      <p>
        {t.composeFailed()} <Phrase text={why} />
      </p>
      <Button small onPress={() => actions.retry(conversation, id)}>
        {t.actionRetry()}
      </Button>
      <Button small look="quiet" onPress={() => actions.discard(conversation, id)}>
        {t.composeDeleteFailed()}
      </Button>
    </div>
  );
}
