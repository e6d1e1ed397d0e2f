import { ChevronDown, LogOut, PhoneOff, UserMinus, UserPlus, Forward } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Button, IconButton } from "../../../ui/src/Button";
import { Chip, type Tone } from "../../../ui/src/Chip";
import { useLanguage } from "../../../ui/src/language";
import { fetchSoon, later } from "../../../ui/src/later";
import { Menu } from "../../../ui/src/Menu";
import type { MenuAction } from "../../../ui/src/MenuList";
import { useActions, useDesk } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import type { Messages } from "../../../locales";
import { useCommand, useKeys, type Given } from "./commands";
import type { Ending } from "./ending";
import { attempt } from "./problems";
import s from "./ControlPane.module.css";

const dialogs = () => import("./dialogs");
const TransferDialog = later(() => dialogs().then((m) => m.TransferDialog));
const ConferenceDialog = later(() => dialogs().then((m) => m.ConferenceDialog));
const HandOverDialog = later(() => dialogs().then((m) => m.HandOverDialog));

/** The words of the status text, exactly as the article has them. */
export function statusText(card: Card, t: Messages): string {
  if (card.kind === "wrapup") {
    return card.pending?.kind === "transfer" ? t.statusTransferRequested() : t.statusWrapup();
  }
  switch (card.status) {
    case "conference_requested":
      return t.statusConferenceRequested();
    case "conference":
      return t.statusConference();
    case "interrupted":
      return t.statusInterrupted();
    default:
      return t.statusActive();
  }
}

const tones: Record<string, Tone> = {
  conference_requested: "warning",
  conference: "accent",
  interrupted: "rona",
};

/** Why Transfer cannot be used now. */
export function transferUnavailable(card: Card, online: boolean, t: Messages): string | undefined {
  if (card.kind === "request") return t.errorNotAcceptedYet();
  if (card.status === "interrupted") return t.assetAlertDisabled();
  if (card.customer_left) return t.composeCustomerLeft();
  if (card.role === "guest") return t.errorNotOwner();
  if (card.status === "conference") return t.transferUnavailableConference();
  if (card.pending) return t.transferUnavailablePending();
  if (!online) return t.transferUnavailableOffline();
  return undefined;
}

/** Why no agent can be added now. */
export function conferenceUnavailable(card: Card, online: boolean, t: Messages): string | undefined {
  if (card.kind === "request") return t.errorNotAcceptedYet();
  if (card.status === "interrupted") return t.assetAlertDisabled();
  if (card.customer_left) return t.composeCustomerLeft();
  if (card.role === "guest") return t.errorNotOwner();
  if (card.pending) return t.conferenceUnavailablePending();
  if (!online) return t.transferUnavailableOffline();
  return undefined;
}

