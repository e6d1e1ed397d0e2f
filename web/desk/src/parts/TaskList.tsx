import { Bell, CircleDot, ClipboardCheck } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Link } from "@tanstack/react-router";
import { Snippet } from "../../../ui/src/DirText";
import { Avatar } from "../../../ui/src/Avatar";
import { Chip } from "../../../ui/src/Chip";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Name } from "../../../ui/src/Phrase";
import { Elapsed } from "../../../ui/src/Timer";
import { useDesk, useThread } from "../live/state";
import type { Card, Conversation } from "../../../protocol/src/types";
import { keepOrder, tasksOf } from "../model/tasks";
import { lastMessage, unreadOf } from "../model/thread";
import { goToPane, useCommand } from "./commands";
import { customerName } from "./customerName";
import s from "./TaskList.module.css";

export interface TaskListProps {
  /** The conversation that is open. */
  open: string | undefined;
  onOpen(conversation: string): void;
}

/** Everything the agent has to do: requests, conversations, wrap-ups. */
export function TaskList({ open, onOpen }: TaskListProps) {
  const { t } = useLanguage();
  const desk = useDesk((state) => state.desk);
  const threads = useDesk((state) => state.threads);
  const [held, hold] = useState<readonly string[]>();
  const conversations = Object.fromEntries(
    Object.entries(threads).map(([id, thread]) => [id, thread?.conversation]),
  );
  const tasks = desk && tasksOf(desk, conversations as Record<string, Conversation | undefined>);
  const active = tasks ? keepOrder(tasks.active, held ?? [], held !== undefined) : [];
  // Cards do not move under the pointer or while focus is among them.
  const freeze = () => hold((now) => now ?? active.map((card) => card.key));
  const release = () => hold(undefined);

  const order = [...active, ...(tasks?.wrapup ?? [])];
  const step = (by: 1 | -1) => {
    const at = order.findIndex((card) => card.conversation === open);
    const next = order[(at + by + order.length) % order.length];
    if (next) onOpen(next.conversation);
  };
  useCommand("next", () => step(1), order.length > 0);
  useCommand("previous", () => step(-1), order.length > 0);

  return (
    <nav aria-label={t.labelTaskList()} className={s.list} data-pane="tasks" tabIndex={-1}>
      <Group
        title={t.labelRequests()}
        count={tasks?.requests.length ?? 0}
        icon={<Bell size={16} />}
        empty={t.listEmptyRequests()}
      >
        {tasks?.requests.map((card) => (
          <RequestCard key={card.key} card={card} />
        ))}
      </Group>
      <div
        onPointerEnter={freeze}
        onPointerLeave={release}
        onFocus={freeze}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) release();
        }}
      >
        <Group
          title={t.labelActive()}
          count={active.length}
          icon={<CircleDot size={16} />}
          empty={t.listEmptyActive()}
        >
          {active.map((card) => (
            <TaskCard key={card.key} card={card} open={open === card.conversation} />
          ))}
        </Group>
      </div>
      <Group
        title={t.labelWrapup()}
        count={tasks?.wrapup.length ?? 0}
        icon={<ClipboardCheck size={16} />}
        empty={t.listEmptyWrapup()}
      >
        {tasks?.wrapup.map((card) => (
          <TaskCard key={card.key} card={card} open={open === card.conversation} />
        ))}
      </Group>
    </nav>
  );
}

function Group({
  title,
  count,
  icon,
  empty,
  children,
}: {
  title: string;
  count: number;
  icon: ReactNode;
  empty: string;
  children: ReactNode;
}) {
  const { t } = useLanguage();
  return (
    <section className={s.group} aria-label={title}>
      <h2 className={s.heading}>
        <span className={s.headingIcon} aria-hidden="true" title={title}>
          {icon}
        </span>
        <span className={s.headingText}>{title}</span>
        <span className={s.count}>{t.numberPlain({ n: count })}</span>
      </h2>
      {count === 0 ? <p className={s.empty}>{empty}</p> : <ul>{children}</ul>}
    </section>
  );
}

/** A request in the list; Accept is in the popover, which this leads to. */
function RequestCard({ card }: { card: Card }) {
  const { t, lang } = useLanguage();
  const { conversation } = useThread(card.conversation);
  const name = customerName(card.customer.name, t);
  return (
    <li>
      <button type="button" className={s.card} onClick={() => goToPane("requests")} title={name}>
        <Avatar name={card.customer.name} />
        <span className={s.words}>
          <span className={s.row}>
            <Name clip text={name} className={s.name ?? ""} />
            <span className={s.meta}>
              <Elapsed since={card.received_at} label={t.labelTimer()} />
            </span>
          </span>
          <span className={s.row}>
            <Name clip text={inLanguage(card.queue.name, lang)} className={s.muted ?? ""} />
          </span>
          <Preview conversation={conversation} />
        </span>
      </button>
    </li>
  );
}

function Preview({ conversation }: { conversation: Conversation | undefined }) {
  const last = conversation && lastMessage(conversation);
  if (!last?.text) return null;
  return (
    <span className={s.preview}>
      <Snippet text={last.text} />
    </span>
  );
}

function TaskCard({ card, open }: { card: Card; open: boolean }) {
  const { t, lang } = useLanguage();
  const me = useDesk((state) => state.me.user);
  const { conversation, outgoing } = useThread(card.conversation);
  const name = customerName(card.customer.name, t);
  const unread = conversation && card.kind === "active" && !open ? unreadOf(conversation, me).count : 0;
  const failed = outgoing.some((message) => message.mark === "failed");
  return (
    <li>
      <Link
        to="/desk/c/$conversation"
        params={{ conversation: card.conversation }}
        className={`${s.card} ${open ? s.open : ""}`}
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
          <Status card={card} failed={failed} />
          {card.kind === "active" && <Preview conversation={conversation} />}
        </span>
      </Link>
    </li>
  );
}

/** The word that needs saying about a card, if any. */
function Status({ card, failed }: { card: Card; failed: boolean }) {
  const { t } = useLanguage();
  const chips: ReactNode[] = [];
  if (card.kind === "wrapup")
    chips.push(
      <Chip key="w" tone="engaged">
        {t.statusWrapup()}
      </Chip>,
    );
  else if (card.status === "interrupted")
    chips.push(
      <Chip key="i" tone="rona">
        {t.statusInterrupted()}
      </Chip>,
    );
  else if (card.status === "conference")
    chips.push(
      <Chip key="c" tone="accent">
        {t.statusConference()}
      </Chip>,
    );
  else if (card.status === "conference_requested")
    chips.push(
      <Chip key="r" tone="accent">
        {t.statusConferenceRequested()}
      </Chip>,
    );
  if (card.customer_away)
    chips.push(
      <Chip key="a" tone="warning">
        {t.statusAway()}
      </Chip>,
    );
  if (failed)
    chips.push(
      <Chip key="f" tone="rona">
        {t.msgFailed()}
      </Chip>,
    );
  return chips.length > 0 ? <span className={s.chips}>{chips}</span> : null;
}
