import { useDesk, useThread, type Typist } from "../live/state";
import { useNow } from "../../../ui/src/now";

/** Who is writing at this moment, other than this agent. The signal may be lost, so it also fades. */
export function useTypists(conversation: string): (Typist & { customer: boolean })[] {
  useNow();
  const me = useDesk((state) => state.me.user);
  const { typing, conversation: thread } = useThread(conversation);
  const now = performanceNow();
  return typing
    .filter((typist) => typist.until > now)
    .flatMap((typist) => {
      const person = thread?.participants.find((p) => p.number === typist.by);
      return person?.user === me ? [] : [{ ...typist, customer: person?.role === "customer" }];
    });
}

const performanceNow = () => Date.now();
