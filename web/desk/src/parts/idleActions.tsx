import { Moon } from "lucide-react";
import type { Messages } from "../../../locales";
import { inLanguage, type Lang } from "../../../ui/src/language";
import type { MenuAction } from "../../../ui/src/MenuList";
import type { Reason } from "../live/state";
import type { Agent } from "../../../protocol/src/types";
import s from "./StateSelector.module.css";

/** The ways to be Idle: without a reason, or with one that an administrator made. The system's own is not chosen. */
export function idleActions(
  agent: Agent,
  reasons: readonly Reason[],
  t: Messages,
  lang: Lang,
  choose: (reason?: string) => void,
): MenuAction[] {
  const idle = agent.presence === "idle";
  return [
    {
      id: "idle",
      text: t.stateIdle(),
      icon: <Moon size={18} />,
      current: idle && !agent.idle_reason,
      detail: agent.engaged ? t.statePending() : undefined,
      onAction: () => choose(),
    },
    ...reasons
      .filter((reason) => reason.kind === "idle" && reason.id !== "rsn_declined")
      .map((reason) => ({
        id: reason.id,
        text: inLanguage(reason.name, lang),
        icon: <span className={s.indent} />,
        current: idle && agent.idle_reason === reason.id,
        onAction: () => choose(reason.id),
      })),
  ];
}
