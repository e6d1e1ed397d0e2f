// The pages before the desk: sign-in, first set-up, and what an invitation opens.
import { useAsked, useGo } from "../address";
import { command } from "../live/rest";
import { login } from "../live/session";
import { useLanguage } from "../../../ui/src/language";
import { LoginForm } from "./LoginPage";
import { SetupForm } from "./SetupPage";
import { JoinForm, type Invitee } from "./WelcomePage";

export function LoginRoute() {
  const go = useGo();
  const asked = useAsked();
  const notice = asked.get("notice");
  const back = asked.get("back") ?? "";
  return (
    <LoginForm
      notice={notice === "expired" || notice === "signedOut" ? notice : undefined}
      onLogin={async (email, password) => {
        await login(email, password);
        go(/^\/(desk|admin|live)(\/|$)/.test(back) ? back : "/desk");
      }}
    />
  );
}

/** The link's secret stands behind #, so that it is in no log. */
function linkToken(): string {
  const { hash, search } = window.location;
  return new URLSearchParams(search).get("token") ?? hash.replace(/^#(token=)?/, "");
}

export function SetupRoute() {
  const go = useGo();
  const { lang } = useLanguage();
  return (
    <SetupForm
      onSetup={async (values) => {
        await command("POST", "/setup", {
          token: linkToken(),
          ...values,
          language: lang,
          time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        });
        go("/desk");
      }}
    />
  );
}

export function WelcomeRoute() {
  const go = useGo();
  return (
    <JoinForm
      whose={() => command<Invitee>("POST", "/invitation/check", { token: linkToken() })}
      onJoin={async (password) => {
        await command("POST", "/invitation", { token: linkToken(), password });
        go("/desk");
      }}
    />
  );
}
