import type { Conversation } from "../../../protocol/src/types";
import { useNow } from "../../../ui/src/now";
import { useDesk, useThread, type Typist } from "../live/state";

export interface Writing extends Typist {
  customer: boolean;
}

/** Who is writing at a moment of the browser's clock, other than this agent. The signal may be lost, so it also fades. */
export function writingAt(
  now: number,
  typing: readonly Typist[],
  thread: Conversation | undefined,
  me: string,
): Writing[] {
  return typing
    .filter((typist) => typist.until > now)
    .flatMap((typist) => {
      const person = thread?.participants.find((p) => p.number === typist.by);
      return person?.user === me ? [] : [{ ...typist, customer: person?.role === "customer" }];
    });
}

/** Who is writing at this moment; looked at anew every second. */
export function useTypists(conversation: string): Writing[] {
  useNow();
  const me = useDesk((state) => state.me.user);
  const { typing, conversation: thread } = useThread(conversation);
  return writingAt(browserNow(), typing, thread, me);
}

const browserNow = () => Date.now();
