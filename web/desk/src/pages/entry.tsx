// The pages before the desk: sign-in, what may follow upon it, and what an
// invitation opens.
import { useState } from "react";
import { later } from "../../../ui/src/later";
import { Refusal } from "../../../protocol/src/socket";
import { useAsked, useGo } from "../address";
import { command } from "../live/rest";
import { login, type SignedIn } from "../live/session";
import { linkToken } from "./linkToken";
import { LoginForm } from "./LoginPage";
import { JoinForm, type Invitee } from "./WelcomePage";

const CodePage = later(() => import("../account/SecondStep").then((m) => m.CodePage));
const EnrolPage = later(() => import("../account/SecondStep").then((m) => m.EnrolPage));

export function LoginRoute() {
  const go = useGo();
  const asked = useAsked();
  const notice = asked.get("notice");
  const back = asked.get("back") ?? "";
  const arrive = ({ setup }: SignedIn) => {
    // An administrator who left the first run goes on with it.
    const home = setup ? "/setup" : "/desk";
    go(/^\/(desk|admin|live|setup)(\/|$)/.test(back) ? back : home);
  };
  return (
    <InSteps onArrived={arrive}>
      {(enter) => (
        <LoginForm
          notice={notice === "expired" || notice === "signedOut" ? notice : undefined}
          onLogin={(email, password) => enter((code) => login(email, password, code))}
        />
      )}
    </InSteps>
  );
}

export function WelcomeRoute() {
  const go = useGo();
  return (
    <InSteps onArrived={() => go("/desk")}>
      {(enter) => (
        <JoinForm
          whose={() => command<Invitee>("POST", "/invitation/check", { token: linkToken() })}
          onJoin={(password) =>
            enter((code) =>
              command<SignedIn>("POST", "/invitation", {
                token: linkToken(),
                password,
                ...(code === undefined ? {} : { code }),
              }),
            )
          }
        />
      )}
    </InSteps>
  );
}

type Attempt = (code?: string) => Promise<SignedIn>;

interface InStepsProps {
  /** The page with the password; it tries with what it is given. */
  children(enter: (attempt: Attempt) => Promise<void>): React.ReactNode;
  onArrived(as: SignedIn): void;
}

/** The way in: the password, then the code of who has a second step, or setting one up where that is wanted. */
function InSteps({ children, onArrived }: InStepsProps) {
  const [again, ask] = useState<Attempt>();
  const [missing, enrol] = useState<SignedIn>();
  const enter = async (attempt: Attempt, code?: string) => {
    const signedIn = await attempt(code);
    if (signedIn.step_missing) enrol(signedIn);
    else onArrived(signedIn);
  };
  if (missing) return <EnrolPage onDone={() => onArrived(missing)} />;
  if (again) return <CodePage onCode={(code) => enter(again, code)} />;
  return children((attempt) =>
    enter(attempt).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code !== "second_step_needed") throw error;
      ask(() => attempt);
    }),
  );
}
