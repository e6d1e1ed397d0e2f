import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { Refusal } from "../../../protocol/src/socket";
import { Button } from "../../../ui/src/Button";
import { Phrase } from "../../../ui/src/Phrase";
import { useLanguage } from "../../../ui/src/language";
import { conversationAt, placeOf, useGo, usePath } from "../address";
import { connect, type Connection } from "../live/connect";
import { openSession, wantsSignIn } from "../live/session";
import { LiveContext, useDesk } from "../live/state";
import { copyText } from "../parts/device";
import { problemText } from "../parts/problems";
import { preferences } from "../settings";
import { preferenceServer } from "../settings/server";
import { reportFailure } from "../../../ui/src/Toasts";
import { DeskPage, type Place } from "./DeskPage";
import s from "./PlainPage.module.css";

/** The desk of whoever is signed in; others are sent to sign in and come back. */
export function DeskRoute() {
  const { t, adopt } = useLanguage();
  const go = useGo();
  const toLogin = useToLogin();
  const [connection, set] = useState<Connection>();
  const [failure, fail] = useState<unknown>();
  const [attempt, again] = useState(0);
  const refused = useEffectEvent((refusal: Refusal) => reportFailure(problemText(refusal, t)));
  useEffect(() => {
    let opened: Connection | undefined;
    let leave: (() => void) | undefined;
    let gone = false;
    openSession().then(
      ({ me, setup }) => {
        if (gone) return;
        if (!me.roles.includes("agent")) {
          go(me.roles.includes("supervisor") ? "/live" : "/admin/users", { replace: true });
          return;
        }
        adopt(setup);
        opened = connect(me, setup);
        leave = preferences.join(preferenceServer(refused));
        set(opened);
      },
      (error: unknown) => {
        if (gone) return;
        if (wantsSignIn(error)) toLogin();
        else fail(error);
      },
    );
    return () => {
      gone = true;
      opened?.stop();
      leave?.();
    };
  }, [adopt, go, toLogin, attempt]);

  if (failure !== undefined) {
    return (
      <main className={s.page}>
        <div className={s.card} role="alert">
          <h1 className={s.title}>{t.crashTitle()}</h1>
          <p>{problemText(failure, t)}</p>
          <p className={s.code}>
            <Phrase text={t.errorCode({ code: codeOf(failure) })} />
          </p>
          <Button
            look="primary"
            onPress={() => {
              fail(undefined);
              again((n) => n + 1);
            }}
          >
            {t.actionRetry()}
          </Button>
          <Button onPress={() => void copyText(detailsOf(failure))}>{t.errorCopyDetails()}</Button>
        </div>
      </main>
    );
  }
  if (!connection) return null;
  return (
    <LiveContext value={connection}>
      <OpenDesk />
    </LiveContext>
  );
}

function OpenDesk() {
  const go = useGo();
  const toLogin = useToLogin();
  const path = usePath();
  const over = useDesk((state) => state.signedOut === true);
  const left = useDesk((state) => state.left === true);
  useEffect(() => {
    if (over) toLogin(left ? "signedOut" : "expired");
  }, [over, left, toLogin]);
  return (
    <DeskPage
      open={conversationAt(path)}
      place={placeAt(path)}
      go={(to) => go(to === undefined ? "/desk" : placeOf(to))}
    />
  );
}

/** What stands at an address of the desk that is no conversation's. */
export function placeAt(path: string): Place {
  if (path === "/desk/me") return "me";
  return path === "/desk/waiting" ? "waiting" : "home";
}

const codeOf = (failure: unknown): string => (failure instanceof Refusal ? failure.code : "client_error");

/** What helps whoever is asked for help: nothing of what customers wrote. */
function detailsOf(failure: unknown): string {
  return [
    `code: ${codeOf(failure)}`,
    `message: ${failure instanceof Error ? failure.message : String(failure)}`,
    `page: ${window.location.pathname}`,
    `time: ${new Date().toISOString()}`,
    `browser: ${navigator.userAgent}`,
  ].join("\n");
}

/** The way to the sign-in page, and back here afterwards. */
function useToLogin(): (notice?: "expired" | "signedOut") => void {
  const go = useGo();
  return useCallback(
    (notice) => {
      const back = window.location.pathname;
      const asked = new URLSearchParams({
        ...(notice ? { notice } : {}),
        ...(back.startsWith("/desk/c/") ? { back } : {}),
      }).toString();
      go(asked === "" ? "/login" : `/login?${asked}`, { replace: true });
    },
    [go],
  );
}
