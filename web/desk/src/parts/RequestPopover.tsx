import { ChevronsDownUp, ChevronsUpDown } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { inShort } from "../../../protocol/src/filename";
import { Avatar } from "../../../ui/src/Avatar";
import { Button, IconButton } from "../../../ui/src/Button";
import { DirText } from "../../../ui/src/DirText";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Menu } from "../../../ui/src/Menu";
import { Name, Phrase } from "../../../ui/src/Phrase";
import { Elapsed, Remaining } from "../../../ui/src/Timer";
import { useActions, useDesk, useThread, type Departed } from "../live/state";
import type { Card, Desk } from "../../../protocol/src/types";
import { tasksOf } from "../model/tasks";
import { goToPane, useCommand, useKeys } from "./commands";
import { customerName } from "./customerName";
import { setFrame, useFrame, useNarrow } from "./frame";
import { attempt } from "./problems";
import { Verified } from "./Verified";
import s from "./RequestPopover.module.css";

/** How many requests are shown at once; the others wait behind "1 to 5 of 8". */
const shownAtOnce = 5;

interface Shown {
  card: Card;
  departed?: Departed;
}

export interface RequestStackProps {
  /** A conversation is open beside them. */
  beside?: boolean;
  onAccept(card: Card): void;
}

/** The requests offered to this agent, the one that expires first on top (S1–S8). */
export function RequestStack({ beside = false, onAccept }: RequestStackProps) {
  const { t } = useLanguage();
  const desk = useDesk((state) => state.desk);
  const departed = useDesk((state) => state.departed);
  const accepting = useDesk((state) => state.accepting);
  const requests = desk ? tasksOf(desk, {}).requests : [];
  const visible: Shown[] = [
    ...departed.map((d) => ({ card: d.card, departed: d })),
    ...requests.map((card) => ({ card })),
  ];
  visible.sort(
    (a, b) => Date.parse(a.card.deadline ?? a.card.made_at) - Date.parse(b.card.deadline ?? b.card.made_at),
  );
  const shown = visible.slice(0, shownAtOnce);
  const online = useDesk((state) => state.link.state === "online");
  const { requestsFolded } = useFrame();
  const narrow = useNarrow();
  // On a phone the conversation that is open keeps its place.
  const folded = requestsFolded ?? (narrow && beside);
  const waiting = requests.filter((card) => accepting[card.offer ?? 0] === undefined);
  const fitting = waiting.slice(0, desk ? acceptable(desk, waiting.length) : 0);
  const fold = () => setFrame({ requestsFolded: !folded });

  useCommand("accept", () => waiting[0] && onAccept(waiting[0]), online && waiting.length > 0);
  useCommand("acceptAll", () => fitting.forEach(onAccept), online && fitting.length > 0);
  useCommand("requests", () => goToPane("requests"), shown.length > 0);
  useCommand("popover", fold, shown.length > 0);
  useReturnOfFocus(shown.length);
  const stack = useRef<HTMLElement>(null);
  useCovered(stack, shown.length > 0);

  if (shown.length === 0) return null;
  return (
    <section
      ref={stack}
      className={s.stack}
      aria-label={t.popoverTitle()}
      data-pane="requests"
      data-folded={folded || undefined}
      tabIndex={-1}
    >
      <div className={s.bar}>
        {visible.length > shownAtOnce && (
          <p className={s.range}>{t.popoverRange({ from: 1, to: shown.length, total: visible.length })}</p>
        )}
        <IconButton
          small
          label={folded ? t.actionExpand() : t.actionCollapse()}
          aria-expanded={!folded}
          icon={
            folded ? (
              <ChevronsUpDown size={16} aria-hidden="true" />
            ) : (
              <ChevronsDownUp size={16} aria-hidden="true" />
            )
          }
          onPress={fold}
        />
      </div>
      {shown.map(({ card, departed: end }, i) => (
        <Request key={card.key} card={card} departed={end} first={i === 0} onAccept={() => onAccept(card)} />
      ))}
      {waiting.length > 1 && fitting.length > 0 && (
        <Button
          look="success"
          unavailable={online ? undefined : t.popoverOffline()}
          onPress={() => fitting.forEach(onAccept)}
        >
          {t.nAcceptAll({ n: fitting.length })}
        </Button>
      )}
    </section>
  );
}

/**
 * If focus was inside when the last request went away, it goes to the banner
 * that says what happened, and not to the top of the page.
 */
