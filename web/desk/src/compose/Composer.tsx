import { Suspense, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { OutFile } from "../../../protocol/src/outbox";
import { later } from "../../../ui/src/later";
import { announce } from "../../../ui/src/announce";
import { useLanguage } from "../../../ui/src/language";
import { reportFailure } from "../../../ui/src/Toasts";
import { useActions, useDesk } from "../live/state";
import type { Card, Template } from "../../../protocol/src/types";
import { direction } from "../../../protocol/src/text/direction";
import { boxLimit, cleanTyped, fitting } from "../model/clean";
import { crossesStep, look, mend } from "../model/counter";
import { fieldAround, fieldTitle, openFields, withoutFields, type Field } from "../model/fields";
import { fieldNames, fill, textFor } from "../model/templates";
import { takeComposerWish } from "../parts/commands";
import type { AttachHandle } from "./Attach";
import { Box } from "./Box";
import { typeOver } from "./edit";
import { Errors } from "./Errors";
import { Foot, ReadOnlyFoot, type Exit } from "./Foot";
import { useInsertions } from "./insert";
import { keyOf } from "./keys";
import { optionId, SuggestionList } from "./SuggestionList";
import { useTypingSignal } from "./typingSignal";
import { useDraft } from "./useDraft";
import { useSuggestions, type Suggestion } from "./useSuggestions";
import { useValues } from "./useValues";
import s from "./Composer.module.css";

export interface ComposerProps {
  card: Card;
  readOnly: "interrupted" | "left" | undefined;
  /** The way out, the only thing left to do where nothing can be written. */
  exit: Exit;
}

const Attach = later(() => import("./Attach").then((m) => m.Attach));

const noTemplates: readonly Template[] = [];

/**
 * The compose box (S19–S23, S28–S30). What is too much, not allowed or not
 * filled in stays, is marked, and is not sent.
 */
export function Composer({ card, readOnly, exit }: ComposerProps) {
  const { t, dir } = useLanguage();
  const actions = useActions();
  const conversation = card.conversation;
  const templates = useDesk((state) => state.setup.templates) ?? noTemplates;
  const rules = useDesk((state) => state.setup);
  const [note, setNote] = useState(false);
  const [files, setFiles] = useState<readonly OutFile[]>([]);
  const attach = useRef<AttachHandle>(null);
  const reply = useDraft(conversation, card.key);
  const noteDraft = useDraft(`${conversation}/note`, card.key);
  const draft = note ? noteDraft : reply;
  const { text } = draft;
  const [refused, refuse] = useState<"empty">();
  const [mended, setMended] = useState<"cleaned" | "cut">();
  const [caret, setCaret] = useState<number>();
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const signal = useTypingSignal(conversation);
  const values = useValues(card);
  const names = useMemo(() => fieldNames(templates), [templates]);
  // A note is for colleagues: nothing in it is reserved, and no template is for them.
  const allowReserved = rules.allowReserved || note;
  const fields = useMemo(() => (note ? [] : openFields(text, names)), [text, names, note]);
  const seen = useMemo(() => look(text, fields, { allowReserved }), [text, fields, allowReserved]);
  const list = useSuggestions(text, readOnly || note ? undefined : caret, templates, values, card.language);

  const change = (typed: string, composing: boolean) => {
    // While a word is being composed the text belongs to the keyboard.
    const clean = composing ? typed : cleanTyped(typed);
    const next = composing ? typed : fitting(clean);
    setMended(next !== clean ? "cut" : clean !== typed ? "cleaned" : undefined);
    if (next !== clean) announce(t.composeCut({ n: boxLimit }));
    if (next !== typed) {
      if (next === clean) announce(t.composeCleaned());
      keepCaret(cleanTyped(typed.slice(0, box.current?.selectionStart)).length);
    }
    draft.setText(next);
    refuse(undefined);
    const after = look(next, note ? [] : openFields(next, names), { allowReserved });
    if (crossesStep(seen.counter.left, after.counter.left)) announce(counted(after.counter.left));
    if (after.reserved > 0 && seen.reserved === 0) announce(t.composeReserved(), "assertive");
  };
  const counted = (left: number) => (left < 0 ? t.nCharsOver({ n: -left }) : t.nCharsLeft({ n: left }));

  const wantedCaret = useRef<number>(undefined);
  const keepCaret = (at: number) => {
    wantedCaret.current = at;
  };
  useLayoutEffect(() => {
    if (wantedCaret.current === undefined) return;
    box.current?.setSelectionRange(wantedCaret.current, wantedCaret.current);
    wantedCaret.current = undefined;
  });

  const send = () => {
    if (readOnly) return;
    const carries = !note && files.length > 0;
    if (seen.refused && !(carries && seen.refused === "empty")) {
      box.current?.focus();
      const [open] = fields;
      if (seen.refused === "empty") {
        refuse("empty");
        announce(t.composeEmpty(), "assertive");
      } else if (seen.refused === "reserved") announce(t.composeReserved(), "assertive");
      else if (seen.refused === "field" && open) {
        select(open);
        announce(t.composeParamMissing({ param: fieldTitle(open.name) }), "assertive");
      } else announce(t.composeOverLimit({ overBy: counted(seen.counter.left) }), "assertive");
      return;
    }
    try {
      if (note) actions.note(conversation, text);
      else if (carries) actions.send(conversation, text, files);
      else actions.send(conversation, text);
    } catch {
      // The device keeps a limited number of messages for when the connection is back.
      reportFailure(t.composeTooManyQueued());
      return;
    }
    signal.stop();
    draft.setText("");
    if (carries) setFiles([]);
    setMended(undefined);
    box.current?.focus();
  };

  const select = (field: Field) => box.current?.setSelectionRange(field.start, field.end);

  /** Puts a text in, and the caret at its first field if it has one. */
  const put = (start: number, end: number, part: string) => {
    if (!box.current) return;
    typeOver(box.current, start, end, part);
    const first = openFields(part, names)[0];
    if (first) box.current.setSelectionRange(start + first.start, start + first.end);
  };
  const choose = (option: Suggestion) => {
    if (list && box.current) put(list.from, box.current.selectionStart, option.text);
  };

  useInsertions(
    conversation,
    (insertion) => {
      setNote(false);
      const field = box.current;
      if (!field) return;
      if ("question" in insertion) {
        const kept = reply.text.trimEnd();
        put(kept.length, reply.text.length, kept === "" ? insertion.question : `\n${insertion.question}`);
      } else {
        const blank = reply.text.trim() === "";
        const filled = fill(textFor(insertion.template, card.language), values);
        put(blank ? 0 : field.selectionStart, blank ? reply.text.length : field.selectionEnd, filled);
      }
    },
    readOnly === undefined,
  );

  useEffect(() => {
    if (takeComposerWish(conversation)) box.current?.focus();
  }, [conversation]);

  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    const at = event.currentTarget;
    const does = keyOf(event, { start: at.selectionStart, end: at.selectionEnd }, fields, list);
    if (!does) return;
    event.preventDefault();
    if (does.do === "send") send();
    else if (does.do === "move") list?.move(does.step);
    else if (does.do === "close") {
      list?.close();
      event.stopPropagation();
    } else if (does.do === "choose") choose(does.option);
    else select(does.field);
  };

  /** Files go beside the box. */
  const takeFiles = (event: React.SyntheticEvent, from: DataTransfer): boolean => {
    const given = [...from.files];
    if (readOnly || note || given.length === 0) return false;
    event.preventDefault();
    event.stopPropagation();
    attach.current?.take(given);
    return true;
  };

  /** What is far too much is cut before the browser has laid it out. */
  const takeAtMost = (event: React.SyntheticEvent<HTMLTextAreaElement>, from: DataTransfer) => {
    const field = event.currentTarget;
    const pasted = from.getData("text/plain");
    const room = boxLimit - (text.length - (field.selectionEnd - field.selectionStart));
    if (readOnly || pasted.length <= room) return;
    event.preventDefault();
    typeOver(field, field.selectionStart, field.selectionEnd, fitting(cleanTyped(pasted), room));
    setMended("cut");
    announce(t.composeCut({ n: boxLimit }));
  };

  const openTemplates = () => {
    const field = box.current;
    if (!field) return;
    const at = field.selectionEnd;
    typeOver(field, at, at, at === 0 || text[at - 1] === "\n" ? "/" : "\n/");
  };

  const invalid = seen.counter.level === "over" || seen.reserved > 0 || refused !== undefined;
  const listId = `${id}-list`;
  return (
    <form
      className={s.composer}
      data-pane="compose"
      onDragOver={(event) => event.dataTransfer.types.includes("Files") && event.preventDefault()}
      onDrop={(event) => takeFiles(event, event.dataTransfer)}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {readOnly === "left" && <p className={s.closed}>{t.composeCustomerLeft()}</p>}
      <div className={s.anchor}>
        {list && <SuggestionList id={listId} list={list} onChoose={choose} />}
        <div
          className={s.box}
          data-invalid={invalid || undefined}
          data-read-only={readOnly !== undefined || undefined}
          data-note={note || undefined}
        >
          <Box
            ref={box}
            data-pane-start=""
            // Empty or without letters it runs like the page, so the caret does not jump.
            dir={direction(withoutFields(text, fields).replaceAll("\n", " "), dir)}
            value={text}
            stretches={seen.stretches}
            aria-label={t.labelCompose()}
            placeholder={readOnly ? "" : note ? t.composeNotePlaceholder() : t.labelComposePlaceholder()}
            aria-invalid={invalid || undefined}
            aria-describedby={`${id}-counter ${id}-error ${id}-tip`}
            aria-autocomplete={readOnly ? undefined : "list"}
            aria-controls={list ? listId : undefined}
            aria-activedescendant={list?.active && optionId(listId, list.active)}
            readOnly={readOnly !== undefined}
            aria-disabled={readOnly !== undefined || undefined}
            onChange={(event) => {
              change(event.target.value, (event.nativeEvent as InputEvent).isComposing === true);
              setCaret(event.target.selectionStart);
              if (!note) signal.start();
            }}
            onPaste={(event) =>
              takeFiles(event, event.clipboardData) || takeAtMost(event, event.clipboardData)
            }
            onDrop={(event) => takeFiles(event, event.dataTransfer) || takeAtMost(event, event.dataTransfer)}
            onCompositionEnd={(event) => change(event.currentTarget.value, false)}
            onSelect={(event) => {
              const { selectionStart, selectionEnd } = event.currentTarget;
              setCaret(selectionStart === selectionEnd ? selectionStart : undefined);
              const inside = selectionStart === selectionEnd && fieldAround(fields, selectionStart);
              if (inside) select(inside);
            }}
            onBlur={() => {
              signal.stop();
              setCaret(undefined);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
      <Errors
        id={`${id}-error`}
        seen={seen}
        empty={refused !== undefined}
        onMend={(repair) => {
          if (box.current) typeOver(box.current, 0, text.length, mend(text, fields, repair));
        }}
      />
      {readOnly ? (
        <ReadOnlyFoot draft={text} exit={exit} />
      ) : (
        <Foot
          id={id}
          conversation={conversation}
          seen={seen}
          note={note}
          attach={
            note ? null : (
              <Suspense>
                <Attach
                  key={conversation}
                  ref={attach}
                  conversation={conversation}
                  files={files}
                  onFiles={setFiles}
                />
              </Suspense>
            )
          }
          carries={!note && files.length > 0}
          onNote={() => {
            setNote(!note);
            refuse(undefined);
            signal.stop();
            box.current?.focus();
          }}
          onEmoji={(char) => {
            const field = box.current;
            if (field) typeOver(field, field.selectionStart, field.selectionEnd, char);
          }}
          onTemplates={templates.length > 0 && !note ? openTemplates : undefined}
          tip={
            mended
              ? mended
              : draft.restored
                ? "restored"
                : fields.length > 0
                  ? "fields"
                  : note
                    ? "note"
                    : "keys"
          }
        />
      )}
    </form>
  );
}
