import { clockText, secondsBetween, secondsLeft } from "./duration";
import { useLanguage } from "./language";
import { useNow } from "./now";
import { Code } from "./Phrase";
import s from "./Timer.module.css";

/** The time since a moment, counting up. Never spoken by itself. */
export function Elapsed({
  since,
  label,
  until,
}: {
  since: string;
  label?: string;
  until?: string | undefined;
}) {
  const now = useNow();
  const { digits } = useLanguage();
  const end = until ? Date.parse(until) : now;
  return (
    <span role="timer" aria-live="off" aria-label={label} title={label} className={s.timer}>
      <Code>{clockText(secondsBetween(since, end), digits)}</Code>
    </span>
  );
}

/**
 * The time left until a moment: a bar that empties and a number. It looks
 * different from the time that has passed because it is a different thing.
 */
export function Remaining({
  from,
  to,
  label,
  text,
}: {
  from: string;
  to: string;
  label: string;
  text(seconds: number): string;
}) {
  const now = useNow();
  const total = Math.max(1, Date.parse(to) - Date.parse(from));
  const left = secondsLeft(from, to, now);
  const share = Math.min(1, (left * 1000) / total);
  return (
    <div className={s.remaining} data-urgent={left <= 10 || undefined}>
      <span className={s.track} aria-hidden="true">
        <span className={s.bar} style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span role="timer" aria-live="off" aria-label={label} className={s.left}>
        {text(left)}
      </span>
    </div>
  );
}
