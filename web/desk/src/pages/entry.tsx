// The pages before the desk: sign-in and first set-up.
import { useAsked, useGo } from "../address";
import { command } from "../live/rest";
import { login } from "../live/session";
import { useLanguage } from "../../../ui/src/language";
import { LoginForm } from "./LoginPage";
import { SetupForm } from "./SetupPage";

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
        go(/^\/(desk|admin)(\/|$)/.test(back) ? back : "/desk");
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
