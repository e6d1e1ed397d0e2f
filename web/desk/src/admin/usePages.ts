import { useEffect, useEffectEvent, useRef, useState } from "react";

export interface Page<T> {
  found: T[];
  more: boolean;
}

export interface Pages<T> extends Partial<Page<T>> {
  /** What is searched, or chosen; the list begins at its newest when it is another. */
  query: string;
  search(query: string): void;
  /** Adds the page below those that are shown. */
  older(): void;
  /** Begins at the newest again. */
  afresh(): void;
  failure: unknown;
  /** The page that failed, once more. */
  again(): void;
}

interface Asked<T> {
  query: string;
  /** The last that is shown, where the page below it is asked for. */
  last?: T | undefined;
}

/**
 * A long list, newest first, a page at a time. One page is asked for at once:
 * of what is typed meanwhile only the last is asked for, when the answer is
 * there, so a slow server is not asked for every letter.
 */
export function usePages<T>(ask: (query: string, last: T | undefined) => Promise<Page<T>>): Pages<T> {
  const [asked, set] = useState<Asked<T>>({ query: "" });
  const [page, show] = useState<Partial<Page<T>>>({});
  const [failure, fail] = useState<unknown>();
  const wanted = useRef(asked);
  const underway = useRef(false);
  const answered = useEffectEvent(({ query, last }: Asked<T>) => ask(query, last));
  useEffect(() => {
    wanted.current = asked;
    if (underway.current) return;
    underway.current = true;
    const one = async (now: Asked<T>) => {
      try {
        const { found, more } = await answered(now);
        if (now !== wanted.current) return;
        show((shown) => ({ found: [...((now.last && shown.found) || []), ...found], more }));
        fail(undefined);
      } catch (error) {
        if (now === wanted.current) fail(error);
      }
    };
    const run = async () => {
      for (let now: Asked<T> | undefined; now !== wanted.current;) await one((now = wanted.current));
      underway.current = false;
    };
    void run();
  }, [asked]);
  return {
    ...page,
    query: asked.query,
    search: (query) => set({ query }),
    older: () => set(({ query }) => ({ query, last: page.found?.at(-1) })),
    afresh: () => set(({ query }) => ({ query })),
    failure,
    again: () => set((now) => ({ ...now })),
  };
}
