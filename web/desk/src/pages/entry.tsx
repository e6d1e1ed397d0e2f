// The pages before the desk: sign-in, what may follow upon it, and what an
// invitation opens.
import { Suspense, useEffect, useState } from "react";
import { returnedIn, takeWay } from "../account/providerSource";
import { later } from "../../../ui/src/later";
import { Refusal } from "../../../protocol/src/socket";
import { useAsked, useGo } from "../address";
import type { Needed, Shown } from "../account/SecondStep";
import { command } from "../live/rest";
import { login, type SignedIn } from "../live/session";
import { linkToken } from "./linkToken";
import { LoginForm } from "./LoginPage";
import { JoinForm, type Invitee } from "./WelcomePage";

const StepPage = later(() => import("../account/SecondStep").then((m) => m.StepPage));
const PasskeyEntry = later(() => import("../account/PasskeyEntry").then((m) => m.PasskeyEntry));
const EnrolPage = later(() => import("../account/SecondStep").then((m) => m.EnrolPage));

const Providers = later(() => import("../account/Providers").then((m) => m.Providers));

export function LoginRoute() {
  const go = useGo();
  const asked = useAsked();
  const notice = asked.get("notice");
  // Whoever comes back from a provider goes on to where they were going before;
  // what they come back with works once and does not stay in the address.
  const [returned] = useState(() => returnedIn(asked));
  const [way] = useState(() => (returned ? takeWay() : undefined));
  useEffect(() => {
    if (returned) go("/login", { replace: true });
  }, [go, returned]);
  const back = asked.get("back") ?? way?.back ?? "";
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
          onLogin={(email, password) => enter(withStep((code) => login(email, password, code)))}
        >
          <Suspense>
            <PasskeyEntry onArrived={arrive} />
            <Providers
              organization={asked.get("organization") ?? way?.organization ?? ""}
              back={back}
              returned={returned}
              enter={(attempt) => enter(withStep(attempt))}
            />
          </Suspense>
        </LoginForm>
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
            enter((shown) =>
              command<SignedIn>("POST", "/invitation", { token: linkToken(), password, ...shown }),
            )
          }
        />
      )}
    </InSteps>
  );
}

type Attempt = (shown?: Shown) => Promise<SignedIn>;

/** What is tried again with the code of a second step, or done by a passkey instead. */
const withStep =
  (attempt: (code?: string) => Promise<SignedIn>): Attempt =>
  (shown) =>
    shown && "passkey" in shown
      ? command<SignedIn>("POST", "/login/passkey", shown.passkey)
      : attempt(shown?.code);

interface InStepsProps {
  /** The page with the password; it tries with what it is given. */
  children(enter: (attempt: Attempt) => Promise<void>): React.ReactNode;
  onArrived(as: SignedIn): void;
}

/** The way in: the password, then the second step of who has one, or setting one up where that is wanted. */
function InSteps({ children, onArrived }: InStepsProps) {
  const [again, ask] = useState<{ attempt: Attempt; needed: Needed }>();
  const [missing, enrol] = useState<SignedIn>();
  const enter = async (attempt: Attempt, shown?: Shown) => {
    const signedIn = await attempt(shown);
    if (signedIn.step_missing) enrol(signedIn);
    else onArrived(signedIn);
  };
  if (missing) return <EnrolPage onDone={() => onArrived(missing)} />;
  if (again) return <StepPage needed={again.needed} onShown={(shown) => enter(again.attempt, shown)} />;
  return children((attempt) =>
    enter(attempt).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code !== "second_step_needed") throw error;
      ask({ attempt, needed: error.params });
    }),
  );
}
