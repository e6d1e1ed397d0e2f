import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { actionRetry, netConnecting, wStartFailed, wUnavailable } from "../../locales/gen/messages";
import { Earlier } from "./earlier";
import { Foot, Interrupted } from "./foot";
import { Head } from "./head";
import { Icon } from "./icons";
import { Live } from "./live";
import type { Acts, Model, Store } from "./model";
import { Start } from "./start";
import { Thread } from "./thread";

/** The panel: one of six views under one head. */
export function App({ store, acts, now }: { store: Store; acts: Acts; now: () => number }) {
  const model = useModel(store);
  useEscape(acts.hide);
  return (
    <>
      <Head model={model} acts={acts} />
      <View model={model} acts={acts} now={now} />
      <Live sentence={model.spoken} />
    </>
  );
}

/** The model, drawn anew whenever it changes: also if it did before anything was painted. */
function useModel(store: Store): Model {
  const [model, set] = useState(store.get());
  useLayoutEffect(() => {
    const look = () => set(store.get());
    look();
    return store.subscribe(look);
  }, [store]);
  return model;
}

function View({ model, acts, now }: { model: Model; acts: Acts; now: () => number }) {
  switch (model.view) {
    case "loading":
      return (
        <main class="state" aria-busy="true">
          <p>{netConnecting()}</p>
        </main>
      );
    case "failed":
      return (
        <main class="state">
          <Icon name="alert" size={32} />
          <p role="alert">{wStartFailed()}</p>
          <button type="button" class="quiet" onClick={() => acts.retry()}>
            {actionRetry()}
          </button>
        </main>
      );
    case "unavailable":
      return (
        <main class="state">
          <Icon name="wave" size={32} />
          <p>{wUnavailable()}</p>
        </main>
      );
    case "start":
      return <Start model={model} acts={acts} />;
    case "earlier":
      return <Earlier model={model} acts={acts} />;
    case "chat":
      return (
        <>
          <Interrupted model={model} />
          <Thread model={model} acts={acts} />
          <Foot model={model} acts={acts} now={now} />
        </>
      );
  }
}

/** Escape hides the panel, unless something in it has used the key. */
function useEscape(hide: () => void): void {
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (e.key === "Escape" && !e.defaultPrevented && !e.isComposing) hide();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
}
