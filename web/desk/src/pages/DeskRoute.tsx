import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useState } from "react";
import type { Refusal } from "../../../protocol/src/socket";
import { useLanguage } from "../../../ui/src/language";
import { conversationAt, placeOf, useGo, usePath } from "../address";
import { connect, type Connection } from "../live/connect";
import { openSession, wantsSignIn } from "../live/session";
import { LiveContext, useDesk } from "../live/state";
import { homeOf } from "../model/permissions";
import { problemText } from "../parts/problems";
import { preferences } from "../settings";
import { preferenceServer } from "../settings/server";
import { reportFailure } from "../../../ui/src/Toasts";
import { FailurePage } from "./Crash";
import { DeskPage, type Place } from "./DeskPage";

/** The desk of whoever is signed in; others are sent to sign in and come back. */
export function DeskRoute() {
  const { t } = useLanguage();
  const go = useGo();
  const toLogin = useToLogin();
  const [connection, set] = useState<Connection>();
  const [failure, fail] = useState<unknown>();
  const [attempt, tryAgain] = useState(0);
  const refused = useEffectEvent((refusal: Refusal) => reportFailure(problemText(refusal, t)));
  useEffect(() => {
    let opened: Connection | undefined;
    let leave: (() => void) | undefined;
    let gone = false;
    openSession().then(
      ({ me, setup }) => {
        if (gone) return;
        if (!me.permissions.includes("answer")) {
          go(homeOf(me.permissions), { replace: true });
          return;
        }
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
  }, [go, toLogin, attempt]);

  if (failure !== undefined) {
    const again = () => {
      fail(undefined);
      tryAgain((n) => n + 1);
    };
    return <FailurePage failure={failure} exit={{ name: t.actionRetry(), go: again }} />;
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
  const { adopt } = useLanguage();
  const setup = useDesk((state) => state.setup);
  // Before anything of the desk is painted, and again when the organization writes otherwise.
  useLayoutEffect(() => adopt(setup), [adopt, setup]);
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
