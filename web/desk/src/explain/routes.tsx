// The address of the supervisor's page: who is not signed in is asked to.
import type { Explanation, OfferExplanation, WaitingList } from "../../../protocol/src/types";
import { read } from "../live/rest";
import { useGuarded } from "../admin/routes";
import { LivePage } from "./LivePage";
import type { WaitingSource } from "./source";

const source: WaitingSource = {
  waiting: () => read<WaitingList>("/waiting"),
  explain: (conversation) => read<Explanation>(`/conversations/${conversation}/explain`),
  explainOffer: (conversation, offer) =>
    read<OfferExplanation>(`/conversations/${conversation}/offers/${String(offer)}/explain`),
  permissions: () => read<{ permissions: string[] }>("/me").then((me) => me.permissions),
};

export const LiveRoute = () => <LivePage source={useGuarded(source)} />;
