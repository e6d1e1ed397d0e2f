import { useEffect, useRef, useState } from "preact/hooks";
import {
  actionSend,
  attachAdd,
  composeEmpty,
  nCharsLeft,
  nCharsOver,
  wMessageAdd,
  wPlaceholder,
} from "../../locales/gen/messages";
import { blank, count, customerLimit, direction } from "../../protocol/src/text";
import type { AttachmentRules } from "../../protocol/src";
import { acceptOf } from "../../protocol/src/files";
import { Tray } from "./files";
import { Icon } from "./icons";
import type { Acts, Model } from "./model";
import { Phrase } from "./phrase";
import { isLeft } from "./rows";

const countFrom = 200;

/** The box one writes in. Enter sends, Shift+Enter breaks the line; what is too long stays, and says so. */
export function Compose({ model, acts }: { model: Model; acts: Acts }) {
  const [text, setText] = useState("");
  const [emptyTried, setEmptyTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const left = customerLimit - count(text);
  const hint = model.chat && isLeft(model.chat) ? wMessageAdd() : wPlaceholder();
  const ui = model.lang === "ar" ? "rtl" : "ltr";

  useEffect(() => {
    if (model.shown) box.current?.focus({ preventScroll: true });
  }, [model.shown]);

  const send = () => {
    box.current?.focus();
    if (blank(text) && model.tray.length === 0) return setEmptyTried(true);
    if (left < 0) return;
    acts.send(text);
    setText("");
  };
  const key = (e: KeyboardEvent) => {
    // While a word is being composed, Enter belongs to the input method.
    if (e.key !== "Enter" || e.shiftKey || e.isComposing || e.keyCode === 229) return;
    e.preventDefault();
    send();
  };
  const input = (e: Event) => {
    const value = (e.target as HTMLTextAreaElement).value;
    setText(value);
    setEmptyTried(false);
    acts.typed(value);
  };
  const note = emptyTried
    ? composeEmpty()
    : left < 0
      ? nCharsOver({ n: -left })
      : left <= countFrom
        ? nCharsLeft({ n: left })
        : "";

  return (
    <div
      class="write"
      onDragOver={(e) => model.rules && e.preventDefault()}
      onDrop={(e) => {
        if (!model.rules || !e.dataTransfer?.files.length) return;
        e.preventDefault();
        acts.attach([...e.dataTransfer.files]);
      }}
    >
      <Tray files={model.tray} lang={model.lang} acts={acts} />
      {model.trayProblem && (
        <p class="count over" role="alert">
          <Phrase text={model.trayProblem} />
        </p>
      )}
      <div class="compose">
        {model.rules && <AttachButton rules={model.rules} acts={acts} />}
        <div>
          <textarea
            ref={box}
            rows={1}
            value={text}
            dir={direction(text, ui)}
            aria-label={hint}
            placeholder={hint}
            aria-invalid={left < 0 || undefined}
            aria-describedby={note ? "count" : undefined}
            onInput={input}
            onKeyDown={key}
            onPaste={(e) => {
              const files = [...(e.clipboardData?.files ?? [])];
              if (!model.rules || files.length === 0) return;
              e.preventDefault();
              acts.attach(files);
            }}
          />
          {note && (
            <span
              id="count"
              class={left < 0 || emptyTried ? "count over" : "count"}
              role={spoken(left) ? "status" : undefined}
            >
              {note}
            </span>
          )}
        </div>
        <button
          type="button"
          class="send"
          aria-label={actionSend()}
          aria-disabled={left < 0 || undefined}
          onClick={send}
        >
          <Icon name="send" size={22} />
        </button>
      </div>
    </div>
  );
}

function AttachButton({ rules, acts }: { rules: AttachmentRules; acts: Acts }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="attach" aria-label={attachAdd()} onClick={() => input.current?.click()}>
        <Icon name="clip" size={22} />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={acceptOf(rules)}
        onChange={(e) => {
          const chosen = e.target as HTMLInputElement;
          acts.attach([...(chosen.files ?? [])]);
          chosen.value = "";
        }}
      />
    </>
  );
}

/** The counter speaks at a few marks, not at every key. */
function spoken(left: number): boolean {
  return left < 0 || [200, 100, 50, 20, 10, 0].includes(left);
}
