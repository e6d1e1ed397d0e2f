import { CircleAlert, Info, UserX } from "lucide-react";
import { Suspense, useEffect } from "react";
import { Banner } from "../../../ui/src/Banner";
import { Button } from "../../../ui/src/Button";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { fetchSoon, later } from "../../../ui/src/later";
import { Phrase } from "../../../ui/src/Phrase";
import { useActions, useDesk, useThread, type DeskState } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import { cardOf } from "../model/tasks";
import { Composer } from "../compose/Composer";
import { insertQuestion } from "../compose/insert";
import { ControlPane } from "./ControlPane";
import { ConversationHeader } from "./ConversationHeader";
import { useEnding } from "./ending";
import { attempt } from "./problems";
import { Thread } from "./Thread";
import s from "./InteractionPane.module.css";

const wrapUp = () => import("./WrapUpPanel");
const WrapUpPanel = later(() => wrapUp().then((m) => m.WrapUpPanel));

/**
 * The card that stands for the conversation. While an accepted request is
 * still being confirmed the request itself does, so that the caret is in the
 * compose box at once; while End is, the wrap-up that follows.
 */
export function paneCard(state: DeskState, conversation: string): Card | undefined {
  const own = cardOf(state.desk, conversation);
  if (own) return (own.kind === "active" && state.ending[conversation]) || own;
  return state.desk?.cards.find(
    (card) =>
      card.conversation === conversation &&
      card.offer !== undefined &&
      state.accepting[card.offer] !== undefined,
  );
}

export interface InteractionPaneProps {
  conversation: string;
  onBack(): void;
  /** The agent's part is over and its wrap-up is submitted. */
  onFinished(): void;
}

/** One conversation: who it is with, what can be done, what was said, and the box to write in. */
export function InteractionPane({ conversation, onBack, onFinished }: InteractionPaneProps) {
  const { t, lang } = useLanguage();
  const card = useDesk((state) => paneCard(state, conversation));
  const thread = useThread(conversation);
  const end = useEnding(conversation);
  const actions = useActions();
  // Fetched while the agent reads, not when it is wanted.
  useEffect(() => fetchSoon(wrapUp), []);
  if (!card)
    return (
      <section
        className={s.pane}
        aria-label={t.labelInteractionPane()}
        data-pane="interaction"
        tabIndex={-1}
      />
    );
  const interrupted = card.status === "interrupted";
  const over = card.kind === "wrapup";
  const status = thread.conversation?.status;
  return (
    <section className={s.pane} aria-label={t.labelInteractionPane()}>
      <ConversationHeader card={card} onBack={onBack} />
      <ControlPane card={card} end={end} />
      {end.asked && (
        <Banner
          tone="warning"
          role="alert"
          icon={<Info size={20} aria-hidden="true" />}
          actions={
            <>
              <Button
                small
                onPress={() => {
                  end.forget();
                  insertQuestion(conversation, t.endAskText());
                }}
              >
                {t.endAsk()}
              </Button>
              <Button small look="quiet" onPress={end.forget}>
                {t.actionCancel()}
              </Button>
            </>
          }
        >
          <p>{end.asked === "typing" ? t.endAgain() : t.endAgainRecent()}</p>
          <p>{t.endHint()}</p>
        </Banner>
      )}
      <Thread key={`thread-${conversation}`} card={card} />
      {card.customer_left && !over ? (
        <Banner tone="warning" role="status" icon={<UserX size={20} aria-hidden="true" />}>
          {t.threadCustomerLeft()}
        </Banner>
      ) : card.customer_away && !over ? (
        <Banner tone="warning" role="status" icon={<Info size={20} aria-hidden="true" />}>
          {card.left_message ? t.customerLeftMessage() : t.customerAway()}
        </Banner>
      ) : null}
      {interrupted && (
        <Banner
          tone="rona"
          role="alert"
          icon={<CircleAlert size={20} aria-hidden="true" />}
          title={t.assetAlertTitle()}
        >
          <Phrase text={t.assetAlertBody({ asset: card.asset ? inLanguage(card.asset.name, lang) : "" })} />
        </Banner>
      )}
      {over ? (
        <Suspense>
          <WrapUpPanel key={card.key} card={card} onFinished={onFinished} />
        </Suspense>
      ) : (
        <Composer
          key={`compose-${conversation}`}
          card={card}
          readOnly={
            interrupted ? "interrupted" : card.customer_left || status === "closed" ? "left" : undefined
          }
          exit={
            card.role === "guest"
              ? { name: t.actionLeaveConference(), go: () => attempt(actions.leave(conversation), t) }
              : { name: t.actionEnd(), go: end.press }
          }
        />
      )}
    </section>
  );
}