function useReturnOfFocus(count: number): void {
  const before = useRef(0);
  const inside = useRef(false);
  useEffect(() => {
    const note = () => {
      const active = document.activeElement;
      if (active && active !== document.body)
        inside.current = active.closest('[data-pane="requests"]') !== null;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  useEffect(() => {
    if (before.current > 0 && count === 0 && inside.current && document.activeElement === document.body) {
      const banner = document.querySelector<HTMLElement>("[data-rona-action] button");
      if (banner) banner.focus();
      else goToPane("tasks");
    }
    before.current = count;
  }, [count]);
}

/** Says how much of the page's end lies under the requests: what is there can be scrolled out from under them (A9). */
function useCovered(stack: RefObject<HTMLElement | null>, shown: boolean): void {
  useLayoutEffect(() => {
    const element = stack.current;
    if (!shown || !element || typeof ResizeObserver === "undefined") return;
    const root = document.documentElement.style;
    const observer = new ResizeObserver(() => {
      const over = getComputedStyle(element).position === "fixed";
      root.setProperty("--covered", over ? `${innerHeight - element.getBoundingClientRect().top}px` : "0px");
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.removeProperty("--covered");
    };
  }, [stack, shown]);
}

/** How many of those waiting can be accepted at once: no more than are shown, and never beyond the capacity. */
export function acceptable(desk: Desk, waiting: number): number {
  const { occupied, capacity } = desk.agent;
  // Every offer holds a slot already, those that are being accepted too.
  const offers = desk.cards.filter((card) => card.kind === "request").length;
  const taken = Math.max(0, occupied - offers) + (offers - waiting);
  return Math.max(0, Math.min(waiting, shownAtOnce, capacity - taken));
}

interface RequestProps {
  card: Card;
  departed: Departed | undefined;
  first: boolean;
  onAccept(): void;
}

function Request({ card, departed, first, onAccept }: RequestProps) {
  const { t, lang, formats } = useLanguage();
  const name = customerName(card.customer.name, t);
  usePainted(departed ? undefined : card.offer);
  return (
    <article
      className={s.request}
      aria-label={name}
      data-ended={departed?.how}
      data-pane-start=""
      tabIndex={-1}
    >
      <header className={s.head}>
        <Avatar name={card.customer.name} />
        <div className={s.who}>
          <h2 className={s.name}>
            <Name clip text={name} />
            {card.customer.verified && <Verified brief />}
          </h2>
          <p className={s.queue}>
            <span className="sr">{`${t.labelQueue()}: `}</span>
            <Name text={inLanguage(card.queue.name, lang)} />
          </p>
        </div>
        <p className={s.timer}>
          <Elapsed since={card.received_at} label={t.labelTimer()} />
        </p>
      </header>
      {card.request_kind === "transfer" || (card.request_kind === "queue" && card.from) ? (
        <p className={s.from}>
          <Phrase text={t.popoverTransferredBy({ agent: card.from ?? "" })} />
        </p>
      ) : card.request_kind === "conference" ? (
        <p className={s.from}>
          <Phrase text={t.popoverConferenceFrom({ agent: card.from ?? "" })} />
        </p>
      ) : card.left_message ? (
        <p className={s.from}>{t.labelLeftMessage()}</p>
      ) : null}
      <p className={s.facts}>
        <span>
          <Phrase text={t.labelAgentNames({ names: card.agents[0]?.name ?? "" })} />
        </span>
        <time dateTime={card.made_at}>{formats.dateTime(Date.parse(card.made_at))}</time>
      </p>
      <Messages card={card} />
      {departed ? <Ending departed={departed} /> : <Answer card={card} first={first} onAccept={onAccept} />}
    </article>
  );
}

/** Tells the server that the request is before the agent's eyes: once it is painted, or in a hidden tab once it is there. */
function usePainted(offer: number | undefined): void {
  const actions = useActions();
  const online = useDesk((state) => state.link.state === "online");
  useLayoutEffect(() => {
    if (offer === undefined || !online) return;
    if (document.visibilityState === "hidden") {
      actions.confirm(offer);
      return;
    }
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => actions.confirm(offer));
    });
    return () => cancelAnimationFrame(frame);
  }, [actions, offer, online]);
}

/** Everything written so far: the last three messages at once, the others by scrolling. */
function Messages({ card }: { card: Card }) {
  const { t } = useLanguage();
  const { conversation, staff } = useThread(card.conversation);
  const box = useRef<HTMLDivElement>(null);
  const messages = conversation?.entries.filter((entry) => entry.kind === "message") ?? [];
  const handover = staff?.entries.findLast((entry) => entry.handover);
  const count = messages.length;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const items = [...element.querySelectorAll<HTMLElement>("[data-message]")];
    // The box is as high as its last three messages, where there is room for them, and shows the last.
    const fit = () => {
      const third = items.at(-3);
      const last = items.at(-1);
      const height = third && last && last.offsetTop + last.offsetHeight - third.offsetTop + 4;
      element.style.setProperty("--last-three", height === undefined ? null : `${height}px`);
      element.scrollTop = element.scrollHeight;
    };
    fit();
    if (typeof ResizeObserver === "undefined") return;
    // Their own letters come after them, and are higher.
    const observer = new ResizeObserver(fit);
    for (const item of items.slice(-3)) observer.observe(item);
    return () => observer.disconnect();
  }, [count]);
  const customers = new Set(
    conversation?.participants.filter((p) => p.role === "customer").map((p) => p.number),
  );
  return (
    <div className={s.thread}>
      <div
        ref={box}
        className={s.messages}
        role="log"
        aria-live="off"
        aria-label={t.labelThread()}
        tabIndex={0}
      >
        {count === 0 && <p className={s.none}>{t.popoverNoMessages()}</p>}
        {messages.map((entry) => (
          <div
            key={entry.seq}
            data-message=""
            className={customers.has(entry.by ?? 0) ? s.customer : s.agent}
          >
            <DirText text={inShort(entry)} fallback={card.language === "ar" ? "rtl" : "ltr"} />
          </div>
        ))}
      </div>
      {handover && (
        <div className={s.note}>
          <p className={s.noteTitle}>
            <Phrase text={t.popoverNote({ agent: handover.name ?? "" })} />
          </p>
          <DirText text={handover.text ?? ""} fallback="ltr" />
        </div>
      )}
    </div>
  );
}

