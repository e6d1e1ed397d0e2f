import { useEffect, useRef } from "preact/hooks";
import { actionBack, wEarlier, wEarlierFailed, wEarlierMore } from "../../locales/gen/messages";
import { stamp } from "./format";
import { Icon } from "./icons";
import type { Acts, Model } from "./model";

/** The customer's chats that have ended, by when they began. */
export function Earlier({ model, acts }: { model: Model; acts: Acts }) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const { conversations = [], more } = model.earlier ?? {};
  return (
    <main class="earlier">
      <div>
        <button type="button" class="quiet" ref={back} onClick={() => acts.back()}>
          {actionBack()}
        </button>
        <h2>{wEarlier()}</h2>
      </div>
      <ul>
        {conversations.map(({ id, started_at, agents, text }) => (
          <li key={id}>
            <button type="button" onClick={() => acts.read(id)}>
              <time dateTime={started_at}>{stamp(started_at, model.lang)}</time>
              {agents.length > 0 && <bdi>{new Intl.ListFormat(model.lang).format(agents)}</bdi>}
              {text && <p dir="auto">{text}</p>}
            </button>
          </li>
        ))}
      </ul>
      {model.earlierFailed && (
        <p class="wrong" role="alert">
          <Icon name="alert" size={16} />
          {wEarlierFailed()}
        </p>
      )}
      {more && (
        <button type="button" class="quiet" onClick={() => acts.moreEarlier()}>
          {wEarlierMore()}
        </button>
      )}
    </main>
  );
}
