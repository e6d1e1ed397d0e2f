// The storybook: /stories.html lists the stories, /stories.html?story=NAME
// shows one, with &lang=ar and &theme=dark as wanted.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../../../ui/tokens.css";
import "../../../ui/fonts.css";
import "../../../ui/base.css";
import { load, type Lang } from "../../../locales";
import { LanguageProvider } from "../../../ui/src/language";
import { freezeClock } from "../../../ui/src/now";
import { applyTheme } from "../../../ui/src/theme";
import { AddressContext, conversationAt, ownAddress, placeOf, usePath } from "../address";
import { LiveContext } from "../live/state";
import { createStore } from "../live/store";
import { Drafts, watchPage } from "../model/drafts";
import { deviceShelf } from "../parts/device";
import { EnrolPage } from "../account/SecondStep";
import { PasskeyEntry } from "../account/PasskeyEntry";
import { PasskeySettings } from "../account/PasskeySettings";
import { StepSettings } from "../account/StepSettings";
import { useWords } from "../account/words";
import { LoginForm, PlainPage } from "../pages/LoginPage";
import { AssetList } from "../admin/AssetsPage";
import { AuditLog } from "../admin/AuditPage";
import { BlockList } from "../admin/BlocksPage";
import { IdentityKeys } from "../admin/KeysPage";
import { ConfigurationFile } from "../admin/ConfigurationPage";
import type { Kind } from "../console/kind";
import { kinds } from "../console/kinds";
import { ObjectsPage } from "../console/ObjectsPage";
import { organization } from "../console/settings";
import { People } from "../admin/PeoplePage";
import { UserList } from "../admin/UsersPage";
import { JoinForm } from "../pages/WelcomePage";
import type { Step } from "../setup/steps";
import { Wizard } from "../setup/Wizard";
import { YouStep } from "../setup/YouStep";
import { DeskPage } from "../pages/DeskPage";
import { placeAt } from "../pages/DeskRoute";
import { LivePage } from "../explain/LivePage";
// Fetched behind the first view of the desk; in a picture it is there.
import "../parts/AuxPane";
import "../parts/Figures";
import { ago, me, now } from "./cast";
import { Pieces } from "./Pieces";
import { drive, type Drive } from "./drive";
import { fakeActions } from "./fake";
import { fakePasskeys, fakeStep } from "./fakeAccount";
import { fakeAssets, fakeAudit, fakePeople, fakePlan, fakeUsers } from "./fakeAdmin";
import { fakeBlocks, fakeKeys } from "./fakeSecurity";
import { fakeConsole } from "./fakeConsole";
import { fakeSetup } from "./fakeSetup";
import { fakeWaiting } from "./fakeWaiting";
import { handsOn } from "./hands";
import { pageNames, stories } from "./scenes";

declare global {
  interface Window {
    /** What happens from outside. */
    drive: Drive;
  }
}

const query = new URLSearchParams(location.search);
const name = query.get("story") ?? "";
const lang: Lang = query.get("lang") === "ar" ? "ar" : "en";
const theme = query.get("theme");
applyTheme(theme === "dark" || theme === "light" ? theme : "system");

const pages: Record<(typeof pageNames)[number], () => React.ReactNode> = {
  login: () => (
    <LoginForm onLogin={() => Promise.resolve()}>
      <PasskeyEntry onArrived={() => undefined} enter={() => Promise.resolve({})} possible />
    </LoginForm>
  ),
  "login-failed": () => (
    <LoginForm onLogin={() => Promise.resolve()} notice="expired" failure="login_failed" />
  ),
  "login-enrol": () => (
    <EnrolPage source={fakeStep()} passkeys={fakePasskeys()} onDone={() => undefined} possible />
  ),
  account: () => <Account />,
  setup: () => <YouStep onBack={() => undefined} onFound={() => Promise.resolve()} />,
  "setup-queue": () => <FirstRun at="queue" />,
  "setup-install": () => <FirstRun at="install" />,
  welcome: () => (
    <JoinForm
      whose={() => Promise.resolve({ name: "دينا الحسن", email: "dina@nakheel.example" })}
      onJoin={() => Promise.resolve()}
    />
  ),
  assets: () => <AssetList source={fakeAssets} />,
  users: () => <UserList source={fakeUsers} />,
  configuration: () => (
    <ConfigurationFile
      source={{ plan: () => Promise.resolve(fakePlan), apply: () => Promise.resolve() }}
      shown={fakePlan}
    />
  ),
  "console-queue": () => <Console kind={kinds.queues} at="que_1" />,
  "console-hours": () => <Console kind={kinds.hours} at="hrs_1" />,
  "console-asset": () => <Console kind={kinds.assets} at="ast_1" />,
  "console-user": () => <Console kind={kinds.users} at="usr_1" />,
  "console-organization": () => <Console kind={organization} at="organization" />,
  people: () => <People source={fakePeople} query="sara@nakheel.example" />,
  audit: () => <AuditLog source={fakeAudit} />,
  keys: () => <IdentityKeys asset="ast_1" source={fakeKeys} />,
  blocks: () => <BlockList source={fakeBlocks} />,
  live: () => <LivePage source={fakeWaiting} />,
  pieces: () => <Pieces />,
};

