import { Star } from "lucide-react";
import {
  Suspense,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from "react";
import { SearchField } from "../../../ui/src/SearchField";
import { announce } from "../../../ui/src/announce";
import { Button, IconButton } from "../../../ui/src/Button";
import { OneOf } from "../../../ui/src/Choice";
import { clockText, secondsUntil } from "../../../ui/src/duration";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { later } from "../../../ui/src/later";
import { serverNow, useNow } from "../../../ui/src/now";
import { Phrase } from "../../../ui/src/Phrase";
import { filterChoices } from "../../../ui/src/choices";
import { Elapsed } from "../../../ui/src/Timer";
import { confirmDone } from "../../../ui/src/Toasts";
import { useActions, useDesk, useDrafts } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import { correction, offeredMs } from "./changing";
import { useCommand, useKeys } from "./commands";
import { customerName } from "./customerName";
import { ownFirst, reasonChoices } from "../model/reasonTree";
import { chosenReason, keepChosen, rememberUse, usedReasons, wrapUpNote } from "../model/reasons";
import { changePreferences, usePreference } from "../settings";
import { deviceShelf } from "./device";
import { NoteField, noteLeft } from "./NoteField";
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
  const noted = wrapUpNote(card.conversation);
  const [note, setNote] = useState(() => drafts.read(noted));
  useEffect(() => drafts.follow(noted, setNote), [drafts, noted]);
  const [busy, setBusy] = useState(false);
  const [waits, setWaits] = useState(false);
  const online = useDesk((state) => state.link.state === "online");
  const favorites = usePreference("favoriteReasons");
  // The list does not move under the hand: what is used and liked now, it begins with the next time.
  const [own] = useState(() => ({ favorites, used: usedReasons(deviceShelf(), user) }));
  const panel = useRef<HTMLDivElement>(null);
  const title = useId();
  const part = card.part ?? 0;
  const wrapup = card.wrapup;

  const ids = wrapup?.reasons;
  const all = useMemo(() => reasonChoices(ids ?? [], reasons, lang), [ids, reasons, lang]);
  // A short list keeps its order, because its numbers are learned by heart.
  const long = all.length > numbered;
  const listed = useMemo(() => {
    const headings = { favorites: t.wrapupFavorites(), used: t.wrapupRecent(), others: t.wrapupOthers() };
    return ownFirst(all, own.favorites, own.used, headings);
  }, [all, own, t]);
  const shown = filterChoices(all, query);
  const keys = !long && query === "";

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

  const write = (text: string) => {
    setNote(text);
    drafts.write(noted, text);
  };

  const submit = (reason: string | null = chosen) => {
    if (busy) return;
    const over = -noteLeft(note.trim());
    if (over > 0) {
      announce(t.nCharsOver({ n: over }), "assertive");
      panel.current?.querySelector("textarea")?.focus();
      return;
    }
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
    const done = actions.submitWrapUp(part, reason ?? "", note.trim()).finally(() => setBusy(false));
    attempt(done, t, () => {
      // A transfer may come back, and the draft with it.
      if (!card.pending) drafts.write(card.conversation, "");
      keepChosen(deviceShelf(), user, part, null);
      drafts.write(noted, "");
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
    const typing =
      event.target instanceof HTMLTextAreaElement ||
      (event.target instanceof HTMLInputElement && event.target.type !== "radio");
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
        <div className={s.none}>
          <p>{t.wrapupEmpty()}</p>
          <p>{t.wrapupEmptyHint()}</p>
        </div>
      ) : (
        <div className={s.reasons}>
          {long ? (
            <div className={s.search}>
              <Suspense>
                <ReasonSearch
                  autoFocus={takesFocus}
                  label={t.labelWrapupReason()}
                  choices={listed}
                  value={chosen}
                  onChange={pick}
                  empty={t.wrapupNone}
                  found={t.nResults}
                  more={t.listMore}
                  error={missing ? t.wrapupRequired() : undefined}
                />
              </Suspense>
              <Favorite reason={chosen} />
            </div>
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
                    section: choice.section,
                    hint: query === "" ? <kbd aria-hidden="true">{i + 1}</kbd> : undefined,
                  }))}
                />
              </div>
            </>
          )}
        </div>
      )}
      <NoteField
        label={t.wrapupNote()}
        hint={t.composeNoteHint()}
        rows={all.length === 0 ? 3 : 1}
        value={note}
        onChange={write}
      />
      <footer className={s.foot}>
        {waits && <p className={s.waits}>{t.wrapupOffline()}</p>}
        <Button look="primary" onPress={() => submit()} aria-keyshortcuts={shortcuts.aria("wrapup")}>
          {t.actionSubmitWrapup()}
        </Button>
      </footer>
    </div>
  );
}

/** Whether the chosen reason is one of those that a long list begins with. */
function Favorite({ reason }: { reason: string | null }) {
  const { t } = useLanguage();
  const favorites = usePreference("favoriteReasons");
  const is = reason !== null && favorites.includes(reason);
  return (
    <IconButton
      label={t.wrapupFavorite()}
      icon={<Star size={18} aria-hidden="true" fill={is ? "currentColor" : "none"} />}
      aria-pressed={is}
      unavailable={reason === null ? t.wrapupRequired() : undefined}
      onPress={() =>
        changePreferences({
          favoriteReasons: is ? favorites.filter((id) => id !== reason) : [...favorites, reason ?? ""],
        })
      }
    />
  );
}

/** Nobody is anywhere else: focus is on the page itself, or on the button that ended the conversation. */
function focusIsFree(): boolean {
  const active = document.activeElement;
  return !active || active === document.body || active.closest('[data-pane="control"], #pane') !== null;
}

/** The list, or the field that searches it where the list is long, or the note where there is none. */
function focusFirst(panel: HTMLElement | null): void {
  const first =
    panel?.querySelector<HTMLElement>("input[type=radio]") ??
    panel?.querySelector<HTMLElement>("input, textarea");
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