/** The strip with what the agent can do to the conversation. */
export function ControlPane({ card, end }: { card: Card; end: Ending }) {
  const { t } = useLanguage();
  const actions = useActions();
  const online = useDesk((state) => state.link.state === "online");
  const [open, setOpen] = useState<"transfer" | "conference" | "handover">();
  /** Whom the palette was asked to give the conversation to. */
  const [chosen, setChosen] = useState<Given["transfer"]>();
  const over = card.kind === "wrapup";
  const guest = card.role === "guest";
  const conference = card.status === "conference";
  const keys = useKeys();
  const noTransfer = transferUnavailable(card, online, t);
  const noConference = conferenceUnavailable(card, online, t);
  useSpokenStatus(card);
  // The dialogs are fetched while the agent reads, not when they are wanted.
  useEffect(() => fetchSoon(dialogs), []);
  useCommand(
    "transfer",
    (to) => {
      setChosen(to);
      setOpen("transfer");
    },
    !over && noTransfer === undefined,
  );
  useCommand(
    "conference",
    (whom) => {
      if (conference && !guest) return end.press();
      setChosen(whom);
      setOpen("conference");
    },
    !over && (conference ? !guest : noConference === undefined),
  );
  useCommand("end", end.press, !over && !guest);
  const conversation = card.conversation;
  const guests = card.agents.filter((agent) => agent.role === "guest");
  const close = () => {
    setOpen(undefined);
    setChosen(undefined);
  };
  const more: MenuAction[] = [
    {
      id: "add",
      text: t.actionConferenceHint(),
      icon: <UserPlus size={18} />,
      detail: noConference,
      dimmed: noConference !== undefined,
      onAction: () => noConference === undefined && setOpen("conference"),
    },
    {
      id: "handover",
      text: t.actionHandOver(),
      icon: <LogOut size={18} className="mirrored" />,
      onAction: () => {
        const only = guests.length === 1 ? guests[0] : undefined;
        if (only) attempt(actions.handOver(conversation, only.user), t);
        else setOpen("handover");
      },
    },
    ...guests.map((agent) => ({
      id: `remove-${agent.user}`,
      text: t.actionRemoveGuest({ agent: agent.name }),
      icon: <UserMinus size={18} />,
      onAction: () => attempt(actions.removeGuest(conversation, agent.user), t),
    })),
  ];
  return (
    <div role="group" aria-label={t.labelControlPane()} className={s.pane} data-pane="control" tabIndex={-1}>
      <p className={s.status}>
        <Chip tone={over ? "engaged" : (tones[card.status ?? ""] ?? "neutral")}>{statusText(card, t)}</Chip>
        {card.pending?.kind === "conference" && !over && (
          <>
            <span className={s.pending}>
              <bdi>{card.pending.agent}</bdi>
            </span>
            {!guest && (
              <Button small look="quiet" onPress={() => attempt(actions.cancelRequest(conversation), t)}>
                {t.actionCancelRequest()}
              </Button>
            )}
          </>
        )}
      </p>
      {!over && (
        <div className={s.buttons}>
          {guest ? (
            <Button
              icon={<LogOut size={18} className="mirrored" />}
              onPress={() => attempt(actions.leave(conversation), t)}
            >
              {t.actionLeaveConference()}
            </Button>
          ) : (
            <>
              <Button
                icon={<Forward size={18} className="mirrored" />}
                unavailable={noTransfer}
                aria-keyshortcuts={keys.aria("transfer")}
                onPress={() => setOpen("transfer")}
              >
                {t.actionTransfer()}
              </Button>
              {conference ? (
                <div className={s.split}>
                  <Button
                    look="danger"
                    icon={<PhoneOff size={18} />}
                    unavailable={end.guarded ? "" : undefined}
                    aria-keyshortcuts={keys.aria("end")}
                    onPress={end.press}
                  >
                    {t.actionEndConference()}
                  </Button>
                  <Menu
                    end
                    label={t.actionMore()}
                    trigger={<IconButton label={t.actionMore()} icon={<ChevronDown size={20} />} />}
                    actions={more}
                  />
                </div>
              ) : (
                <>
                  <Button
                    icon={<UserPlus size={18} />}
                    unavailable={noConference}
                    aria-keyshortcuts={keys.aria("conference")}
                    onPress={() => setOpen("conference")}
                  >
                    {t.actionConference()}
                  </Button>
                  <Button
                    look="danger"
                    unavailable={
                      end.guarded ? "" : card.kind === "request" ? t.errorNotAcceptedYet() : undefined
                    }
                    aria-keyshortcuts={keys.aria("end")}
                    onPress={end.press}
                  >
                    {t.actionEnd()}
                  </Button>
                </>
              )}
            </>
          )}
        </div>
      )}
      <Suspense>
        {open === "transfer" && <TransferDialog card={card} start={chosen} onClose={close} />}
        {open === "conference" && <ConferenceDialog card={card} start={chosen} onClose={close} />}
        {open === "handover" && <HandOverDialog card={card} onClose={close} />}
      </Suspense>
    </div>
  );
}

/** A change of the status text is spoken; its first value is not, nor that a request has become a conversation. */
function useSpokenStatus(card: Card): void {
  const { t } = useLanguage();
  const text = statusText(card, t);
  const before = useRef(card);
  useEffect(() => {
    const was = before.current;
    before.current = card;
    if (was.conversation !== card.conversation || was.status === card.status || was.kind === "request")
      return;
    if (was.status === "conference_requested" && card.status === "conference")
      announce(t.conferenceAcceptedSr());
    else announce(text);
  }, [card, text, t]);
}
