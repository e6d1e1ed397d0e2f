// The pages before the desk: sign-in, and what an invitation opens.
import { useAsked, useGo } from "../address";
import { command } from "../live/rest";
import { login } from "../live/session";
import { linkToken } from "./linkToken";
import { LoginForm } from "./LoginPage";
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
        const { setup } = await login(email, password);
        // An administrator who left the first run goes on with it.
        const home = setup ? "/setup" : "/desk";
        go(/^\/(desk|admin|live|setup)(\/|$)/.test(back) ? back : home);
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
