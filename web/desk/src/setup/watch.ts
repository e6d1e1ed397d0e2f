import { useEffect, useEffectEvent, useState } from "react";

/** How often the server is asked whether it has happened. */
const everyMs = 2000;

/** Asks until there is an answer, while the page is open. A question that fails is asked again. */
export function useWatched<T>(ask: () => Promise<T | undefined>): T | undefined {
  const [found, find] = useState<T>();
  const once = useEffectEvent(() =>
    ask().then(
      (answer) => find(answer),
      () => undefined,
    ),
  );
  const waiting = found === undefined;
  useEffect(() => {
    if (!waiting) return;
    void once();
    const timer = setInterval(() => void once(), everyMs);
    return () => clearInterval(timer);
  }, [waiting]);
  return found;
}
