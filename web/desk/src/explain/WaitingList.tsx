import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { Avatar } from "../../../ui/src/Avatar";
import { Button } from "../../../ui/src/Button";
import { Chip } from "../../../ui/src/Chip";
import { DirText } from "../../../ui/src/DirText";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Name, Phrase, plain } from "../../../ui/src/Phrase";
import { Elapsed } from "../../../ui/src/Timer";
import type {
  Explanation,
  Named,
  OfferExplanation,
  WaitingList as List,
  WaitingRow,
} from "../../../protocol/src/types";
import { customerName } from "../parts/customerName";
import { Details } from "./Details";
import { nextText, ruledCounts, thenText } from "./sentences";
import { useWords } from "./words";
import s from "./Explain.module.css";

/** What a reader can do with who waits. */
export interface Doing {
  /** Takes a conversation; left out where nobody can. */
  pick?: ((row: WaitingRow) => void) | undefined;
  /** Why the row cannot be taken now. */
  unavailable?(row: WaitingRow): string | undefined;
  explain(conversation: string): Promise<Explanation>;
  explainOffer(conversation: string, offer: number): Promise<OfferExplanation>;
}

/** Who waits, queue by queue in the order in which they are served. */
export function WaitingList({ list, doing }: { list: List; doing: Doing }) {
  const { lang } = useLanguage();
  const { t } = useWords();
  if (list.waiting.length === 0) return <p className={s.calm}>{t.nWaiting({ n: 0 })}</p>;
  return (
    <>
      {byQueue(list.waiting).map(({ queue, rows }) => (
        <section key={queue.id} className={s.group} aria-labelledby={`queue-${queue.id}`}>
          <h2 id={`queue-${queue.id}`} className={s.line}>
            <Name text={inLanguage(queue.name, lang)} />
            <span className={s.muted}>{t.nWaiting({ n: rows.length })}</span>
          </h2>
          <ul className={s.rows}>
            {rows.map((row) => (
              <Row key={row.conversation} row={row} doing={doing} />
            ))}
          </ul>
        </section>
      ))}
      {list.total > list.waiting.length && (
        <p className={s.muted}>{t.waitingMore({ shown: list.waiting.length, total: list.total })}</p>
      )}
    </>
  );
}

function byQueue(rows: readonly WaitingRow[]): { queue: Named; rows: WaitingRow[] }[] {
  const groups = new Map<string, { queue: Named; rows: WaitingRow[] }>();
  for (const row of rows) {
    const group = groups.get(row.queue.id) ?? { queue: row.queue, rows: [] };
    group.rows.push(row);
    groups.set(row.queue.id, group);
  }
  return [...groups.values()];
}

function Row({ row, doing }: { row: WaitingRow; doing: Doing }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  const name = customerName(row.customer.name, t);
  return (
    <li className={s.row} data-box="" data-away={row.customer_away || undefined}>
      <div className={s.head}>
        <Avatar name={row.customer.name} size="small" />
        <h3 className={s.name}>
          <Name text={name} clip />
        </h3>
        <Elapsed since={row.waiting_since} label={t.waitingFor()} />
      </div>
      {row.text && (
        <div className={s.said}>
          <DirText text={row.text} fallback={row.language === "ar" ? "rtl" : "ltr"} />
        </div>
      )}
      <Facts row={row} />
      {row.excluded && <Why row={row} />}
      <div className={s.actions}>
        {row.may_pick && doing.pick && (
          <Button
            small
            look="primary"
            aria-label={plain(t.actionPickLabel({ name }))}
            unavailable={doing.unavailable?.(row)}
            onPress={() => doing.pick?.(row)}
          >
            {t.actionPick()}
          </Button>
        )}
        {row.excluded && (
          <button
            type="button"
            className={s.ask}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {row.state === "offered" ? t.actionWhyHere() : t.waitingWhy()}
            <ChevronDown size={18} aria-hidden="true" />
          </button>
        )}
      </div>
      <div id={id}>{open && <Details conversation={row.conversation} doing={doing} />}</div>
    </li>
  );
}

/** Its place, what the customer was told, and what is happening. */
function Facts({ row }: { row: WaitingRow }) {
  const { t } = useWords();
  const estimate = row.estimate && {
    from: t.numberPlain({ n: row.estimate.from_minutes }),
    to: row.estimate.to_minutes,
  };
  return (
    <p className={s.tags}>
      <span>{t.waitingPlace({ n: row.position })}</span>
      {row.priority !== 5 && <span>{t.waitingPriority({ n: row.priority })}</span>}
      {estimate && (
        <span>
          <Phrase text={t.waitingEstimate({ range: t.waitingEstimateRange(estimate) })} />
        </span>
      )}
      {row.state === "offered" && (
        <Chip tone="accent">
          <Phrase
            text={row.offered_to ? t.waitingOffered({ agent: row.offered_to.name }) : t.waitingOfferedNow()}
          />
        </Chip>
      )}
      {row.customer_away && <Chip tone="warning">{t.customerAway()}</Chip>}
    </p>
  );
}

/** For supervisors: what rules out how many, and what happens by itself. */
function Why({ row }: { row: WaitingRow }) {
  const { lang } = useLanguage();
  const words = useWords();
  const { t } = words;
  const counts = ruledCounts(row.excluded ?? {}, t);
  const then = thenText(row.then, row.then_queue && inLanguage(row.then_queue.name, lang), t);
  const upcoming = (row.upcoming ?? []).map((next) => nextText(next, words));
  return (
    <>
      {row.state === "waiting" && !row.customer_away && (
        <div className={s.muted}>
          <p>{counts.length > 0 ? t.waitingNobodyFree() : t.waitingNoAgents()}</p>
          <p className={s.tags}>
            {counts.map((line) => (
              <span key={line}>
                <Phrase text={line} />
              </span>
            ))}
          </p>
        </div>
      )}
      {[...upcoming, ...(upcoming.length > 0 && then !== "" ? [then] : [])].map((line) => (
        <p key={line} className={s.muted}>
          <Phrase text={line} />
        </p>
      ))}
    </>
  );
}
