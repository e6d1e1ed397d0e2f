import { ArrowLeft } from "lucide-react";
import { Button, IconButton } from "../../../ui/src/Button";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import type { Today } from "../../../protocol/src/types";
import { useDesk } from "../live/state";
import { Duration, Figure, Waiting } from "./Figures";
import { useToday } from "./today";
import figures from "./Figures.module.css";
import s from "./MyStatistics.module.css";

/** One's own figures of the day; nobody else's are shown beside them. */
export function MyStatistics({ onBack }: { onBack(): void }) {
  const { t } = useLanguage();
  const { today, failed, again } = useToday();
  return (
    <section className={s.page} aria-label={t.meTitle()} data-pane="interaction" tabIndex={-1}>
      <header className={s.head}>
        <span className={s.back}>
          <IconButton
            label={t.actionBack()}
            icon={<ArrowLeft size={20} className="mirrored" aria-hidden="true" />}
            onPress={onBack}
          />
        </span>
        <h1 className={s.title}>{t.meTitle()}</h1>
        <p className={s.when}>{t.homeToday()}</p>
      </header>
      {failed && (
        <div className={s.failed} role="alert">
          <p>{t.figureFailed()}</p>
          <Button small onPress={again}>
            {t.actionRetry()}
          </Button>
        </div>
      )}
      {today && (
        <>
          <dl className={figures.figures}>
            <Figure name={t.homeHandled()}>{t.numberPlain({ n: today.handled })}</Figure>
            <Figure name={t.figureFirstResponse()}>
              <Duration ms={today.first_response_ms} />
            </Figure>
            <Figure name={t.figureHandle()}>
              <Duration ms={today.handle_ms} />
            </Figure>
            <Figure name={t.figureMissed()}>{t.numberPlain({ n: today.missed })}</Figure>
            <Figure name={t.figureLongestWait()}>
              <Waiting since={today.longest_wait?.since} />
            </Figure>
          </dl>
          <States times={today.states} />
        </>
      )}
    </section>
  );
}

/** The time in each state, the longest first, each with a bar as long as its share. */
function States({ times }: { times: Today["states"] }) {
  const { t, lang } = useLanguage();
  const reasons = useDesk((state) => state.setup.reasons);
  const whole = Math.max(1, ...times.map((time) => time.ms));
  const name = ({ presence, idle_reason }: Today["states"][number]) => {
    if (presence === "signed_out") return t.stateSignedOut();
    if (presence === "available") return t.stateAvailable();
    if (presence === "rona") return t.stateRona();
    const known = reasons.find((r) => r.id === idle_reason);
    return known ? inLanguage(known.name, lang) : t.stateIdle();
  };
  if (times.length === 0) return null;
  return (
    <section className={s.states} aria-label={t.figureStates()}>
      <h2>{t.figureStates()}</h2>
      <table className={s.table}>
        <tbody>
          {[...times]
            .sort((a, b) => b.ms - a.ms)
            .map((time) => (
              <tr key={`${time.presence} ${time.idle_reason ?? ""}`}>
                <th scope="row">
                  <bdi>{name(time)}</bdi>
                </th>
                <td className={s.bar} aria-hidden="true">
                  <span data-state={time.presence} style={{ inlineSize: `${(time.ms / whole) * 100}%` }} />
                </td>
                <td className={s.time}>
                  <Duration ms={time.ms} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
