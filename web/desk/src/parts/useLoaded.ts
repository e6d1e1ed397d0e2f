import { useCallback, useEffect, useState, type Dispatch, type SetStateAction } from "react";

export interface Loaded<T> {
  /** What was answered last; it stays while it is asked for again. */
  value: T | undefined;
  /** Shows something else until it is asked for again. */
  set: Dispatch<SetStateAction<T | undefined>>;
  /** What went wrong, with asking or with what was done since. */
  failure: unknown;
  fail: (error: unknown) => void;
  /** Asks again, and resolves to the answer where there is one. */
  load: () => Promise<T | undefined>;
}

/** What is asked for when the page opens, and again when `ask` is another one. */
export function useLoaded<T>(ask: () => Promise<T>): Loaded<T> {
  const [value, set] = useState<T>();
  const [failure, fail] = useState<unknown>();
  const load = useCallback(
    () =>
      ask().then(
        (answer) => {
          set(answer);
          fail(undefined);
          return answer;
        },
        (error: unknown) => {
          fail(error);
          return undefined;
        },
      ),
    [ask],
  );
  useEffect(() => void load(), [load]);
  return { value, set, failure, fail, load };
}
