// What stands under the compose box.
import { Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { Clipboard, MessageSquareQuote, PhoneOff, SendHorizontal, Smile, StickyNote } from "lucide-react";
import { Button, IconButton } from "../../../ui/src/Button";
import { useLanguage } from "../../../ui/src/language";
import { fetchSoon, later } from "../../../ui/src/later";
import { confirmDone } from "../../../ui/src/Toasts";
import { useActions, useThread } from "../live/state";
import { boxLimit } from "../model/clean";
import type { Look } from "../model/counter";
import { fieldTitle } from "../model/fields";
import { copyText } from "../parts/device";
import s from "./Composer.module.css";

const emojiPicker = () => import("./EmojiPicker").then((m) => m.EmojiPicker);
const EmojiPicker = later(emojiPicker);

export interface FootProps {
  id: string;
  conversation: string;
  seen: Look;
  note: boolean;
  /** Choosing files, and those that were chosen. */
  attach: ReactNode;
  /** There are some: then the text may be empty. */
  carries: boolean;
  onNote(): void;
  onTemplates: (() => void) | undefined;
  onEmoji(char: string): void;
  tip: "keys" | "note" | "fields" | "restored" | "cleaned" | "cut";
}

export function Foot({
  id,
  conversation,
  seen,
  note,
  attach,
  carries,
  onNote,
  onTemplates,
  onEmoji,
  tip,
}: FootProps) {
  const { t } = useLanguage();
  const { counter, fields, refused } = seen;
  const [open] = fields;
  const tips = {
    keys: t.composeEnterHint,
    note: t.composeNoteHint,
    fields: t.composeFieldHint,
    restored: t.composeDraftRestored,
    cleaned: t.composeCleaned,
    cut: () => t.composeCut({ n: boxLimit }),
  };
  const counted = counter.left < 0 ? t.nCharsOver({ n: -counter.left }) : t.nCharsLeft({ n: counter.left });
  const unavailable = {
    empty: undefined,
    reserved: t.composeReserved(),
    field: open && t.composeParamMissing({ param: fieldTitle(open.name) }),
    long: t.composeOverLimit({ overBy: counted }),
  };
  return (
    <>
      <NotSent conversation={conversation} />
      <div className={s.foot}>
        <span id={`${id}-tip`} className={s.tip} data-tip={tip}>
          {tips[tip]()}
        </span>
        <span id={`${id}-counter`} className={s.counter} data-level={counter.level}>
          {counter.level === "hidden" ? "" : counted}
        </span>
        {attach}
        <span className={s.tools}>
          <EmojiButton onChoose={onEmoji} />
          <IconButton
            label={t.composeModeNote()}
            icon={<StickyNote size={20} />}
            aria-pressed={note}
            data-tool="note"
            onPress={onNote}
          />
          {onTemplates && (
            <IconButton
              label={t.templateInsert()}
              icon={<MessageSquareQuote size={20} className="mirrored" />}
              onPress={onTemplates}
            />
          )}
        </span>
        <Button
          type="submit"
          look="primary"
          icon={
            note ? (
              <StickyNote size={18} aria-hidden="true" />
            ) : (
              <SendHorizontal size={18} className="mirrored" aria-hidden="true" />
            )
          }
          unavailable={refused && !(carries && refused === "empty") ? unavailable[refused] : undefined}
        >
          {note ? t.composeNoteSend() : t.actionSend()}
        </Button>
      </div>
    </>
  );
}

function EmojiButton({ onChoose }: { onChoose(char: string): void }) {
  const { t } = useLanguage();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  // What is typed right after the press must find its field.
  useEffect(() => fetchSoon(emojiPicker), []);
  return (
    <>
      <IconButton
        ref={button}
        label={t.composeEmoji()}
        icon={<Smile size={20} />}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPress={() => setOpen(true)}
      />
      <Suspense>
        {open && <EmojiPicker trigger={button} onChoose={onChoose} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}

/** Messages that were refused, and the way to send them again, one Tab from the box (A13). */
function NotSent({ conversation }: { conversation: string }) {
  const { t } = useLanguage();
  const actions = useActions();
  const failed = useThread(conversation).outgoing.filter((message) => message.mark === "failed");
  if (failed.length === 0) return null;
  return (
    <div className={s.notSent}>
      <p>{t.nNotSent({ n: failed.length })}</p>
      <Button
        small
        onPress={() => {
          for (const message of failed) actions.retry(conversation, message.clientId);
        }}
      >
        {t.actionRetry()}
      </Button>
    </div>
  );
}

/** How the agent gets out of a conversation. */
export interface Exit {
  name: string;
  go(): void;
}

/** Nothing can be written any more: what is left to do is to end, and to keep the draft (S26, S27, A23). */
export function ReadOnlyFoot({ draft, exit }: { draft: string; exit: Exit }) {
  const { t } = useLanguage();
  return (
    <div className={s.foot}>
      <Button look="danger" icon={<PhoneOff size={18} aria-hidden="true" />} onPress={exit.go}>
        {exit.name}
      </Button>
      {draft !== "" && (
        <Button
          icon={<Clipboard size={18} aria-hidden="true" />}
          onPress={() => void copyText(draft).then((done) => done && confirmDone(t.composeDraftCopied()))}
        >
          {t.actionCopyDraft()}
        </Button>
      )}
    </div>
  );
}
