// The figures of the day: asked for when they are looked at, and again each
// minute and whenever a wrap-up has been submitted.
import { useQuery } from "@tanstack/react-query";
import type { Today } from "../../../protocol/src/types";
import { useActions, useDesk } from "../live/state";
import { lists } from "./targets";

export function useToday(): { today: Today | undefined; failed: boolean; again(): void } {
  const actions = useActions();
  const me = useDesk((state) => state.me.user);
  const work = useDesk((state) => state.desk?.cards.map((card) => card.key).join(" "));
  const query = useQuery(
    {
      queryKey: ["today", me, work],
      queryFn: actions.today,
      placeholderData: (before: Today | undefined) => before,
      refetchInterval: 60_000,
    },
    lists,
  );
  return { today: query.data, failed: query.isError, again: () => void query.refetch() };
}
