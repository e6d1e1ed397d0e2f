// The palette's items for the desk as it is now.
import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../../../ui/src/language";
import { useGo } from "../address";
import { useActions, useDesk } from "../live/state";
import { canInsert, insertTemplate } from "../compose/insert";
import { consoleOf } from "../model/permissions";
import { cardOf, signOutBlocked } from "../model/tasks";
import { canRun, runCommand, wantComposer } from "../parts/commands";
import { useOtherLanguage } from "../parts/otherLanguage";
import { attempt } from "../parts/problems";
import { lists } from "../parts/targets";
import { changePreferences, usePreference } from "../settings";
import { itemsOf, type Item } from "./items";

export function useItems(open: string | undefined, go: (conversation: string | undefined) => void): Item[] {
  const { t, lang, choose } = useLanguage();
  const actions = useActions();
  const goTo = useGo();
  const desk = useDesk((state) => state.desk);
  const reasons = useDesk((state) => state.setup.reasons);
  const templates = useDesk((state) => state.setup.templates);
  const console = useDesk((state) => consoleOf(state.me.permissions));
  const silent = usePreference("silent");
  const other = useOtherLanguage(lang);
  const mayTransfer = canRun("transfer") || canRun("conference");
  const { data: targets } = useQuery(
    {
      queryKey: ["targets", open],
      queryFn: () => actions.targets(open ?? ""),
      enabled: open !== undefined && mayTransfer,
      staleTime: 5000,
    },
    lists,
  );
  return useMemo(
    () =>
      itemsOf(
        {
          t,
          other,
          cards: desk?.cards ?? [],
          open: open !== undefined && cardOf(desk, open) ? open : undefined,
          targets,
          reasons,
          templates: open !== undefined && canInsert(open) ? templates : [],
          presence: desk?.agent.presence,
          silent,
          administrator: console !== undefined,
          maySignOut: desk !== undefined && signOutBlocked(desk) === undefined,
        },
        {
          can: canRun,
          run: (action) => void runCommand(action),
          transfer: (to) => void runCommand("transfer", to),
          conference: (agent) => void runCommand("conference", { agent }),
          wrapUp: (reason) => void runCommand("wrapup", reason),
          open: (conversation) => {
            wantComposer(conversation);
            go(conversation);
          },
          home: () => go(undefined),
          statistics: () => goTo("/desk/me"),
          insert: (template) => insertTemplate(open ?? "", template),
          administration: () => goTo(console ?? "/desk"),
          presence: (presence, reason) => attempt(actions.setPresence(presence, reason), t),
          language: choose,
          prefer: changePreferences,
          signOut: () => attempt(actions.signOut(), t),
        },
      ),
    [t, other, desk, open, targets, reasons, templates, silent, console, actions, goTo, choose, go],
  );
}
