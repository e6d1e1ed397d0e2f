import { SendHorizontal } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { announce } from "../../../ui/src/announce";
import { Button } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { reportFailure } from "../../../ui/src/Toasts";
import { direction } from "../../../protocol/src/text/direction";
import { reserved } from "../../../protocol/src/text/message";
import { useActions, useDesk } from "../live/state";
import type { Card } from "../../../protocol/src/types";
import {
  counterOf,
  crossesStep,
  refusal,
  removeReserved,
  replaceReserved,
  stretches,
} from "../model/counter";
import { readDraft, writeDraft } from "../model/drafts";
import { takeComposerWish } from "./commands";
import { deviceShelf } from "./device";
import { useTypingSignal } from "./typingSignal";
import s from "./Composer.module.css";

export interface ComposerProps {
  card: Card;
  /** Goes up by one when the closing question is to be put into the box. */
  question: number;
  readOnly: "interrupted" | "left" | undefined;
}

/** The compose box (S19–S23, S28–S30). What is too much or not allowed stays, is marked, and is not sent. */
export function Composer({ card, question, readOnly }: ComposerProps) {
  const { t, dir } = useLanguage();
  const actions = useActions();
  const user = useDesk((state) => state.me.user);
  const allowReserved = useDesk((state) => state.setup.allowReserved);
  const conversation = card.conversation;
  const [text, setText] = useState(() => readDraft(deviceShelf(), user, conversation));
  const [refused, refuse] = useState<"empty">();
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const signal = useTypingSignal(conversation);

  const change = (next: string) => {
    const before = counterOf(text).left;
    const after = counterOf(next).left;
    setText(next);
    refuse(undefined);
    writeDraft(deviceShelf(), user, conversation, next);
    if (crossesStep(before, after))
      announce(after < 0 ? t.nCharsOver({ n: -after }) : t.nCharsLeft({ n: after }));
    const signs = allowReserved ? 0 : reserved(next).length;
    if (signs > 0 && reserved(text).length === 0) announce(t.composeReserved(), "assertive");
  };

  const send = () => {
    if (readOnly) return;
    const why = refusal(text, allowReserved);
    if (why === "empty") {
      refuse("empty");
      announce(t.composeEmpty(), "assertive");
    }
    if (why) {
      if (why === "long")
        announce(t.composeOverLimit({ overBy: t.nCharsOver({ n: -counterOf(text).left }) }), "assertive");
      if (why === "reserved") announce(t.composeReserved(), "assertive");
      box.current?.focus();
      return;
    }
    try {
      actions.send(conversation, text);
    } catch {
      // The device keeps a limited number of messages for when the connection is back.
      reportFailure(t.composeTooManyQueued());
      return;
    }
    signal.stop();
    setText("");
    writeDraft(deviceShelf(), user, conversation, "");
    box.current?.focus();
  };

  const fix = (repair: (text: string) => string) => {
    change(repair(text));
    box.current?.focus();
  };

  useEffect(() => {
    if (takeComposerWish(conversation)) box.current?.focus();
  }, [conversation]);

  const [asked, setAsked] = useState(question);
  if (asked !== question) {
    setAsked(question);
    const closing = t.endAskText();
    const next = text.trim() === "" ? closing : `${text.trimEnd()}\n${closing}`;
    setText(next);
    writeDraft(deviceShelf(), user, conversation, next);
  }
  useEffect(() => {
    if (question > 0) box.current?.focus();
  }, [question]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While a word is being composed, Enter ends the word. Safari sends the
    // Enter after the end of composition, with key code 229.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229)
      return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    send();
  };

  const counter = counterOf(text);
  const hasReserved = !allowReserved && reserved(text).length > 0;
  const over = counter.level === "over";
  const errors = [
    ...(over ? [t.composeOverLimit({ overBy: t.nCharsOver({ n: -counter.left }) })] : []),
    ...(refused ? [t.composeEmpty()] : []),
  ];
  const invalid = over || hasReserved || refused !== undefined;
  // Empty or without letters it runs like the page, so the caret does not jump.
  const way = direction(text.replaceAll("\n", " "), dir);

  return (
    <form
      className={s.composer}
      data-pane="compose"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {readOnly === "left" && <p className={s.closed}>{t.composeCustomerLeft()}</p>}
      <div
        className={s.box}
        data-invalid={invalid || undefined}
        data-read-only={readOnly !== undefined || undefined}
      >
        <div className={s.grow}>
          <div aria-hidden="true" dir={way} className={s.mirror}>
            {stretches(text, allowReserved).map((part, i) => (
              <span key={i} className={part.mark ? s[part.mark] : undefined}>
                {part.text}
              </span>
            ))}
            {"\u200b"}
          </div>
          <textarea
            ref={box}
            data-pane-start=""
            className={s.input}
            dir={way}
            rows={1}
            value={text}
            aria-label={t.labelCompose()}
            placeholder={readOnly ? "" : t.labelComposePlaceholder()}
            aria-invalid={invalid || undefined}
            aria-describedby={`${id}-counter ${id}-error`}
            readOnly={readOnly !== undefined}
            aria-disabled={readOnly !== undefined || undefined}
            spellCheck
            onChange={(event) => {
              change(event.target.value);
              signal.start();
            }}
            onBlur={signal.stop}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
      <div id={`${id}-error`} className={s.errors}>
        {errors.map((error) => (
          <p key={error}>
            <Phrase text={error} />
          </p>
        ))}
        {hasReserved && (
          <div className={s.fixes}>
            <p>
              {t.composeReserved()}{" "}
              <span className={s.found}>{t.nReservedFound({ n: reserved(text).length })}</span>
            </p>
            <Button small onPress={() => fix(replaceReserved)}>
              {t.actionReplaceReserved()}
            </Button>
            <Button small onPress={() => fix(removeReserved)}>
              {t.actionRemoveReserved()}
            </Button>
          </div>
        )}
      </div>
      {!readOnly && (
        <div className={s.foot}>
          <span className={s.tip}>{t.composeEnterHint()}</span>
          <span id={`${id}-counter`} className={s.counter} data-level={counter.level}>
            {counter.level === "hidden"
              ? ""
              : counter.left < 0
                ? t.nCharsOver({ n: -counter.left })
                : t.nCharsLeft({ n: counter.left })}
          </span>
          <Button
            type="submit"
            look="primary"
            icon={<SendHorizontal size={18} className="mirrored" aria-hidden="true" />}
            unavailable={
              over ? t.composeOverLimit({ overBy: "" }) : hasReserved ? t.composeReserved() : undefined
            }
          >
            {t.actionSend()}
          </Button>
        </div>
      )}
    </form>
  );
}
