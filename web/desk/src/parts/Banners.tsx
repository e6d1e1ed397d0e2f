// What stands across the page, under the header, until it is over.
import { CircleAlert, CircleCheck, UserX, WifiOff } from "lucide-react";
import { memo, useEffect, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { Banner } from "../../../ui/src/Banner";
import { Button } from "../../../ui/src/Button";
import { clockText, secondsUntil } from "../../../ui/src/duration";
import { useLanguage } from "../../../ui/src/language";
import { Menu } from "../../../ui/src/Menu";
import { useNow } from "../../../ui/src/now";
import { Phrase, plain } from "../../../ui/src/Phrase";
import type { Messages } from "../../../locales";
import { useActions, useDesk, type Link } from "../live/state";
import { idleActions } from "./idleActions";
import { attempt } from "./problems";
import s from "./Banners.module.css";

/** Most lost connections heal within this time and are not worth a word. */
const quietMs = 1500;
/** From here on the server has noticed too, and sends no requests. */
export const lostMs = 8000;
const greenMs = 2000;

type Shown = "offline" | "reconnecting" | "lost" | "back";

/** What to say about the connection, after how long it has been so. */
export function connectionPhase(link: Link["state"], lastedMs: number): Exclude<Shown, "back"> | undefined {
  if (link === "offline") return "offline";
  if (link !== "reconnecting" || lastedMs < quietMs) return undefined;
  return lastedMs < lostMs ? "reconnecting" : "lost";
}

function useConnectionBanner(): Shown | undefined {
  const link = useDesk((state) => state.link);
  const [shown, show] = useState<Shown>();
  useEffect(() => {
    const timers: ReturnType<typeof setTimeout>[] = [];
    const at = (delay: number, next: (now: Shown | undefined) => Shown | undefined) =>
      timers.push(setTimeout(() => show(next), Math.max(0, delay)));
    const lasted = Date.now() - link.since;
    if (link.state === "online") {
      at(0, (now) => (now ? "back" : undefined));
      at(greenMs, () => undefined);
    } else {
      for (const delay of [0, quietMs, lostMs])
        at(delay - lasted, (now) => connectionPhase(link.state, Date.now() - link.since) ?? now);
    }
    return () => timers.forEach(clearTimeout);
  }, [link]);
  return shown;
}

export const ConnectionBanner = memo(function ConnectionBanner() {
  const { t } = useLanguage();
  const actions = useActions();
  const shown = useConnectionBanner();
  const words = {
    offline: t.netOffline(),
    reconnecting: t.netReconnecting(),
    lost: t.netLost(),
    back: t.netBack(),
  };
  const word = shown && words[shown];
  useEffect(() => {
    if (word) announce(word);
  }, [word]);
  if (!shown) return null;
  return (
    <Banner
      label={plain(t.netStatus({ state: shown === "back" ? t.netLive() : t.netDisconnected() }))}
      tone={shown === "back" ? "success" : "connection"}
      icon={
        shown === "back" ? (
          <CircleCheck size={20} aria-hidden="true" />
        ) : (
          <WifiOff size={20} aria-hidden="true" />
        )
      }
      actions={
        (shown === "reconnecting" || shown === "lost") && (
          <Button small onPress={actions.reconnect}>
            {t.actionRetryNow()}
          </Button>
        )
      }
    >
      {word} {(shown === "reconnecting" || shown === "lost") && <NextTry />}
    </Banner>
  );
});

/** How often it was tried in vain, and when it will be tried again. Seen only: a count that runs is not read out. */
function NextTry() {
  const { t, digits } = useLanguage();
  const { attempts = 0, next } = useDesk((state) => state.link);
  const now = useNow();
  const seconds = next === undefined ? 0 : secondsUntil(next, now);
  const when = seconds > 0 ? t.netNextTry({ time: clockText(seconds, digits) }) : t.netTrying();
  return (
    <span className={s.nextTry}>
      {attempts > 0 && `${t.nAttempts({ n: attempts })} · `}
      <Phrase text={when} />
    </span>
  );
}

/**
 * A missed request (S11, S12). It stays until the agent changes the state by
 * hand; nothing else leaves RONA.
 */
export const RonaBanner = memo(function RonaBanner() {
  const { t, lang, formats } = useLanguage();
  const agent = useDesk((state) => state.desk?.agent);
  const reasons = useDesk((state) => state.setup.reasons);
  const actions = useActions();
  if (agent?.presence !== "rona") return null;
  const missed = agent.missed;
  return (
    <div data-pane="rona" tabIndex={-1}>
      <Banner
        tone="rona"
        role="alert"
        icon={<CircleAlert size={20} aria-hidden="true" />}
        title={t.ronaBannerTitle()}
        actions={
          <>
            <span data-rona-action="" style={{ display: "contents" }}>
              <Button look="primary" onPress={() => attempt(actions.setPresence("available"), t)}>
                {t.actionGoAvailable()}
              </Button>
            </span>
            <Menu
              end
              label={t.ronaIdle()}
              trigger={<Button>{t.ronaIdle()}</Button>}
              actions={idleActions(agent, reasons, t, lang, (reason) =>
                attempt(actions.setPresence("idle", reason), t),
              )}
            />
          </>
        }
      >
        {missed ? (
          <Phrase
            text={t.ronaBannerBody({ name: missed.customer, time: formats.time(Date.parse(missed.at)) })}
          />
        ) : (
          t.ronaSr()
        )}
      </Banner>
    </div>
  );
});

/** Signed out by the system or by a supervisor: said until the agent is back. */
export const SignedOutBanner = memo(function SignedOutBanner() {
  const { t } = useLanguage();
  const agent = useDesk((state) => state.desk?.agent);
  const graceMs = useDesk((state) => state.setup.graceMs);
  const actions = useActions();
  if (agent?.presence !== "signed_out") return null;
  return (
    <Banner
      tone="warning"
      role="alert"
      icon={<UserX size={20} aria-hidden="true" />}
      actions={
        <Button look="primary" onPress={() => attempt(actions.setPresence("available"), t)}>
          {t.actionGoAvailable()}
        </Button>
      }
    >
      {agent.lost_out ? (
        <Phrase text={t.netSignedOutAfter({ time: lasting(graceMs, t) })} />
      ) : agent.set_by ? (
        <Phrase text={t.stateChangedBy({ name: agent.set_by, state: t.stateOffline() })} />
      ) : (
        t.errorNotSignedIn()
      )}
    </Banner>
  );
});

/** A duration in words: whole minutes as such, anything else in seconds. */
function lasting(ms: number, t: Messages): string {
  const seconds = Math.round(ms / 1000);
  return seconds % 60 === 0 ? t.nMinutes({ n: seconds / 60 }) : t.nSeconds({ n: seconds });
}
