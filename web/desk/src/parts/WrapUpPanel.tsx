import { Suspense, useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from "react";
import { SearchField } from "../../../ui/src/SearchField";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { OneOf } from "../../../ui/src/Choice";
import { clockText, secondsUntil } from "../../../ui/src/duration";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { later } from "../../../ui/src/later";
import { serverNow, useNow } from "../../../ui/src/now";
import { Phrase } from "../../../ui/src/Phrase";
import { filterChoices, type Choice } from "../../../ui/src/choices";
import { Elapsed } from "../../../ui/src/Timer";
import { confirmDone } from "../../../ui/src/Toasts";
import { useActions, useDesk, useDrafts } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import { correction, offeredMs } from "./changing";
import { useCommand, useKeys } from "./commands";
import { customerName } from "./customerName";
import { chosenReason, keepChosen, recentFirst, rememberUse, usedReasons } from "../model/reasons";
import { deviceShelf } from "./device";
import { attempt } from "./problems";
import s from "./WrapUpPanel.module.css";

const ReasonSearch = later(() => import("./dialogs").then((m) => m.SearchSelect));

/** Up to so many reasons are a list with a number key each; more are searched. */
const numbered = 7;

/**
 * The wrap-up reasons (S53–S58). The panel stands where the compose box was:
 * it belongs to its conversation, the thread stays readable and other
 * conversations stay usable.
 */
export function WrapUpPanel({ card, onFinished }: { card: Card; onFinished(): void }) {
  const { t, lang } = useLanguage();
  const actions = useActions();
  const drafts = useDrafts();
  const reasons = useDesk((state) => state.setup.reasons);
  const user = useDesk((state) => state.me.user);
  const [chosen, choose] = useState(() => chosenReason(deviceShelf(), user, card.part ?? 0));
  const [query, setQuery] = useState("");
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [waits, setWaits] = useState(false);
  const online = useDesk((state) => state.link.state === "online");
  const [used] = useState(() => usedReasons(deviceShelf(), user));
  const panel = useRef<HTMLDivElement>(null);
  const title = useId();
  const part = card.part ?? 0;
  const wrapup = card.wrapup;

  const all: Choice[] = (wrapup?.reasons ?? []).flatMap((id) => {
    const reason = reasons.find((r) => r.id === id);
    return reason
      ? [{ id, name: inLanguage(reason.name, lang), also: `${reason.name.en} ${reason.name.ar}` }]
      : [];
  });
  // A short list keeps its order, because its numbers are learned by heart.
  const listed = all.length > numbered ? recentFirst(all, used) : all;
  const shown = filterChoices(all, query);
  const keys = all.length <= numbered && query === "";

  // A conversation that ends by itself must not take the caret from another place.
  const [takesFocus] = useState(focusIsFree);
  useEffect(() => {
    if (takesFocus) focusFirst(panel.current);
  }, [takesFocus]);

  const pick = (id: string | null) => {
    choose(id);
    keepChosen(deviceShelf(), user, part, id);
    setMissing(false);
  };

  const submit = (reason: string | null = chosen) => {
    if (busy) return;
    if (reason === null && wrapup?.required !== false) {
      setMissing(true);
      announce(t.wrapupRequired(), "assertive");
      focusFirst(panel.current);
      return;
    }
    if (!online) {
      // The choice is kept, here and over a reload, until there is somebody to tell it to.
      setWaits(true);
      announce(t.wrapupOffline());
      return;
    }
    setWaits(false);
    setBusy(true);
    const done = actions.submitWrapUp(part, reason ?? "").finally(() => setBusy(false));
    attempt(done, t, () => {
      // A transfer may come back, and the draft with it.
      if (!card.pending) drafts.write(card.conversation, "");
      keepChosen(deviceShelf(), user, part, null);
      if (reason !== null) rememberUse(deviceShelf(), user, reason);
      confirmDone(
        t.wrapupSaved(),
        {
          label: t.wrapupChange(),
          run: () => correction.set(() => ({ part, reasons: all, chosen: reason })),
        },
        offeredMs,
      );
      onFinished();
    });
  };
  const submitKept = useEffectEvent(() => submit());
  useEffect(() => {
    if (!online || !waits) return;
    const timer = setTimeout(submitKept);
    return () => clearTimeout(timer);
  }, [online, waits]);
  useCommand("wrapup", (reason) => {
    if (reason !== undefined) pick(reason);
    submit(reason);
  });
  const shortcuts = useKeys();

  // On the way down: the list takes some keys for itself on their way up.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
      return;
    }
    const typing = event.target instanceof HTMLInputElement && event.target.type !== "radio";
    const number = /^(?:Digit|Numpad)([1-7])$/.exec(event.code)?.[1];
    if (!keys || typing || !number || event.ctrlKey || event.altKey || event.metaKey) return;
    const choice = shown[Number(number) - 1];
    if (!choice) return;
    event.preventDefault();
    pick(choice.id);
  };

  return (
    <div
      ref={panel}
      role="dialog"
      aria-labelledby={title}
      className={s.panel}
      data-pane="compose"
      tabIndex={-1}
      onKeyDownCapture={onKeyDown}
    >
      <header className={s.head}>
        <h2 id={title} className={s.title}>
          {t.wrapupTitle()}
        </h2>
        <p className={s.about}>
          <Phrase
            text={t.wrapupConversation({
              name: customerName(card.customer.name, t),
              queue: inLanguage(card.queue.name, lang),
            })}
          />
        </p>
        {wrapup && <Elapsed since={wrapup.started_at} label={t.labelWrapupTimer()} />}
      </header>
      {wrapup?.deadline && <Automatic part={part} deadline={wrapup.deadline} />}
      {all.length === 0 ? (
        <p className={s.none}>{t.wrapupEmpty()}</p>
      ) : (
        <div className={s.reasons}>
          {all.length > numbered ? (
            <Suspense>
              <ReasonSearch
                autoFocus={takesFocus}
                label={t.labelWrapupReason()}
                choices={listed}
                value={chosen}
                onChange={pick}
                empty={t.wrapupNone}
                found={t.nResults}
                error={missing ? t.wrapupRequired() : undefined}
              />
            </Suspense>
          ) : (
            <>
              <SearchField label={t.labelSearchReasons()} value={query} onChange={setQuery} />
              {shown.length === 0 && (
                <p className={s.none}>
                  <Phrase text={t.wrapupNone({ q: query })} />
                </p>
              )}
              <div className={s.list}>
                <OneOf
                  label={t.labelWrapupReason()}
                  value={chosen}
                  onChange={pick}
                  error={missing ? t.wrapupRequired() : undefined}
                  options={shown.map((choice, i) => ({
                    id: choice.id,
                    name: <bdi>{choice.name}</bdi>,
                    hint: query === "" ? <kbd aria-hidden="true">{i + 1}</kbd> : undefined,
                  }))}
                />
              </div>
            </>
          )}
        </div>
      )}
      <footer className={s.foot}>
        {waits && <p className={s.waits}>{t.wrapupOffline()}</p>}
        <Button look="primary" onPress={() => submit()} aria-keyshortcuts={shortcuts.aria("wrapup")}>
          {t.actionSubmitWrapup()}
        </Button>
      </footer>
    </div>
  );
}

