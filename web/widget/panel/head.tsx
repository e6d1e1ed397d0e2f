import { netReconnecting, wConnected, wEnd, wMinimize, wLanguageOther } from "../../locales/gen/messages";
import { initials } from "../../protocol/src/text";
import { Icon } from "./icons";
import type { Acts, Model } from "./model";
import { agents } from "./rows";

/** Who one is talking to, and what one can do with the window. */
export function Head({ model, acts }: { model: Model; acts: Acts }) {
  const { chat, config, lang } = model;
  const there = chat && model.view === "chat" && chat.status !== "closed" ? agents(chat) : [];
  const asset = config ? config.name[lang] || config.name.en || config.name.ar : "";
  const running = model.view === "chat" && chat && (chat.status === "open" || chat.status === "waiting");
  return (
    <header class="head">
      <div class="who">
        {there.length > 0 && (
          <div class="faces" aria-hidden="true">
            {there.slice(0, 2).map((name) => (
              <span class="avatar" key={name}>
                {initials(name) || <Icon name="person" />}
              </span>
            ))}
          </div>
        )}
        <div>
          <h1>
            <bdi>{there.length > 0 ? list(there, lang) : asset}</bdi>
          </h1>
          {running && <Connection model={model} />}
        </div>
      </div>
      <Languages model={model} acts={acts} />
      {running && (
        <button type="button" aria-label={wEnd()} title={wEnd()} onClick={() => acts.askToEnd(true)}>
          <Icon name="end" />
        </button>
      )}
      {window.parent !== window && (
        <button type="button" aria-label={wMinimize()} title={wMinimize()} onClick={() => acts.hide()}>
          <Icon name="chevron" size={24} />
        </button>
      )}
    </header>
  );
}

/** One small line; nothing covers the conversation when the connection goes. */
function Connection({ model }: { model: Model }) {
  const on = model.connection === "online";
  return (
    <p>
      <span class={on ? "dot on" : "dot"} aria-hidden="true" />
      {on ? wConnected() : netReconnecting()}
    </p>
  );
}

function Languages({ model, acts }: { model: Model; acts: Acts }) {
  const other = model.lang === "ar" ? "en" : "ar";
  if (model.config && !model.config.languages.includes(other)) return null;
  return (
    <button type="button" lang={other} onClick={() => acts.language(other)}>
      {wLanguageOther()}
    </button>
  );
}

function list(names: string[], lang: string): string {
  return new Intl.ListFormat(lang).format(names);
}
