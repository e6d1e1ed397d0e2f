import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { useActions, useDesk, useThread } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import { beginningAt, drawnBefore, drawnFrom, headOf, threadItems, unreadOf } from "../model/thread";
import { goToPane } from "./commands";
import { customerName } from "./customerName";
import { DayLine, Group, Note, SystemLine, UnreadLine } from "./ThreadItems";
import { useScroll } from "./threadScroll";
import { useTypists } from "./typists";
import s from "./Thread.module.css";

/** Within this distance of the beginning the page before is fetched. */
const olderPx = 200;

/**
 * The message thread. It is one stop of the Tab key; the arrows move from
 * message to message. It is never spoken by itself: what is new is said by the
 * announcer, once.
 */
export function Thread({ card }: { card: Card }) {
  const { t, formats } = useLanguage();
  const actions = useActions();
  const me = useDesk((state) => state.me);
  const thread = useThread(card.conversation);
  const { conversation: whole, staff, outgoing } = thread;
  // Remembered as it was on opening: reading must not make the line vanish.
  const [opened, setOpened] = useState<{ unreadFrom: number | undefined; drawn: number }>();
  if (whole && !opened) {
    const { from } = unreadOf(whole, me.user);
    setOpened({ unreadFrom: from, drawn: drawnFrom(whole, from) });
  }
  const unreadFrom = opened?.unreadFrom;
  const drawn = opened?.drawn ?? 0;
  const conversation = useMemo(() => whole && beginningAt(whole, drawn), [whole, drawn]);
  const items = useMemo(
    () =>
      conversation
        ? threadItems({
            conversation,
            staff,
            outgoing,
            me: me.user,
            myName: me.name,
            unreadFrom,
            dayKey: formats.dayKey,
          })
        : [],
    [conversation, staff, outgoing, me, unreadFrom, formats],
  );
  const head = conversation ? headOf(conversation) : 0;
  const first = conversation?.entries[0]?.seq ?? 0;
  const { box, content, atEnd, toEnd, onScroll } = useScroll(first, head + outgoing.length);

  const [left, setLeft] = useState<number | undefined>();
  if (atEnd && left !== undefined) setLeft(undefined);
  if (!atEnd && left === undefined && head > 0) setLeft(head);
  const mine = conversation?.participants.find((p) => p.user === me.user)?.number;
  const missed =
    conversation?.entries.filter(
      (e) => e.kind === "message" && left !== undefined && e.seq > left && e.by !== mine,
    ).length ?? 0;

  useSeen(card, head, atEnd);
  const name = customerName(card.customer.name, t);
  const loadOlder = useCallback(() => {
    if (whole && conversation !== whole)
      setOpened((now) => now && { ...now, drawn: drawnBefore(whole, now.drawn) });
    else if (whole?.more && thread.older === "idle") void actions.older(card.conversation);
  }, [actions, card.conversation, conversation, whole, thread.older]);

  return (
    <div className={s.frame}>
      <div
        ref={box}
        className={s.thread}
        role="log"
        aria-live="off"
        aria-label={t.threadLogLabel({ name })}
        tabIndex={0}
        data-pane="thread"
        onKeyDown={moveByMessage}
        onScroll={(event) => {
          onScroll();
          if (event.currentTarget.scrollTop < olderPx) loadOlder();
        }}
      >
        <div ref={content} className={s.content}>
          {conversation?.more && (
            <div className={s.older}>
              {thread.older === "failed" ? (
                <>
                  <span>{t.threadLoadFailed()}</span>
                  <Button small onPress={() => void actions.older(card.conversation)}>
                    {t.actionRetry()}
                  </Button>
                </>
              ) : thread.older === "loading" ? (
                <span>{t.threadLoading()}</span>
              ) : (
                // Scrolling up does the same, so the thread stays one stop of the Tab key.
                <Button small look="quiet" excludeFromTabOrder onPress={loadOlder}>
                  {t.threadOlder()}
                </Button>
              )}
            </div>
          )}
          {conversation && items.length === 0 && <p className={s.empty}>{t.threadEmpty()}</p>}
          {!conversation && !thread.failed && <p className={s.loading}>{t.threadLoading()}</p>}
          {thread.failed && (
            <div className={s.older} role="alert">
              <span>{t.threadLoadFailed()}</span>
              <Button small onPress={() => actions.reload(card.conversation)}>
                {t.actionRetry()}
              </Button>
            </div>
          )}
          {items.map((item) => {
            switch (item.kind) {
              case "day":
                return <DayLine key={item.key} at={item.at} />;
              case "unread":
                return <UnreadLine key={item.key} />;
              case "line":
                return <SystemLine key={item.key} line={item.line} at={item.at} />;
              case "note":
                return (
                  <Note
                    key={item.key}
                    note={item}
                    conversation={card.conversation}
                    language={card.language}
                  />
                );
              case "group":
                return (
                  <Group
                    key={item.key}
                    group={item}
                    conversation={card.conversation}
                    language={card.language}
                    conference={card.agents.length > 1}
                  />
                );
            }
          })}
        </div>
      </div>
      {!atEnd && (
        <div className={s.jump}>
          <Button small icon={<ArrowDown size={16} aria-hidden="true" />} onPress={toEnd}>
            {missed > 0 ? t.nMessages({ n: missed }) : t.threadJump()}
          </Button>
        </div>
      )}
      <Typing conversation={card.conversation} />
    </div>
  );
}

function Typing({ conversation }: { conversation: string }) {
  const { t } = useLanguage();
  const typist = useTypists(conversation)[0];
  return (
    <p className={s.typing}>
      {typist && <Phrase text={t.labelTyping({ name: typist.name || t.customerUnnamed() })} />}
    </p>
  );
}

/** What is before the agent's eyes is reported as seen. */
function useSeen(card: Card, head: number, atEnd: boolean): void {
  const actions = useActions();
  const active = card.kind === "active";
  useEffect(() => {
    if (!active || head === 0 || !atEnd) return;
    const tell = () => {
      if (document.visibilityState === "visible") actions.seen(card.conversation, head);
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [actions, card.conversation, active, head, atEnd]);
}

/** Up, Down, Home and End go from message to message; Escape goes to the compose box. */
function moveByMessage(event: KeyboardEvent<HTMLDivElement>): void {
  const messages = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-item]")];
  const at = messages.findIndex((message) => message.contains(document.activeElement));
  const to = {
    ArrowUp: at === -1 ? messages.length - 1 : at - 1,
    ArrowDown: at + 1,
    Home: 0,
    End: messages.length - 1,
  }[event.key];
  if (event.key === "Escape") {
    goToPane("compose");
    event.preventDefault();
  } else if (event.key === "Enter" && at >= 0) {
    messages[at]?.querySelector<HTMLElement>("a, pre")?.focus();
  } else if (
    to !== undefined &&
    (at !== -1 || event.key === "ArrowUp" || event.key === "End" || event.key === "Home")
  ) {
    messages[Math.max(0, Math.min(to, messages.length - 1))]?.focus();
    event.preventDefault();
  }
}
