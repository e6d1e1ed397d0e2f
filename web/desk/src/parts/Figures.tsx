import type { ReactNode } from "react";
import { clockText, secondsBetween } from "../../../ui/src/duration";
import { useLanguage } from "../../../ui/src/language";
import { useNow } from "../../../ui/src/now";
import { Code } from "../../../ui/src/Phrase";
import s from "./Figures.module.css";
import { useToday } from "./today";

/** How the day has gone so far, in three figures. */
export function Figures() {
  const { t } = useLanguage();
  const { today } = useToday();
  if (!today) return null;
  return (
    <section aria-label={t.homeToday()}>
      <h2 className={s.title}>{t.homeToday()}</h2>
      <dl className={s.figures}>
        <Figure name={t.homeHandled()}>{t.numberPlain({ n: today.handled })}</Figure>
        <Figure name={t.figureFirstResponse()}>
          <Duration ms={today.first_response_ms} />
        </Figure>
        <Figure name={t.figureLongestWait()}>
          <Waiting since={today.longest_wait?.since} />
        </Figure>
      </dl>
    </section>
  );
}

export function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={s.figure} data-box="">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A length of time, or a dash where there is none to tell. */
export function Duration({ ms }: { ms: number | undefined }) {
  const { t, digits } = useLanguage();
  if (ms === undefined)
    return (
      <>
        <span aria-hidden="true">–</span>
        <span className="sr">{t.figureNone()}</span>
      </>
    );
  return <Code>{clockText(ms / 1000, digits)}</Code>;
}

/** The longest wait grows while it is looked at. */
export function Waiting({ since }: { since: string | undefined }) {
  const { t, digits } = useLanguage();
  const now = useNow();
  if (!since) return <span className={s.words}>{t.figureNobody()}</span>;
  return <Code>{clockText(secondsBetween(since, now), digits)}</Code>;
}
