// Ending a conversation: one press, or two while the customer is still there.
import { useEffect, useMemo, useState } from "react";
import { useLanguage } from "../../../ui/src/language";
import { serverNow } from "../../../ui/src/now";
import { useActions, useLiveStore } from "../live/state";
import { endNeedsSecondPress, guardMs } from "../model/end";
import { goToPane } from "./commands";
import { attempt } from "./problems";
import { writingAt } from "./typists";

export interface Ending {
  /** The first press was taken: why ending takes a second one. */
  asked: "typing" | "recent" | undefined;
  /** The second press is not taken yet. */
  guarded: boolean;
  press(): void;
  forget(): void;
}

/** End in one act, unless the customer is still with us; then the first press says so. */
export function useEnding(conversation: string): Ending {
  const { t } = useLanguage();
  const store = useLiveStore();
  const actions = useActions();
  const [asked, setAsked] = useState<Ending["asked"]>();
  const [guarded, setGuarded] = useState(false);
  useEffect(() => {
    if (!guarded) return;
    const timer = setTimeout(() => setGuarded(false), guardMs);
    return () => clearTimeout(timer);
  }, [guarded]);
  return useMemo(
    () => ({
      asked,
      guarded,
      press() {
        if (guarded) return;
        const { threads, me } = store.get();
        const thread = threads[conversation]?.conversation;
        const typing = threads[conversation]?.typing ?? [];
        const customerTyping = writingAt(Date.now(), typing, thread, me.user).some(
          (typist) => typist.customer,
        );
        const outgoing = threads[conversation]?.outgoing;
        const why = asked ? undefined : endNeedsSecondPress(thread, customerTyping, serverNow(), outgoing);
        setGuarded(true);
        setAsked(why);
        // Refused, the compose box is back, and the focus with it.
        const back = (error: unknown) => {
          if (document.activeElement === document.body) goToPane("compose");
          throw error;
        };
        if (!why) attempt(actions.end(conversation).catch(back), t);
      },
      forget: () => setAsked(undefined),
    }),
    [asked, guarded, store, actions, conversation, t],
  );
}
