import { ArrowLeft } from "lucide-react";
import { IconButton } from "../../../ui/src/Button";
import { confirmDone, reportFailure } from "../../../ui/src/Toasts";
import type { WaitingRow } from "../../../protocol/src/types";
import { useActions, useDesk } from "../live/state";
import { wantComposer } from "../parts/commands";
import { customerName } from "../parts/customerName";
import { useLook } from "../parts/lookAgain";
import { problemText } from "../parts/problems";
import { lists } from "../parts/targets";
import { Failed } from "./Failed";
import { WaitingList } from "./WaitingList";
import { useWords } from "./words";
import s from "./Explain.module.css";

/** Who waits, for an agent who may take somebody from the list. */
export function WaitingPage({ go }: { go(conversation: string | undefined): void }) {
  const { t } = useWords();
  const actions = useActions();
  const me = useDesk((state) => state.me.user);
  const agent = useDesk((state) => state.desk?.agent);
  const online = useDesk((state) => state.link.state === "online");
  const look = useLook(["waiting", me], actions.waiting, lists);

  const pick = (row: WaitingRow) => {
    const name = customerName(row.customer.name, t);
    actions.pick(row.conversation).then(
      () => {
        wantComposer(row.conversation);
        confirmDone(t.waitingTaken({ name }));
        go(row.conversation);
      },
      (error: unknown) => {
        // Somebody else was faster, or the customer has left: the list is old.
        reportFailure(t.waitingLost({ name, why: problemText(error, t) }));
        void look.again();
      },
    );
  };
  const unavailable = (row: WaitingRow): string | undefined => {
    if (!online) return t.transferUnavailableOffline();
    if (agent?.presence === "rona") return t.errorAgentInRona();
    if (agent && agent.occupied >= agent.capacity) return t.errorCapacityReached();
    if (row.state === "offered") return t.waitingOfferedNow();
    return row.customer_away ? t.customerAway() : undefined;
  };

  return (
    <section className={s.page} aria-label={t.waitingTitle()} data-pane="interaction" tabIndex={-1}>
      <header className={s.top}>
        <span className={s.back}>
          <IconButton
            label={t.actionBack()}
            icon={<ArrowLeft size={20} className="mirrored" aria-hidden="true" />}
            onPress={() => go(undefined)}
          />
        </span>
        <h1 className={s.title}>{t.waitingTitle()}</h1>
      </header>
      {look.failed && <Failed text={t.listFailed()} again={() => void look.again()} />}
      {!look.data && !look.failed && <p className={s.none}>{t.threadLoading()}</p>}
      {look.data && (
        <WaitingList
          list={look.data}
          doing={{ pick, unavailable, explain: actions.explain, explainOffer: actions.explainOffer }}
        />
      )}
    </section>
  );
}
