// An agent's state as a word and as a colour.
import type { Messages } from "../../../locales";
import { inLanguage, type Lang } from "../../../ui/src/language";
import type { Reason } from "../live/state";
import type { Agent } from "../../../protocol/src/types";

export function stateName(agent: Agent, reasons: readonly Reason[], t: Messages, lang: Lang): string {
  switch (agent.presence) {
    case "available":
      return t.stateAvailable();
    case "rona":
      return t.stateRona();
    case "idle": {
      if (agent.idle_reason === "rsn_declined") return t.stateIdleFor({ reason: t.idleDeclined() });
      const reason = reasons.find((r) => r.id === agent.idle_reason);
      return reason ? t.stateIdleFor({ reason: inLanguage(reason.name, lang) }) : t.stateIdle();
    }
    default:
      return t.stateOffline();
  }
}

/** Green, grey, red: with a word and an icon beside it, never alone. */
export function stateTone(agent: Agent): "available" | "idle" | "rona" {
  if (agent.presence === "rona") return "rona";
  return agent.presence === "available" ? "available" : "idle";
}
