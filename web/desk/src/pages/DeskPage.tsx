import { memo, Suspense, useDeferredValue, useEffect, useEffectEvent } from "react";
import { announce, LiveRegions } from "../../../ui/src/announce";
import { useLanguage } from "../../../ui/src/language";
import { later } from "../../../ui/src/later";
import { Toasts, reportFailure } from "../../../ui/src/Toasts";
import { useStore } from "../live/store";
import { useActions, useDesk, useLiveStore } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import { tasksOf } from "../model/tasks";
import { Notifier } from "../notify/Notifier";
import { ConnectionBanner, RonaBanner, SignedOutBanner } from "../parts/Banners";
import { correction } from "../parts/changing";
import { useKeyboard, wantComposer } from "../parts/commands";
import { customerName } from "../parts/customerName";
import { Header } from "../parts/Header";
import { Home } from "../parts/Home";
import { useAside, useFrame } from "../parts/frame";
import { InteractionPane, paneCard } from "../parts/InteractionPane";
import { Overlays } from "../parts/Overlays";
import { problemText } from "../parts/problems";
import { Rail } from "../parts/Rail";
import { RequestStack } from "../parts/RequestPopover";
import { RoundaboutBanner } from "../parts/RoundaboutBanner";
import { useBadge } from "../parts/badge";
import { Spoken } from "../parts/Spoken";
import { TaskList } from "../parts/TaskList";
import { UpdateBanner } from "../parts/UpdateBanner";
import s from "./DeskPage.module.css";

const ChangeReason = later(() => import("../parts/ChangeReason").then((m) => m.ChangeReason));
const AuxPane = later(() => import("../parts/AuxPane").then((m) => m.AuxPane));
const MyStatistics = later(() => import("../parts/MyStatistics").then((m) => m.MyStatistics));
const WaitingPage = later(() => import("../explain/WaitingPage").then((m) => m.WaitingPage));

/** What stands there while no conversation does. */
export type Place = "home" | "me" | "waiting";

export interface DeskPageProps {
  /** The conversation in the address. */
  open: string | undefined;
  place?: Place;
  go(conversation: string | undefined): void;
}

/** The agent desktop. */
export function DeskPage({ open, place = "home", go }: DeskPageProps) {
  const { t } = useLanguage();
  const actions = useActions();
  const store = useLiveStore();
  const shown = useDesk((state) => open !== undefined && paneCard(state, open) !== undefined);
  const ready = useDesk((state) => state.desk !== undefined);
  const empty = useDesk((state) => state.desk?.cards.length === 0);
  const crowded = useDesk(
    (state) =>
      state.departed.length > 0 || state.desk?.cards.some((card) => card.kind === "request") === true,
  );
  // What stands beside a conversation follows it: first one can write.
  const beside = useDeferredValue(open);
  const { tasksCollapsed } = useFrame();
  const aside = useAside();
  const correcting = useStore(correction, (now) => now);
  const column = shown && aside.shown && !aside.drawer;
  useKeyboard();
  useBadge(open);

  const accept = (card: Card) => {
    const offer = card.offer ?? 0;
    const name = customerName(card.customer.name, t);
    wantComposer(card.conversation);
    const done = actions.accept(offer);
    // At once, with the thread that came with the request; if the server
    // refuses, back to where we were, and why.
    go(card.conversation);
    done.then(
      () => announce(t.popoverAcceptedSr({ name })),
      (error: unknown) => {
        reportFailure(`${t.popoverAcceptFailed()}. ${problemText(error, t)}`);
        if (window.location.pathname.endsWith(card.conversation)) go(open);
      },
    );
  };

  const next = () => {
    const state = store.get();
    const threads = Object.fromEntries(
      Object.entries(state.threads).map(([id, thread]) => [id, thread?.conversation]),
    );
    const tasks = state.desk && tasksOf(state.desk, threads);
    const card = tasks && [...tasks.active, ...tasks.wrapup].find((c) => c.conversation !== open);
    go(card?.conversation);
    if (card) wantComposer(card.conversation);
    // The panel that had the focus is gone; without this the next Tab would leave the page.
    else document.getElementById("pane")?.focus();
  };

  // A conversation that is no longer ours has no page here.
  const leave = useEffectEvent(() => go(undefined));
  useEffect(() => {
    if (ready && open !== undefined && !shown) {
      const timer = setTimeout(leave, 100);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [ready, open, shown]);

  return (
    <div
      className={s.page}
      data-open={shown || place !== "home" || undefined}
      data-crowded={crowded || undefined}
      data-column={column || undefined}
      data-empty={empty || undefined}
      data-collapsed={tasksCollapsed || undefined}
    >
      <a href="#pane" className={s.skip}>
        {t.navSkip()}
      </a>
      <Header />
      <RonaBanner />
      <SignedOutBanner />
      <ConnectionBanner />
      <RoundaboutBanner />
      <UpdateBanner />
      <RequestStack beside={shown} onAccept={accept} />
      <div className={s.body}>
        <Rail />
        <main className={s.panes}>
          {!shown && <h1 className={`sr ${s.listTitle}`}>{t.pageTitleDesk()}</h1>}
          <div className={s.tasks}>
            <TaskList open={open} onOpen={go} />
          </div>
          <div id="pane" className={s.main} tabIndex={-1}>
            {open !== undefined && shown ? (
              <InteractionPane
                key={open}
                conversation={open}
                onBack={() => go(undefined)}
                onFinished={next}
              />
            ) : place === "me" ? (
              <Suspense>
                <MyStatistics onBack={() => go(undefined)} />
              </Suspense>
            ) : place === "waiting" ? (
              <Suspense>
                <WaitingPage go={go} />
              </Suspense>
            ) : (
              <Home />
            )}
          </div>
        </main>
        <Suspense fallback={<Beside conversation={undefined} column={column} />}>
          {shown && <Beside conversation={beside} column={column} />}
        </Suspense>
      </div>
      <Toasts label={t.paletteNotifications()} closeLabel={t.actionDismiss()} />
      <Suspense>{correcting && <ChangeReason of={correcting} />}</Suspense>
      <LiveRegions />
      <Spoken open={open} />
      <Notifier open={open} go={go} />
      <Overlays open={open} go={go} />
    </div>
  );
}

/** What stands beside the conversation, or the room for it while that is not there yet. */
const Beside = memo(function Beside({ conversation, column }: BesideProps) {
  if (conversation !== undefined) return <AuxPane conversation={conversation} />;
  return column ? <div className={s.aside} /> : null;
});

interface BesideProps {
  conversation: string | undefined;
  column: boolean;
}