function Answer({ card, first, onAccept }: Omit<RequestProps, "departed">) {
  const { t } = useLanguage();
  const since = useDesk((state) => state.accepting[card.offer ?? 0]);
  const online = useDesk((state) => state.link.state === "online");
  const mayDecline = useDesk((state) => state.setup.allowDecline);
  const pressed = since !== undefined;
  const slow = useDelay(pressed, 300);
  const keys = useKeys();
  return (
    <>
      {card.deadline && (
        <Remaining
          from={card.made_at}
          to={card.deadline}
          label={t.labelTimeLeft()}
          text={(seconds) => t.nSecondsLeft({ n: seconds })}
        />
      )}
      <div className={s.answer}>
        <Button
          look="success"
          onPress={onAccept}
          unavailable={online ? (pressed ? "" : undefined) : t.popoverOffline()}
          {...(first ? { "aria-keyshortcuts": keys.aria("accept") } : {})}
        >
          {slow ? t.popoverAccepting() : t.actionAccept()}
          {first && !slow && keys.hint("accept") && (
            <kbd aria-hidden="true" className={s.hint}>
              {keys.hint("accept")}
            </kbd>
          )}
        </Button>
        {mayDecline && online && !pressed && <Decline offer={card.offer ?? 0} />}
      </div>
    </>
  );
}

/** Where the organization allows it, the way to say no: with a reason for being Idle, or without one. */
function Decline({ offer }: { offer: number }) {
  const { t, lang } = useLanguage();
  const actions = useActions();
  const reasons = useDesk((state) => state.setup.reasons);
  const decline = (reason?: string) => attempt(actions.decline(offer, reason), t);
  return (
    <Menu
      end
      label={t.popoverDeclineMenu()}
      trigger={<Button>{t.actionDecline()}</Button>}
      actions={[
        {
          id: "plain",
          text: t.popoverDeclinePlain(),
          detail: t.popoverDeclineHint(),
          onAction: () => decline(),
        },
        ...reasons
          .filter((reason) => reason.kind === "idle" && reason.id !== "rsn_declined")
          .map((reason) => ({
            id: reason.id,
            text: inLanguage(reason.name, lang),
            onAction: () => decline(reason.id),
          })),
      ]}
    />
  );
}

/** True once on has lasted for the time. */
function useDelay(on: boolean, ms: number): boolean {
  const [late, set] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => set(true), ms);
    return () => {
      clearTimeout(timer);
      set(false);
    };
  }, [on, ms]);
  return late;
}

/** A request that has ended, still: what became of it. */
function Ending({ departed }: { departed: Departed }) {
  const { t } = useLanguage();
  return <p className={s.ending}>{endingText(departed, t)}</p>;
}

export function endingText({ how, cause }: Departed, t: ReturnType<typeof useLanguage>["t"]): string {
  if (how === "missed") return t.popoverExpired();
  if (how === "accepted") return t.popoverTaken();
  if (how === "declined") return t.popoverDeclined();
  const left = ["customer", "customer_away", "abandoned", "conversation_ended"];
  return cause && left.includes(cause) ? t.popoverWithdrawn() : t.popoverCancelled();
}