/** Nobody is anywhere else: focus is on the page itself, or on the button that ended the conversation. */
function focusIsFree(): boolean {
  const active = document.activeElement;
  return !active || active === document.body || active.closest('[data-pane="control"], #pane') !== null;
}

/** The list, or the field that searches it where the list is long. */
function focusFirst(panel: HTMLElement | null): void {
  const first =
    panel?.querySelector<HTMLElement>("input[type=radio]") ?? panel?.querySelector<HTMLElement>("input");
  (first ?? panel)?.focus();
}

/** The automatic wrap-up's countdown: spoken when it begins and at 20 s, and it can be stopped. */
function Automatic({ part, deadline }: { part: number; deadline: string }) {
  const { t, digits } = useLanguage();
  const actions = useActions();
  const left = secondsUntil(deadline, useNow());
  const text = t.wrapupAuto({ time: clockText(left, digits) });
  useEffect(() => {
    announce(t.wrapupAuto({ time: clockText(secondsUntil(deadline, serverNow()), digits) }));
  }, [deadline, t, digits]);
  const soon = left === 20;
  useEffect(() => {
    if (soon) announce(t.wrapupAuto({ time: clockText(20, digits) }), "assertive");
  }, [soon, t, digits]);
  return (
    <div className={s.auto} data-urgent={left <= 10 || undefined}>
      <p role="timer" aria-live="off">
        <Phrase text={text} />
      </p>
      <Button small onPress={() => attempt(actions.extendWrapUp(part), t)}>
        {t.actionMoreTime()}
      </Button>
      <Button
        small
        onPress={() => attempt(actions.stopWrapUpTimer(part), t, () => announce(t.wrapupTimerStopped()))}
      >
        {t.actionStopTimer()}
      </Button>
    </div>
  );
}
