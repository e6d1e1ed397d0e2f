// What is said aloud when something happens (A1–A13). It watches the state and
// draws nothing; focus never moves because of it.
import { inShort } from "../../../protocol/src/filename";
import { useEffect, useEffectEvent, useRef } from "react";
import { announce } from "../../../ui/src/announce";
import { secondsLeft } from "../../../ui/src/duration";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { serverNow } from "../../../ui/src/now";
import { useLiveStore, type DeskState, type ThreadState } from "../live/state";
import { preferences } from "../settings";
import type { Card, Conversation } from "../../../protocol/src/types";
import { Burst, readingOf, spokenSeconds } from "../model/reading";
import { headOf } from "../model/thread";
import { customerName } from "./customerName";
import { endingText } from "./RequestPopover";
import { stateName } from "./stateName";

/** A message in a conversation that is not open is told at most this often. */
const elsewhereMs = 5000;
const burstMs = 2000;

export function Spoken({ open }: { open: string | undefined }) {
  const { t, lang } = useLanguage();
  const store = useLiveStore();
  const burst = useRef(new Burst());
  const told = useRef(0);
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);

  const requestArrived = (card: Card) =>
    announce(
      t.popoverNewSr({
        name: customerName(card.customer.name, t),
        queue: inLanguage(card.queue.name, lang),
        secondsLeft: t.nSecondsLeft({
          n: card.deadline ? secondsLeft(card.made_at, card.deadline, serverNow()) : 0,
        }),
      }),
      "assertive",
    );

  const messageArrived = (conversation: Conversation, text: string) => {
    const name = customerName(conversation.customer?.name ?? "", t);
    const { verbosity } = preferences.get();
    if (verbosity === "off") return;
    if (conversation.id !== open) {
      const now = Date.now();
      if (now - told.current < elsewhereMs) return;
      told.current = now;
      announce(t.msgNewSr({ name }));
      return;
    }
    if (verbosity === "count") burst.current.hold();
    const first = verbosity !== "count" && burst.current.take(Date.now());
    const reading = readingOf(verbosity, first);
    if (reading === "text") return announce(t.msgFromSr({ name, text }));
    if (reading === "name") return announce(t.msgNewSr({ name }));
    clearTimeout(later.current);
    later.current = setTimeout(() => announce(t.nMessages({ n: burst.current.flush() })), burstMs);
  };

  const compare = useEffectEvent((was: DeskState, is: DeskState) => {
    if (was.desk && is.desk) {
      const known = new Set(was.desk.cards.map((card) => card.key));
      for (const card of is.desk.cards)
        if (card.kind === "request" && !known.has(card.key)) requestArrived(card);
      const before = was.desk.agent;
      const agent = is.desk.agent;
      if (before.presence !== agent.presence || before.idle_reason !== agent.idle_reason) {
        // RONA is said by its banner, which is an alert; twice would be once too often.
        if (agent.presence !== "rona")
          announce(t.stateChangedSr({ state: stateName(agent, is.setup.reasons, t, lang) }));
      }
    }
    for (const gone of is.departed) {
      if (!was.departed.includes(gone) && gone.how !== "missed") announce(endingText(gone, t));
    }
    for (const [id, thread] of Object.entries(is.threads)) {
      const now = thread?.conversation;
      const then = was.threads[id]?.conversation;
      if (!now || !then || now === then) continue;
      for (const message of freshFromOthers(then, now, is.me.user)) messageArrived(now, message);
    }
    for (const [id, thread] of Object.entries(is.threads)) {
      const failed = new Set(
        was.threads[id]?.outgoing.filter((m) => m.mark === "failed").map((m) => m.clientId),
      );
      if (thread?.outgoing.some((m) => m.mark === "failed" && !failed.has(m.clientId))) {
        announce(t.composeFailed(), "assertive");
      }
      // That one's own message arrived is for those who want to hear everything (A13).
      if (preferences.get().verbosity === "all" && arrived(was.threads[id], thread)) announce(t.msgSent());
    }
  });

  useEffect(() => {
    let before = store.get();
    return store.subscribe(() => {
      const now = store.get();
      const was = before;
      before = now;
      compare(was, now);
    });
  }, [store]);

  useSpokenCountdown();
  return null;
}

/** Whether the server has a message now that was on its way. */
function arrived(then: ThreadState | undefined, now: ThreadState | undefined): boolean {
  const known = (message: { clientId: string }) =>
    now?.conversation?.entries.some((entry) => entry.client_id === message.clientId) === true;
  const left = then?.outgoing.filter((m) => !now?.outgoing.some((n) => n.clientId === m.clientId)) ?? [];
  return left.some(known);
}

/** Messages by others that came after what was there. */
export function freshFromOthers(then: Conversation, now: Conversation, me: string): string[] {
  const head = headOf(then);
  const mine = now.participants.find((p) => p.user === me)?.number;
  return now.entries.filter((e) => e.kind === "message" && e.seq > head && e.by !== mine).map(inShort);
}

/** The time left is told at half of it and at ten seconds, never every second. */
function useSpokenCountdown(): void {
  const { t } = useLanguage();
  const store = useLiveStore();
  const say = useEffectEvent((seconds: number) =>
    announce(t.popoverHalfTimeSr({ secondsLeft: t.nSecondsLeft({ n: seconds }) })),
  );
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>[]>();
    const update = () => {
      const requests = (store.get().desk?.cards ?? []).filter((card) => card.kind === "request");
      const open = new Set(requests.map((card) => card.key));
      for (const [key, all] of timers) {
        if (open.has(key)) continue;
        all.forEach(clearTimeout);
        timers.delete(key);
      }
      for (const card of requests) {
        if (timers.has(card.key) || !card.deadline) continue;
        const end = Date.parse(card.deadline);
        const left = end - serverNow();
        timers.set(
          card.key,
          spokenSeconds(end - Date.parse(card.made_at))
            .filter((seconds) => seconds * 1000 < left)
            .map((seconds) => setTimeout(() => say(seconds), left - seconds * 1000)),
        );
      }
    };
    update();
    const stop = store.subscribe(update);
    return () => {
      stop();
      for (const all of timers.values()) all.forEach(clearTimeout);
    };
  }, [store]);
}
