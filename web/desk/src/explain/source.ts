import type { Explanation, WaitingList } from "../../../protocol/src/types";

/** Where the supervisor's page gets who waits from. */
export interface WaitingSource {
  waiting(): Promise<WaitingList>;
  explain(conversation: string): Promise<Explanation>;
  /** The roles of whoever looks. */
  roles(): Promise<string[]>;
}
