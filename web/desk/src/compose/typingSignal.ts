import { useEffect, useMemo } from "react";
import { useActions } from "../live/state";
import { TypingSignal } from "../model/typing";

/** Tells the others that this agent is writing, and when that stops. */
export function useTypingSignal(conversation: string): TypingSignal {
  const actions = useActions();
  const signal = useMemo(
    () => new TypingSignal((on) => actions.typing(conversation, on)),
    [actions, conversation],
  );
  useEffect(() => signal.stop, [signal]);
  return signal;
}
