import { RefreshCw } from "lucide-react";
import { useMemo, useState } from "react";
import { OneOf } from "../../../ui/src/Choice";
import { Button, IconButton } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { inLanguage, useLanguage, type Lang } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { SearchSelect } from "../../../ui/src/SearchSelect";
import { announce } from "../../../ui/src/announce";
import { useActions, useDesk } from "../live/state";
import type { Card, Targets } from "../../../protocol/src/types";
import { useCommand, type Given } from "./commands";
import { deviceShelf } from "./device";
import { NoteField, noteLeft } from "./NoteField";
import { named, problemText } from "./problems";
import { agentChoices, mergeChoices, queueChoices, useTargets } from "./targets";
import s from "./TransferDialog.module.css";

type Kind = "queue" | "agent";
const kindKey = "hiwar.transfer.kind";

/** What was chosen last time, on this device. */
function lastKind(): Kind {
  try {
    return deviceShelf()?.getItem(kindKey) === "agent" ? "agent" : "queue";
  } catch {
    return "queue";
  }
}

function keepKind(kind: Kind): void {
  try {
    deviceShelf()?.setItem(kindKey, kind);
  } catch {
    // The next dialog begins with queues.
  }
}

export interface TransferProps {
  card: Card;
  /** Chosen already: only confirming is left. */
  start?: Given["transfer"] | undefined;
  onClose(): void;
}

/** The Transfer request dialog (S33–S42). */
export function TransferDialog({ card, start, onClose }: TransferProps) {
  const { t, lang } = useLanguage();
  const actions = useActions();
  const online = useDesk((state) => state.link.state === "online");
  const [kind, setKind] = useState<Kind>(start ? ("queue" in start ? "queue" : "agent") : lastKind());
  const [target, setTarget] = useState<string | null>(
    start ? ("queue" in start ? start.queue : start.agent) : null,
  );
  const [note, setNote] = useState("");
  const [failure, fail] = useState("");
  const [busy, setBusy] = useState(false);
  const [failures, setFailures] = useState(0);
  const list = useTargets(card.conversation);
  // Whoever went away while it was chosen is still called by their name.
  const [called, setCalled] = useState<string>();
  const name = nameOf(kind, target, list.targets, lang) ?? called;
  if (name !== called) setCalled(name);
  const left = noteLeft(note);

  const transfer = () => {
    if (target === null || busy || left < 0 || !online) return;
    keepKind(kind);
    setBusy(true);
    fail("");
    actions
      .transfer(card.conversation, kind === "queue" ? { queue: target } : { agent: target }, note.trim())
      .then(() => {
        announce(t.transferStarted());
        onClose();
      })
      .catch((error: unknown) => {
        // The target went away in between: the conversation is still here (S42).
        fail(`${t.transferFailed()} ${problemText(named(error, name), t)}`);
        setTarget(null);
        setFailures((n) => n + 1);
        list.refresh((targets) => (kind === "queue" ? targets.queues.length : targets.agents.length));
      })
      .finally(() => setBusy(false));
  };

  const required = kind === "queue" ? t.transferRequiredQueue() : t.transferRequiredAgent();
  const unavailable = !online
    ? t.transferUnavailableOffline()
    : target === null
      ? required
      : left < 0
        ? t.nCharsOver({ n: -left })
        : busy
          ? ""
          : undefined;
  const policy = policyOf(card, kind, target, list.targets);
  return (
    <Dialog
      title={t.transferTitle()}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button look="primary" autoFocus={start !== undefined} onPress={transfer} unavailable={unavailable}>
            {t.actionTransfer()}
          </Button>
        </>
      }
    >
      <OneOf
        row
        label={t.transferChoose()}
        value={kind}
        onChange={(next) => {
          setKind(next as Kind);
          setTarget(null);
        }}
        options={[
          { id: "queue", name: t.labelQueue() },
          { id: "agent", name: t.labelAgent() },
        ]}
      />
      <Picker
        key={`${kind} ${failures}`}
        kind={kind}
        list={list}
        value={target}
        onChange={setTarget}
        autoFocus={start === undefined || failures > 0}
      />
      {policy && <p className={s.policy}>{policyText(policy, t)}</p>}
      <NoteField
        label={t.transferNote()}
        hint={t.transferNoteHint()}
        rows={3}
        value={note}
        onChange={setNote}
      />
      {failure && (
        <p role="alert" className={s.failure}>
          <Phrase text={failure} />
        </p>
      )}
    </Dialog>
  );
}

function nameOf(
  kind: Kind,
  target: string | null,
  targets: Targets | undefined,
  lang: Lang,
): string | undefined {
  if (kind === "agent") return targets?.agents.find((agent) => agent.user === target)?.name;
  const queue = targets?.queues.find((q) => q.id === target);
  return queue && inLanguage(queue.name, lang);
}

function policyOf(
  card: Card,
  kind: Kind,
  target: string | null,
  targets: Targets | undefined,
): string | undefined {
  if (kind !== "agent") return undefined;
  return targets?.agents.find((agent) => agent.user === target)?.on_unanswered ?? card.on_unanswered;
}

function policyText(policy: string, t: ReturnType<typeof useLanguage>["t"]): string {
  if (policy === "return") return t.transferPolicyReturn();
  return policy === "close" ? t.transferPolicyClose() : t.transferPolicyRequeue();
}

export interface PickerProps {
  kind: Kind;
  list: ReturnType<typeof useTargets>;
  value: string | null;
  onChange(id: string | null): void;
  autoFocus?: boolean;
}

/** The searching list with its refresh button and the time it is from. */
export function Picker({ kind, list, value, onChange, autoFocus = true }: PickerProps) {
  const { t, lang, formats } = useLanguage();
  const { targets } = list;
  const next = useMemo(() => {
    if (!targets) return [];
    return kind === "queue" ? queueChoices(targets, t, lang) : agentChoices(targets, t, lang);
  }, [targets, kind, t, lang]);
  const [kept, keep] = useState({ at: "", choices: next });
  let choices = kept.choices;
  if (targets && kept.at !== `${targets.at}${lang}`) {
    choices = kept.at === "" ? next : mergeChoices(kept.choices, next, t.transferGone());
    keep({ at: `${targets.at}${lang}`, choices });
  }
  const none = kind === "queue" ? t.transferNoneQueues() : t.transferNoneAgents();
  const refresh = () => list.refresh((all) => (kind === "queue" ? all.queues.length : all.agents.length));
  useCommand("refresh", refresh);
  return (
    <div className={s.picker}>
      <div className={s.search}>
        <SearchSelect
          autoFocus={autoFocus}
          label={kind === "queue" ? t.labelSearchQueues() : t.labelSearchAgents()}
          choices={choices}
          value={value}
          onChange={onChange}
          empty={() => none}
          found={t.nResults}
          more={t.listMore}
        />
        <IconButton
          label={t.actionRefreshList()}
          icon={
            <RefreshCw size={18} aria-hidden="true" className={list.refreshing ? (s.turning ?? "") : ""} />
          }
          onPress={refresh}
        />
      </div>
      <p className={s.updated} data-failed={list.failed || undefined} data-at={targets?.at}>
        {list.failed ? `${t.transferListFailed()} ` : ""}
        {targets && <Phrase text={t.labelLastUpdated({ time: formats.time(Date.parse(targets.at)) })} />}
      </p>
    </div>
  );
}
