import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import {
  actionDelete,
  actionRetry,
  attachCancel,
  composeFailed,
  labelYou,
  msgDelivered,
  msgSeen,
  msgSending,
  msgSent,
  composeQueued,
  nAhead,
  wMessageBack,
  wMessageEmail,
  wMessageKept,
  wMessagePhone,
  wMessageThen,
  wThread,
  wWaiting,
  wEstimate,
  wEstimateRange,
  wKeepPlace,
} from "../../locales/gen/messages";
import type { Lang } from "../../locales/runtime";
import { FileList } from "./files";
import { clock, dayName } from "./format";
import { Icon } from "./icons";
import type { Acts, Model, Reach } from "./model";
import { Phrase } from "./phrase";
import { isLeft, rows, type Bubble, type Mark, type Row } from "./rows";
import { Text, isEmoji } from "./text";

/**
 * What was said, newest at the end. It is a log for those who listen, but it
 * does not announce itself: Live does, one message at a time.
 */
export function Thread({ model, acts }: { model: Model; acts: Acts }) {
  const log = useRef<HTMLDivElement>(null);
  const list = model.chat ? rows(model.chat, model.pending, model.lang) : [];
  const older = model.chat?.more ? model.chat.entries[0]?.seq : undefined;
  useStick(log, list);
  useOlder(log, older, acts.older);

  return (
    <main class="talk">
      <div class="thread" ref={log} role="log" aria-live="off" aria-label={wThread()} tabIndex={0}>
        {list.map((row) => (
          <RowView key={row.key} row={row} lang={model.lang} acts={acts} />
        ))}
        {model.chat && isLeft(model.chat) ? (
          <Left reach={model.reach} />
        ) : (
          model.chat?.status === "waiting" && <Waiting ahead={model.ahead} estimate={model.estimate} />
        )}
      </div>
    </main>
  );
}

function RowView({ row, lang, acts }: { row: Row; lang: Lang; acts: Acts }) {
  switch (row.kind) {
    case "day":
      return <p class="day">{dayName(row.at, lang, new Date())}</p>;
    case "line":
      return (
        <p class="line">
          <Phrase text={row.text} />
        </p>
      );
    case "bubble":
      return <Said said={row} lang={lang} acts={acts} />;
  }
}

function Said({ said, lang, acts }: { said: Bubble; lang: Lang; acts: Acts }) {
  const { mine, first, last, pending } = said;
  const classes = [
    "said",
    mine && "mine",
    first && "first",
    last && "last",
    pending && "waits",
    said.files.length === 0 && isEmoji(said.text) && "emoji",
  ];
  return (
    <div class={classes.filter(Boolean).join(" ")}>
      {/* The side tells the eye whose it is; the name tells everybody else. */}
      {first && !mine && (
        <p class="name">
          <bdi>{said.name}</bdi>
        </p>
      )}
      {mine && <span class="sr">{labelYou()}</span>}
      {said.text !== "" && (
        <div class="bubble">
          <Text text={said.text} lang={lang} />
        </div>
      )}
      {said.files.length > 0 && <FileList files={said.files} lang={lang} acts={acts} />}
      {sending(said) && (
        <button type="button" class="quiet small" onClick={() => acts.cancel(pending?.clientId ?? "")}>
          {attachCancel()}
        </button>
      )}
      {(last || said.mark) && <Meta said={said} lang={lang} acts={acts} />}
    </div>
  );
}

/** Its files are on their way: the only time at which sending can be stopped. */
const sending = ({ pending, files }: Bubble) =>
  pending?.state === "sending" && files.some((f) => f.sent !== undefined && f.sent < 1);

