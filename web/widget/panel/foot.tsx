import { useEffect, useState } from "preact/hooks";
import {
  actionBack,
  actionCancel,
  labelTyping,
  netOffline,
  wAgain,
  wAssetDeleted,
  wDropped,
  wEnd,
  wEndConfirm,
  wEnded,
  wEndedByYou,
  wEndedInactive,
  wIdleStay,
  wIdleWarn,
  wTranscript,
} from "../../locales/gen/messages";
import type { Conversation } from "../../protocol/src";
import { Compose } from "./compose";
import { Rating } from "./rating";
import { left } from "./format";
import { Icon } from "./icons";
import type { Acts, Model } from "./model";
import { Phrase } from "./phrase";
import { closesAt } from "./rows";

/** Below the thread: who is typing, what needs an answer, and the box to write in. */
export function Foot({ model, acts, now }: { model: Model; acts: Acts; now: () => number }) {
  const { chat } = model;
  if (!chat) return null;
  if (chat.status === "closed" || chat.status === "interrupted") return <Ended model={model} acts={acts} />;
  const closes = closesAt(chat);
  return (
    <footer>
      <div class="typing" aria-hidden="true">
        {model.typing && (
          <>
            <span class="pulse">
              <i />
              <i />
              <i />
            </span>
            <span>
              <Phrase text={labelTyping({ name: model.typing })} />
            </span>
          </>
        )}
      </div>
      {model.connection === "offline" && (
        <div class="banner" role="status">
          <p>{netOffline()}</p>
        </div>
      )}
      {closes && <Warning closes={closes} acts={acts} now={now} />}
      {model.asksToEnd ? <AskToEnd acts={acts} /> : <Compose model={model} acts={acts} />}
    </footer>
  );
}

/** Silence closes the chat: how long is left, and one press that stops it. */
function Warning({ closes, acts, now }: { closes: string; acts: Acts; now: () => number }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="banner" role="group">
      <p>
        <Phrase text={wIdleWarn({ time: left(closes, now()) })} />
      </p>
      <button type="button" class="quiet" onClick={() => acts.stay()}>
        {wIdleStay()}
      </button>
    </div>
  );
}

function AskToEnd({ acts }: { acts: Acts }) {
  return (
    <div class="banner alert" role="group" aria-label={wEndConfirm()}>
      <p>{wEndConfirm()}</p>
      <div>
        <button type="button" class="quiet" onClick={() => acts.askToEnd(false)}>
          {actionCancel()}
        </button>
        <button type="button" class="primary danger" ref={(b) => b?.focus()} onClick={() => acts.end()}>
          {wEnd()}
        </button>
      </div>
    </div>
  );
}

/** The asset is gone: said above the thread, which stays. */
export function Interrupted({ model }: { model: Model }) {
  if (!model.chat || !interrupted(model.chat)) return null;
  return (
    <div class="banner alert" role="alert">
      <p>{wAssetDeleted()}</p>
    </div>
  );
}

const interrupted = (chat: Conversation) => chat.status === "interrupted" || chat.cause === "asset_deleted";

/** Why it is over, and what one can still do; the thread stays above. */
function Ended({ model, acts }: { model: Model; acts: Acts }) {
  const { chat, reading } = model;
  const gone = chat !== undefined && interrupted(chat);
  return (
    <footer class="ended">
      {!gone && <p>{why(model)}</p>}
      {!reading && answered(model) && <Rating model={model} acts={acts} />}
      {reading && (
        <button type="button" class="primary" onClick={() => acts.back()}>
          {actionBack()}
        </button>
      )}
      {!gone && !reading && (
        <button type="button" class="primary" onClick={() => acts.again()}>
          {wAgain()}
        </button>
      )}
      <button type="button" class="quiet" onClick={() => acts.transcript()}>
        <Icon name="file" />
        {wTranscript()}
      </button>
    </footer>
  );
}

/** Somebody was there, so there is something to say about it. */
const answered = ({ chat }: Model) => chat?.participants.some((p) => p.role === "agent") === true;

function why({ chat }: Model): string {
  switch (chat?.cause) {
    case "customer":
      return wEndedByYou();
    case "inactivity":
      return wEndedInactive();
    case "transfer_unanswered":
    case "maximum_wait":
      return wDropped();
  }
  return wEnded();
}
