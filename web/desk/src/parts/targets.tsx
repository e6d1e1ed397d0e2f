// The list of queues and agents a conversation can be given to: fetched when a
// dialog opens, at a press, and when the server says that it changed. What goes
// away while one is looking stays where it is and says so.
import { useState } from "react";
import { QueryClient } from "@tanstack/react-query";
import { Avatar } from "../../../ui/src/Avatar";
import type { Choice } from "../../../ui/src/choices";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { announce } from "../../../ui/src/announce";
import { useActions } from "../live/state";
import { useLook } from "./lookAgain";
import type { Targets } from "../../../protocol/src/types";
import type { Messages } from "../../../locales";

/** One cache for the lists; they are kept for a minute after a dialog closes, to be shown at once in the next. */
export const lists = new QueryClient({
  defaultOptions: { queries: { retry: 1, gcTime: 60_000, staleTime: 0 } },
});

export interface TargetList {
  targets: Targets | undefined;
  failed: boolean;
  refreshing: boolean;
  refresh(count: (targets: Targets) => number): void;
}

export function useTargets(conversation: string): TargetList {
  const { t } = useLanguage();
  const actions = useActions();
  const [asked, ask] = useState(false);
  const look = useLook(["targets", conversation], () => actions.targets(conversation), lists);
  return {
    targets: look.data,
    failed: look.failed,
    // A list that changes by itself makes no show of it.
    refreshing: asked || look.loading,
    refresh(count) {
      ask(true);
      void look.again().then(({ data, isError }) => {
        ask(false);
        if (isError || !data) announce(t.transferListFailed(), "assertive");
        else announce(t.transferListRefreshedSr({ results: t.nResults({ n: count(data) }) }));
      });
    },
  };
}

/** Queues by name, the current one last: "back to the queue". */
export function queueChoices(targets: Targets, t: Messages, lang: "ar" | "en"): Choice[] {
  const collator = new Intl.Collator(lang);
  return targets.queues
    .map((queue) => ({ ...queue, shown: inLanguage(queue.name, lang) }))
    .sort((a, b) => Number(a.current) - Number(b.current) || collator.compare(a.shown, b.shown))
    .map((queue) => ({
      id: queue.id,
      name: queue.shown,
      also: `${queue.name.en} ${queue.name.ar}`,
      detail: [
        ...(queue.current ? [t.transferBackToQueue()] : []),
        t.nAgentsAvailable({ n: queue.available }),
        t.nWaiting({ n: queue.waiting }),
      ].join(" · "),
    }));
}

/** Agents by name, each with their load. */
export function agentChoices(targets: Targets, t: Messages, lang: "ar" | "en"): Choice[] {
  const collator = new Intl.Collator(lang);
  return [...targets.agents]
    .sort((a, b) => collator.compare(a.name, b.name))
    .map((agent) => ({
      id: agent.user,
      name: agent.name,
      before: <Avatar name={agent.name} size="small" />,
      detail: t.transferLoad({ used: agent.occupied, capacity: agent.capacity }),
    }));
}

/** next in the order of kept, with new ones behind and missing ones marked gone. */
export function mergeChoices(kept: Choice[], next: Choice[], gone: string): Choice[] {
  const fresh = new Map(next.map((choice) => [choice.id, choice]));
  const stayed = kept.map((choice) => fresh.get(choice.id) ?? { ...choice, gone });
  const known = new Set(kept.map((choice) => choice.id));
  return [...stayed, ...next.filter((choice) => !known.has(choice.id))];
}
