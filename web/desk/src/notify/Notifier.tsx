// Takes what happens to where the agent will notice it: a sound, a notification
// of the system, and the notification centre. It draws nothing.
import { useEffect, useEffectEvent, useRef } from "react";
import { useLanguage } from "../../../ui/src/language";
import { after } from "../../../ui/src/ticker";
import { watchToasts } from "../../../ui/src/Toasts";
import { useLiveStore } from "../live/state";
import { lostMs } from "../parts/Banners";
import { goToPane } from "../parts/commands";
import { preferences } from "../settings";
import { decide, type Event } from "./decide";
import { Desktop } from "./desktop";
import { happened, type Happening } from "./happened";
import { log } from "./log";
import { entryOf, noticeOf } from "./notice";
import { player } from "./player";
import { Ringer } from "./ringer";
import { Lead, Looking, webLocks } from "./tabs";

export interface NotifierProps {
  /** The conversation that is open. */
  open: string | undefined;
  go(conversation: string): void;
}

export function Notifier({ open, go }: NotifierProps) {
  const { t, lang, dir } = useLanguage();
  const store = useLiveStore();
  const opened = useRef<() => void>(undefined);

  const write = useEffectEvent((what: Happening) => {
    const entry = entryOf(what, t);
    if (entry) log.add({ at: Date.now(), conversation: what.conversation, ...entry });
  });
  const writeLink = useEffectEvent((event: "lost" | "back") => {
    const lost = event === "lost";
    log.add({ at: Date.now(), text: lost ? t.netLost() : t.netBack(), tone: lost ? "bad" : "good" });
  });
  const show = useEffectEvent(
    (desktop: Desktop, event: Event, what: Happening | undefined, stays: boolean) => {
      const { hideText } = preferences.get();
      desktop.show({
        ...noticeOf(event, what, hideText, t, lang),
        tag: tagOf(event, what),
        stays,
        lang,
        dir,
        onPress: () => {
          if (event === "request") goToPane("requests");
          else if (what && event !== "missed") go(what.conversation);
        },
      });
    },
  );
  const lookingAt = useEffectEvent(() =>
    document.hasFocus() && document.visibilityState === "visible" ? (open ?? "") : undefined,
  );

  useEffect(() => {
    const { user } = store.get().me;
    const locks = webLocks();
    const sounds = new Lead(`hiwar.sound.${user}`, locks);
    const notices = new Lead(`hiwar.notify.${user}`, locks);
    const looking = new Looking(`hiwar.look.${user}.`, locks);
    const desktop = new Desktop();
    const ringer = new Ringer(
      () => player.play("request", preferences.get().volume),
      () => player.stop(),
    );

    const tell = async (event: Event, what?: Happening) => {
      // A request that is over is silent at once, whoever is looking.
      if (what?.kind === "request_over") ringer.over(what.key);
      const lookedAt = await looking.all();
      const hidden = document.visibilityState === "hidden";
      const page = { hidden, focused: lookedAt.size > 0, lookedAt };
      const outcome = decide(event, what?.conversation, page, preferences.get());
      if (outcome.closes) desktop.close(tagOf(event, what));
      if (outcome.notify && notices.leading) show(desktop, event, what, outcome.notify === "stays");
      if (!outcome.sound || !sounds.leading) return;
      if (what?.kind === "request") {
        // It may have been answered while the tabs were asked.
        if (store.get().desk?.cards.some((card) => card.key === what.key)) ringer.ring(what.key);
      } else if (what?.kind !== "message" || ringer.mayTell(Date.now()))
        player.play(outcome.sound, preferences.get().volume);
    };

    let before = store.get();
    const stopWatching = store.subscribe(() => {
      const [was, is] = [before, store.get()];
      before = is;
      for (const what of happened(was, is)) {
        write(what);
        void tell(what.kind, what);
      }
    });
    const stopLink = watchLink(store, (event) => {
      writeLink(event);
      void tell(event);
    });
    const stopSilence = preferences.subscribe(() => {
      const { silent, volume } = preferences.get();
      if (silent || volume === 0) ringer.stop();
    });

    // Whoever may sound wants to be the one that does.
    const unlock = () => {
      void player.unlock();
      sounds.want();
    };
    if (!player.blocked) sounds.want();
    notices.want();
    const look = () => looking.at(lookingAt());
    look();
    const touches = ["pointerdown", "keydown"] as const;
    const looks = ["focus", "blur"] as const;
    for (const name of touches) window.addEventListener(name, unlock, { capture: true, once: true });
    for (const name of looks) window.addEventListener(name, look);
    document.addEventListener("visibilitychange", look);
    opened.current = look;
    return () => {
      for (const name of touches) window.removeEventListener(name, unlock, { capture: true });
      for (const name of looks) window.removeEventListener(name, look);
      document.removeEventListener("visibilitychange", look);
      for (const stop of [stopWatching, stopLink, stopSilence]) stop();
      for (const held of [sounds, notices]) held.stop();
      looking.at(undefined);
      ringer.stop();
      desktop.closeAll();
    };
  }, [store]);

  // Another conversation is open: the other tabs are told.
  useEffect(() => opened.current?.(), [open]);

  useEffect(
    () => watchToasts(({ text, bad }) => log.add({ at: Date.now(), text, tone: bad ? "bad" : "good" })),
    [],
  );
  return null;
}

/** Tells when the connection has been away so long that the server noticed, and when it is back after that. */
function watchLink(
  store: ReturnType<typeof useLiveStore>,
  tell: (event: "lost" | "back") => void,
): () => void {
  let cancel: (() => void) | undefined;
  let lost = false;
  const look = () => {
    const { state } = store.get().link;
    if (state === "online") {
      cancel?.();
      cancel = undefined;
      if (lost) tell("back");
      lost = false;
    } else if (!cancel && !lost && state !== "connecting") {
      cancel = after(lostMs, () => {
        cancel = undefined;
        lost = true;
        tell("lost");
      });
    }
  };
  look();
  const stop = store.subscribe(look);
  return () => {
    stop();
    cancel?.();
  };
}

function tagOf(event: Event, what: Happening | undefined): string {
  if (!what) return "connection";
  if (what.kind === "request" || what.kind === "request_over") return `request ${what.key}`;
  return event === "missed" ? "missed" : `conversation ${what.conversation}`;
}