function Meta({ said, lang, acts }: { said: Bubble; lang: Lang; acts: Acts }) {
  if (said.pending && said.mark === "failed") {
    const { clientId } = said.pending;
    return (
      <div class="meta failed" role="alert">
        <Icon name="alert" size={14} />
        <span>
          {composeFailed()} <Phrase text={said.pending.why ?? ""} />
        </span>
        <button type="button" onClick={() => acts.resend(clientId)}>
          {actionRetry()}
        </button>
        <button type="button" onClick={() => acts.discard(clientId)}>
          {actionDelete()}
        </button>
      </div>
    );
  }
  return (
    <div class="meta">
      <bdi>{clock(said.at, lang)}</bdi>
      {said.mark && <MarkView mark={said.mark} />}
    </div>
  );
}

function MarkView({ mark }: { mark: Mark }) {
  switch (mark) {
    case "queued":
      return marked("clock", composeQueued());
    case "sending":
      return marked("clock", msgSending());
    case "delivered":
      return marked("checks", msgDelivered());
    case "seen":
      return marked("checks", msgSeen());
    default:
      return marked("check", msgSent());
  }
}

const marked = (icon: "check" | "checks" | "clock", text: string) => (
  <>
    <Icon name={icon} size={14} />
    <span>{text}</span>
  </>
);

/** What becomes of a message that was left. */
function Left({ reach }: { reach: Reach }) {
  const { email, phone } = reach;
  return (
    <div class="waiting left">
      <Icon name="check" size={24} />
      <div>
        <p>{wMessageKept()}</p>
        <p>{wMessageThen()}</p>
        {email && (
          <p>
            <Phrase text={wMessageEmail({ email })} />
          </p>
        )}
        {phone && (
          <p>
            <Phrase text={wMessagePhone({ phone })} />
          </p>
        )}
        {!email && !phone && <p>{wMessageBack()}</p>}
      </div>
    </div>
  );
}

/** The place in the line as it is, and how much longer it takes where that is known; no promise. */
function Waiting({ ahead, estimate }: Pick<Model, "ahead" | "estimate">) {
  return (
    <div class="waiting">
      <span class="pulse" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <div>
        <p>{wWaiting()}</p>
        {ahead !== undefined && <p>{ahead < 0 ? wKeepPlace() : nAhead({ n: ahead })}</p>}
        {estimate && (
          <p>
            {wEstimate({
              range: wEstimateRange({ from: String(estimate.from_minutes), to: estimate.to_minutes }),
            })}
          </p>
        )}
      </div>
    </div>
  );
}

/** Keeps the end in sight, unless somebody has scrolled up to read. */
function useStick(log: { current: HTMLElement | null }, list: Row[]): void {
  const atEnd = useRef(true);
  const height = useRef(0);
  const own = list.at(-1)?.key.startsWith("p");
  useEffect(() => {
    const el = log.current;
    if (!el) return;
    const look = () => (atEnd.current = el.scrollHeight - el.scrollTop - el.clientHeight < 60);
    const resized = new ResizeObserver(() => atEnd.current && el.scrollTo({ top: el.scrollHeight }));
    el.addEventListener("scroll", look, { passive: true });
    resized.observe(el);
    return () => {
      el.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, []);
  const start = list[1]?.key;
  useLayoutEffect(() => {
    // Older rows came in above: what is being read stays where it is.
    const el = log.current;
    if (el && !atEnd.current) el.scrollTop += el.scrollHeight - height.current;
  }, [start]);
  useLayoutEffect(() => {
    const el = log.current;
    if (!el) return;
    height.current = el.scrollHeight;
    if (atEnd.current || own) el.scrollTo({ top: el.scrollHeight });
  });
}

/** Asks for older entries when the top comes into sight. */
function useOlder(log: { current: HTMLElement | null }, older: number | undefined, ask: () => void): void {
  useEffect(() => {
    const el = log.current;
    if (!el || older === undefined) return;
    const look = () => {
      if (el.scrollTop < 80) ask();
    };
    el.addEventListener("scroll", look, { passive: true });
    return () => el.removeEventListener("scroll", look);
  }, [older]);
}
