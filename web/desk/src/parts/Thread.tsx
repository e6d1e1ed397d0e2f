import { ArrowDown } from "lucide-react";
import { useEffect, useMemo, useState, type KeyboardEvent } from "react";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { useActions, useDesk, useThread } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import { headOf, threadItems, unreadOf } from "../model/thread";
import { hasEarlier, within } from "../model/threadRange";
import { goToPane } from "./commands";
import { customerName } from "./customerName";
import { DayLine, Group, Note, SystemLine, UnreadLine } from "./ThreadItems";
import { useThreadView, type ThreadView } from "./threadScroll";
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
  const [opened, setOpened] = useState<{ unreadFrom: number | undefined }>();
  const unreadFrom = opened ? opened.unreadFrom : whole && unreadOf(whole, me.user).from;
  if (whole && !opened) setOpened({ unreadFrom });
  const head = whole ? headOf(whole) : 0;
  const { box, content, range, atEnd, onScroll, toEnd, draw } = useThreadView(
    whole?.entries,
    unreadFrom,
    head + outgoing.length,
    outgoing.at(-1)?.clientId,
  );
  const conversation = useMemo(() => whole && range && within(whole, range), [whole, range]);
  const cut = range !== undefined && range.to !== Infinity;
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
            cut,
            dayKey: formats.dayKey,
          })
        : [],
    [conversation, staff, outgoing, me, unreadFrom, cut, formats],
  );
  const [left, setLeft] = useState<number | undefined>();
  if (atEnd && left !== undefined) setLeft(undefined);
  if (!atEnd && left === undefined && head > 0) setLeft(head);
  const mine = whole?.participants.find((p) => p.user === me.user)?.number;
  const missed =
    whole?.entries.filter((e) => e.kind === "message" && left !== undefined && e.seq > left && e.by !== mine)
      .length ?? 0;

  useSeen(card, head, atEnd);
  const name = customerName(card.customer.name, t);
  const fetchOlder = () => {
    if (whole?.more && thread.older === "idle") void actions.older(card.conversation);
  };

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
        onKeyDown={(event) => moveByMessage(event, draw)}
        onScroll={(event) => {
          onScroll();
          const held = whole && range && hasEarlier(whole.entries, range);
          if (!held && event.currentTarget.scrollTop < olderPx) fetchOlder();
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
                <Button small look="quiet" tabIndex={-1} onPress={() => draw("earlier") || fetchOlder()}>
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
                return <SystemLine key={item.key} id={item.key} line={item.line} at={item.at} />;
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

/** Up, Down, Home and End go from message to message, also to those not drawn yet; Escape goes to the compose box. */
function moveByMessage(event: KeyboardEvent<HTMLDivElement>, draw: ThreadView["draw"]): void {
  const thread = event.currentTarget;
  const messages = () => [...thread.querySelectorAll<HTMLElement>("[data-item]")];
  const place = (all: HTMLElement[]) => all.findIndex((message) => message.contains(document.activeElement));
  let all = messages();
  let at = place(all);
  if (event.key === "Escape") {
    goToPane("compose");
    event.preventDefault();
    return;
  }
  if (event.key === "Enter" && at >= 0) {
    all[at]?.querySelector<HTMLElement>("a, pre")?.focus();
    return;
  }
  const inside = at !== -1;
  const more =
    (event.key === "ArrowUp" && at === 0 && draw("earlier")) ||
    (event.key === "ArrowDown" && inside && at === all.length - 1 && draw("later")) ||
    (event.key === "Home" && draw("beginning")) ||
    (event.key === "End" && draw("end"));
  if (more) {
    all = messages();
    at = place(all);
  }
  const to = {
    ArrowUp: inside ? at - 1 : all.length - 1,
    ArrowDown: inside ? at + 1 : undefined,
    Home: 0,
    End: all.length - 1,
  }[event.key];
  if (to === undefined) return;
  all[Math.max(0, Math.min(to, all.length - 1))]?.focus();
  event.preventDefault();
}
