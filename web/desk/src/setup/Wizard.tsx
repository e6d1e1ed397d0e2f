import { useEffect, useEffectEvent, useState } from "react";
import { Refusal } from "../../../protocol/src/socket";
import { Code } from "../../../ui/src/Phrase";
import { parts } from "../../../locales/parts";
import { wantsSignIn } from "../live/session";
import { problemText } from "../parts/problems";
import { Note } from "./Frame";
import { InstallStep } from "./InstallStep";
import { LanguageStep } from "./LanguageStep";
import { OrganizationStep } from "./OrganizationStep";
import { QueueStep } from "./QueueStep";
import { useSaved } from "./saved";
import type { SetupSource, Whole } from "./source";
import { after, before, isStep, type Kept, type Step } from "./steps";
import { TeamStep } from "./TeamStep";
import { TryStep } from "./TryStep";
import { useWords } from "./words";
import { YouStep } from "./YouStep";

export interface WizardProps {
  source: SetupSource;
  /** Whether the address holds the secret of a link. */
  invited: boolean;
  /** The link was used: its secret leaves the address. */
  onFounded(): void;
  /** Whoever is not signed in and holds no link has to sign in. */
  onStranger(): void;
}

type Place = { at: Step | "done" | "expired" } | { failure: string };

/** Where somebody is in the first run, with what the steps from there on change. */
interface Found {
  place: Place;
  whole?: Whole;
}

/** What comes next for whoever is signed in. */
async function resumed(source: SetupSource): Promise<Found> {
  const next = await source.next();
  if (!isStep(next)) return { place: { at: "done" } };
  return { place: { at: next }, whole: await source.load() };
}

/** What a link opens: the beginning, or, where it was used, what comes after. */
async function opened(source: SetupSource): Promise<Found> {
  try {
    await source.check();
    return { place: { at: "language" } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "link_expired") return { place: { at: "expired" } };
    if (error.code === "setup_done") return resumed(source);
    throw error;
  }
}

/** Makes another link, where the server runs. */
const another = "hiwar setup-link";

/**
 * The first run. With the link from the console it begins with language and
 * account; after that the server knows what comes next, so it goes on wherever
 * it was left.
 */
export function Wizard({ source, invited, onFounded, onStranger }: WizardProps) {
  const { t, lang } = useWords();
  const [place, go] = useState<Place>();
  const [whole, setWhole] = useState<Whole>();

  const arrive = (found: Found) => {
    if (found.whole) setWhole(found.whole);
    go(found.place);
  };
  const stranger = useEffectEvent(onStranger);
  const failed = useEffectEvent((error: unknown) => {
    if (wantsSignIn(error)) stranger();
    else go({ failure: problemText(error, t) });
  });
  useEffect(() => {
    (invited ? opened(source) : resumed(source)).then(arrive, (error: unknown) => failed(error));
  }, [source, invited]);

  if (!place) return null;
  if ("failure" in place) return <Note title={t.setupTitle()} body={place.failure} />;
  switch (place.at) {
    case "expired":
      return <Expired />;
    case "done":
      return <Note title={t.wizFinished()} body={t.wizFinishedBody()} to="/desk" link={t.wizDone()} />;
    case "language":
      return <LanguageStep onNext={() => go({ at: "you" })} />;
    case "you":
      return (
        <YouStep
          onBack={() => go({ at: "language" })}
          onFound={async (values) => {
            await source.found(values, lang);
            onFounded();
            arrive(await resumed(source));
          }}
        />
      );
  }
  if (!whole) return null;
  return (
    <SavedStep
      key={place.at}
      step={place.at}
      source={source}
      whole={whole}
      onLoaded={setWhole}
      onGo={(next) => go({ at: next === "" ? "done" : next })}
    />
  );
}

interface SavedStepProps {
  step: Step;
  source: SetupSource;
  whole: Whole;
  onLoaded(whole: Whole): void;
  onGo(next: Kept): void;
}

function SavedStep({ step, source, whole, onLoaded, onGo }: SavedStepProps) {
  const saved = useSaved(source, whole, onLoaded, (done) => onGo(after(done)));
  const earlier = before(step);
  const back = () => earlier && onGo(earlier);
  switch (step) {
    case "organization":
      return <OrganizationStep saved={saved} />;
    case "queue":
      return <QueueStep saved={saved} onBack={back} />;
    case "team":
      return <TeamStep saved={saved} onBack={back} />;
    case "install":
      return <InstallStep saved={saved} onBack={back} />;
    case "try":
      return <TryStep saved={saved} onBack={back} />;
    default:
      return null;
  }
}

/** The link no longer works, and how to get another one. */
function Expired() {
  const { t } = useWords();
  const how = parts(t.wizAgain, { command: <Code key="command">{another}</Code> });
  return (
    <Note
      title={t.wizExpired()}
      body={
        <>
          {t.wizExpiredBody()} {how}
        </>
      }
    />
  );
}
