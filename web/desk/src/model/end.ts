// Whether ending takes a second press: only while the customer is writing, or
// wrote last a moment ago (product decisions, routing and states §11).
import type { Conversation } from "../../../protocol/src/types";
import { lastMessage } from "./thread";

export const recentMs = 60_000;
/** After the first press the second is not taken at once, so that a double click does not end. */
export const guardMs = 1000;

export function endNeedsSecondPress(
  conversation: Conversation | undefined,
  customerTyping: boolean,
  now: number,
): "typing" | "recent" | undefined {
  if (!conversation || conversation.status === "closed" || conversation.status === "interrupted")
    return undefined;
  if (customerTyping) return "typing";
  const last = lastMessage(conversation);
  return last?.fromCustomer && now - Date.parse(last.at) < recentMs ? "recent" : undefined;
}