const passkeysOfMaya = fakePasskeys([
  { id: "pky_1", name: "هاتف مايا", created_at: ago(9e5), used_at: ago(5e4) },
  { id: "pky_2", name: "Security key", created_at: ago(8e5) },
  { id: "pky_3", name: "Firefox · Linux", created_at: ago(7e5), copied_at: ago(6e4) },
]);

/** The part of the settings that is about signing in, under its heading. */
function Account() {
  const { t } = useWords();
  return (
    <PlainPage title="Maya">
      <h2>{t.accountTitle()}</h2>
      <StepSettings source={fakeStep({ on: true, recovery_codes: 3 })} />
      <PasskeySettings source={passkeysOfMaya} possible />
    </PlainPage>
  );
}

/** A page of the console, at one of its objects. */
const Console = ({ kind, at }: { kind: Kind; at: string }) => (
  <AddressContext value={ownAddress(`${kind.path}?id=${at}`)}>
    <ObjectsPage kind={kind} source={fakeConsole} />
  </AddressContext>
);

const FirstRun = ({ at }: { at: Step }) => (
  <Wizard source={fakeSetup(at)} invited={false} onFounded={() => undefined} onStranger={() => undefined} />
);

function Story() {
  const page = pageNames.find((known) => known === name);
  if (page) return pages[page]();
  const story = stories[name];
  if (!story) return <List />;
  return <DeskStory name={name} />;
}

function List() {
  return (
    <ul style={{ padding: "1rem", columns: 3 }}>
      {[...Object.keys(pages), ...Object.keys(stories)].map((story) => (
        <li key={story}>
          <a data-story={story} href={`?story=${story}&lang=${lang}`}>
            {story}
          </a>
        </li>
      ))}
    </ul>
  );
}

const story = stories[name];
const store = story && createStore(story.state);
const drafts = new Drafts({ user: me.user, shelf: deviceShelf(), now: Date.now });
watchPage(drafts);
const live = story && store && { store, actions: { ...fakeActions(store), ...story.actions }, drafts };
if (live) window.drive = drive(live);

function DeskStory({ name: _ }: { name: string }) {
  const path = usePath();
  if (!live) return null;
  return (
    <LiveContext value={live}>
      <DeskPage
        open={conversationAt(path)}
        place={placeAt(path)}
        go={(to) => address.go(to ? placeOf(to) : "/desk")}
      />
    </LiveContext>
  );
}

const address = ownAddress(story?.open ? placeOf(story.open) : story ? `/desk${story.path ?? ""}` : "/");

if (story) {
  freezeClock(now);
  if (story.open) drafts.write(story.open, story.draft ?? "");
}

const messages = await load(lang);
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <LanguageProvider
      initial={{ lang, messages }}
      conventions={{ digits: "latn", timeZone: "Asia/Riyadh", hourCycle: 24 }}
    >
      <AddressContext value={address}>
        <Story />
      </AddressContext>
    </LanguageProvider>
  </StrictMode>,
);
// Told when the picture can be taken: drawn, done what the story does, and in its own letters.
const hands = handsOn(store);
await hands.wait("#root > *");
await story?.then?.(hands);
// The figures of the day come by themselves.
if (document.querySelector("[data-figures]")) await hands.wait("[data-figures] > *");
await document.fonts.ready;
await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
document.documentElement.dataset.ready = "";
