// Whether ending takes a second press: only while the customer is writing, or
// wrote last a moment ago (product decisions, routing and states §11).
import type { Conversation } from "../../../protocol/src/types";
import { lastMessage, type Outgoing } from "./thread";

export const recentMs = 60_000;
/** After the first press the second is not taken at once, so that a double click does not end. */
export const guardMs = 1000;

export function endNeedsSecondPress(
  conversation: Conversation | undefined,
  customerTyping: boolean,
  now: number,
  outgoing: readonly Outgoing[] = [],
): "typing" | "recent" | undefined {
  if (!conversation || conversation.status === "closed" || conversation.status === "interrupted")
    return undefined;
  if (customerTyping) return "typing";
  const last = lastMessage(conversation);
  if (!last?.fromCustomer) return undefined;
  const at = Date.parse(last.at);
  // An answer that is still on its way is an answer.
  const answered = outgoing.some((message) => !message.note && message.mark !== "failed" && message.at >= at);
  return !answered && now - at < recentMs ? "recent" : undefined;
}
