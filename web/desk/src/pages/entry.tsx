// The pages before the desk: sign-in and first set-up.
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { command } from "../live/rest";
import { login } from "../live/session";
import { useLanguage } from "../../../ui/src/language";
import { LoginForm } from "./LoginPage";
import { SetupForm } from "./SetupPage";

export function LoginRoute() {
  const navigate = useNavigate();
  const router = useRouter();
  const { notice, back } = useSearch({ from: "/login" });
  return (
    <LoginForm
      notice={notice}
      onLogin={async (email, password) => {
        await login(email, password);
        if (back) router.history.push(back);
        else await navigate({ to: "/desk" });
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
  const navigate = useNavigate();
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
        await navigate({ to: "/desk" });
      }}
    />
  );
}
