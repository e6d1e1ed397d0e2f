// What is asked for and not pushed is asked for again when the server says
// that it may have changed, and after there was no connection.
import { useEffect, useRef } from "react";
import { keepPreviousData, useQuery, type QueryClient } from "@tanstack/react-query";
import { useDesk } from "../live/state";

/** The server tells of changes for two minutes after a look. */
const lookAgainMs = 60_000;

export interface Look<T> {
  data: T | undefined;
  failed: boolean;
  loading: boolean;
  again(): Promise<{ data: T | undefined; isError: boolean }>;
}

/** Asks for something as long as it is looked at. */
export function useLook<T>(key: readonly unknown[], ask: () => Promise<T>, cache: QueryClient): Look<T> {
  const changed = useDesk((state) => state.targetsChanged);
  const online = useDesk((state) => state.link.state === "online");
  const query = useQuery(
    { queryKey: key, queryFn: ask, placeholderData: keepPreviousData, refetchInterval: lookAgainMs },
    cache,
  );
  const { refetch } = query;
  // What was told while there was no connection is not told again.
  const known = useRef({ changed, online });
  useEffect(() => {
    const was = known.current;
    known.current = { changed, online };
    if (changed !== was.changed || (online && !was.online)) void refetch();
  }, [changed, online, refetch]);
  return {
    data: query.data as T | undefined,
    failed: query.isError,
    loading: query.isLoading,
    again: refetch,
  };
}
