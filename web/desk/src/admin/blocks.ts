// What blocking asks of the server.
import { command, read } from "../live/rest";

export interface Block {
  id: string;
  /** A customer, proven or not, or whoever comes from a network. */
  kind: "customer" | "network";
  network?: string;
  /** As the customer is called in the conversation in which it was done. */
  name?: string;
  verified?: boolean;
  reason: string;
  by: string;
  by_name?: string;
  created_at: string;
  expires_at?: string;
}

export interface BlockPage {
  blocks: Block[];
  more: boolean;
}

/** Why, and for how many hours; 0 is until it is lifted. */
export interface Term {
  reason: string;
  hours: number;
}

/** Where blocks are kept. */
export interface BlockSource {
  /** Those with a word in them ("": all) that are older than one ("": the newest). */
  page(query: string, before: string): Promise<BlockPage>;
  add(network: string, term: Term): Promise<void>;
  lift(id: string): Promise<void>;
}

export const blockSource: BlockSource = {
  page: (q, before) => read<BlockPage>(`/blocks?${new URLSearchParams({ q, before })}`),
  add: (network, term) => command("POST", "/blocks", { network, ...term }),
  lift: (id) => command("DELETE", `/blocks/${encodeURIComponent(id)}`),
};

/** Blocks the customer of a conversation. */
export const blockCustomer = (conversation: string, term: Term): Promise<void> =>
  command("POST", `/conversations/${encodeURIComponent(conversation)}/block`, term);
