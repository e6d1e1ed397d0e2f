import { Fragment, useState, type ReactNode } from "react";
import { ChevronDown, Circle, CircleAlert, CircleCheck, CircleQuestionMark, Moon } from "lucide-react";
import { parts } from "../../../locales";
import { PlainButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Menu } from "../../../ui/src/Menu";
import { clockText, secondsBetween } from "../../../ui/src/duration";
import { Code, Phrase } from "../../../ui/src/Phrase";
import { useNow } from "../../../ui/src/now";
import { useActions, useDesk } from "../live/state";
import type { Agent } from "../../../protocol/src/types";
import { lostMs } from "./Banners";
import { runCommand, useCommand } from "./commands";
import { idleActions } from "./idleActions";
import { attempt } from "./problems";
import { stateName, stateTone } from "./stateName";
import s from "./StateSelector.module.css";

const icons = { available: CircleCheck, idle: Moon, rona: CircleAlert, offline: Circle };

/** The agent's own state, how long it has lasted, and the way to another. */
export function StateSelector() {
  const { t, lang } = useLanguage();
  const agent = useDesk((state) => state.desk?.agent);
  const reasons = useDesk((state) => state.setup.reasons);
  const desk = useDesk((state) => state.desk);
  const lost = useLost();
  const breath = useArrivals();
  const actions = useActions();
  const choose = (presence: "available" | "idle", reason?: string) =>
    attempt(actions.setPresence(presence, reason), t);
  useCommand("available", () => choose("available"), agent !== undefined && agent.presence !== "available");
  useCommand("state", () => document.getElementById("state-selector")?.click());
  if (!agent || !desk) return null;
  const name = lost ? t.netDisconnected() : stateName(agent, reasons, t, lang);
  const tone = lost ? "idle" : stateTone(agent);
  const Icon = lost ? Circle : icons[toneIcon(agent)];
  return (
    <Menu
      end
      label={t.actionChangeState()}
      trigger={
        <PlainButton
          id="state-selector"
          className={`${s.selector} ${s[tone]}`}
          data-breath={breath === 0 ? undefined : breath % 2 ? "in" : "out"}
        >
          <Icon size={18} aria-hidden="true" />
          {parts<{ state: string }, ReactNode>(t.stateMenu, {
            state: (
              <Fragment key="state">
                <span className={s.word}>
                  <Phrase text={name} />
                </span>{" "}
                <Times agent={agent} />
              </Fragment>
            ),
          }).map((piece) =>
            // What is around the state is for those who do not see what the button is.
            typeof piece === "string" ? (
              <span key={piece} className="sr">
                {piece}
              </span>
            ) : (
              piece
            ),
          )}
          <ChevronDown size={16} aria-hidden="true" />
        </PlainButton>
      }
      actions={[
        {
          id: "available",
          text: t.stateAvailable(),
          icon: <CircleCheck size={18} />,
          current: agent.presence === "available",
          onAction: () => choose("available"),
        },
        ...idleActions(agent, reasons, t, lang, (reason) => choose("idle", reason)),
        {
          id: "why",
          text: t.actionWhy(),
          icon: <CircleQuestionMark size={18} className="mirrored" />,
          apart: true,
          onAction: () => void runCommand("why"),
        },
      ]}
    />
  );
}

/** How many requests have come since the page was opened. */
function useArrivals(): number {
  const newest = useDesk((state) =>
    (state.desk?.cards ?? []).reduce((last, card) => Math.max(last, card.offer ?? 0), 0),
  );
  const [seen, see] = useState<{ newest: number; count: number }>();
  const opened = useDesk((state) => state.desk !== undefined);
  if (opened && !seen) see({ newest, count: 0 });
  if (seen && newest > seen.newest) see({ newest, count: seen.count + 1 });
  return seen?.count ?? 0;
}

/** The server has noticed that we are gone: what state we were in no longer says anything. */
function useLost(): boolean {
  const link = useDesk((state) => state.link);
  useNow();
  return link.state !== "online" && link.state !== "connecting" && lastedMs(link.since) >= lostMs;
}

const lastedMs = (since: number) => Date.now() - since;

function toneIcon(agent: Agent): keyof typeof icons {
  if (agent.presence === "signed_out") return "offline";
  if (agent.presence === "rona" || agent.presence === "idle") return agent.presence;
  return "available";
}

/** Time in the state; while not available also the time since the agent last was. */
function Times({ agent }: { agent: Agent }) {
  const { t, digits } = useLanguage();
  const now = useNow();
  if (!agent.since) return null;
  const both = agent.presence !== "available" && agent.available_at !== undefined;
  const time = (since: string) => <Code>{clockText(secondsBetween(since, now), digits)}</Code>;
  return (
    // A pair of times keeps its order in an Arabic header too.
    <bdi dir="ltr" className={s.times}>
      <span title={t.labelTimeInState()}>{time(agent.since)}</span>
      {both && (
        <span className={s.second} title={t.labelSinceAvailable()}>
          {"/ "}
          {time(agent.available_at ?? agent.since)}
        </span>
      )}
    </bdi>
  );
}
