import type { Explanation, OfferExplanation, WaitingList } from "../../../protocol/src/types";

/** Where the supervisor's page gets who waits from. */
export interface WaitingSource {
  waiting(): Promise<WaitingList>;
  explain(conversation: string): Promise<Explanation>;
  explainOffer(conversation: string, offer: number): Promise<OfferExplanation>;
  /** What whoever looks may do. */
  permissions(): Promise<string[]>;
}
