import { useEffect, useState } from "preact/hooks";

/**
 * Says one sentence to those who listen, and forgets it after a second, so that
 * nobody comes upon a second copy of the thread by reading on.
 */
export function Live({ sentence }: { sentence: string }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    setSaid(sentence);
    const timer = setTimeout(() => setSaid(""), 1500);
    return () => clearTimeout(timer);
  }, [sentence]);
  return (
    <div class="sr" aria-live="polite">
      {said}
    </div>
  );
}
