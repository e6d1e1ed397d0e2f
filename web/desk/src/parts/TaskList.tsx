import { Bell, CircleDot, ClipboardCheck, PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useEffect, useState, type KeyboardEvent, type ReactNode } from "react";
import { Button, IconButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { useActions, useDesk } from "../live/state";
import type { Conversation } from "../../../protocol/src/types";
import { keepOrder, tasksOf } from "../model/tasks";
import { useCommand } from "./commands";
import { setFrame, useFrame } from "./frame";
import { RequestCard, TaskCard } from "./TaskCard";
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
  const { tasksCollapsed } = useFrame();
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
  const collapse = () => setFrame({ tasksCollapsed: !tasksCollapsed });
  useCommand("tasks", collapse);
  useCommand("conversation", (number) => {
    const card = order[(number ?? 0) - 1];
    if (card) onOpen(card.conversation);
  });
  useCommand("next", () => step(1), order.length > 0);
  useCommand("previous", () => step(-1), order.length > 0);

  return (
    <nav
      aria-label={t.labelTaskList()}
      className={s.list}
      data-pane="tasks"
      tabIndex={-1}
      onKeyDown={moveAmongCards}
    >
      <div className={s.fold}>
        <IconButton
          small
          label={tasksCollapsed ? t.actionExpand() : t.actionCollapse()}
          aria-expanded={!tasksCollapsed}
          icon={
            tasksCollapsed ? (
              <PanelLeftOpen size={18} aria-hidden="true" className="mirrored" />
            ) : (
              <PanelLeftClose size={18} aria-hidden="true" className="mirrored" />
            )
          }
          onPress={collapse}
        />
      </div>
      {!desk && <Waiting />}
      {tasks && (
        <>
          <Group
            title={t.labelRequests()}
            count={tasks.requests.length}
            icon={<Bell size={16} />}
            empty={t.listEmptyRequests()}
          >
            {tasks.requests.map((card) => (
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
            count={tasks.wrapup.length}
            icon={<ClipboardCheck size={16} />}
            empty={t.listEmptyWrapup()}
          >
            {tasks.wrapup.map((card) => (
              <TaskCard key={card.key} card={card} open={open === card.conversation} />
            ))}
          </Group>
        </>
      )}
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

/** ↑ ↓ Home End move among the cards; Tab goes through them as well. */
function moveAmongCards(event: KeyboardEvent<HTMLElement>): void {
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-card]")];
  const at = cards.findIndex((card) => card === event.target);
  if (at === -1 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: cards.length - 1 }[event.key];
  const next = to === undefined ? undefined : cards[Math.max(0, Math.min(to, cards.length - 1))];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Nothing at all is worth showing for less. */
const skeletonAfterMs = 200;
const failedAfterMs = 8000;

/** While the list has not come: nothing, then its outline, then the way to ask again. */
function Waiting() {
  const { t } = useLanguage();
  const actions = useActions();
  const [phase, set] = useState<"outline" | "failed">();
  const link = useDesk((state) => state.link);
  useEffect(() => {
    const outline = setTimeout(() => set((now) => now ?? "outline"), skeletonAfterMs);
    const failed = setTimeout(() => set("failed"), failedAfterMs);
    return () => {
      clearTimeout(outline);
      clearTimeout(failed);
    };
  }, [link.state]);
  if (phase === "failed")
    return (
      <div className={s.failed} role="alert">
        <p>{t.listFailed()}</p>
        <Button small onPress={actions.reconnect}>
          {t.actionRetry()}
        </Button>
      </div>
    );
  if (!phase) return null;
  return (
    <div className={s.outlines} role="status">
      <span className="sr">{t.pageLoading()}</span>
      {[0, 1, 2].map((n) => (
        <div key={n} className={s.outline} aria-hidden="true" />
      ))}
    </div>
  );
}
