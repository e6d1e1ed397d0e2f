import { Fragment } from "react";
import { directions, type Dir } from "../../protocol/src/text/direction";
import { blocks, spans } from "../../protocol/src/text/blocks";
import { linkify, type Token } from "../../protocol/src/text/linkify";
import s from "./DirText.module.css";

/** In which language a voice reads a paragraph of that direction: of the two that Hiwar speaks. */
const voice: Record<Dir, string> = { rtl: "ar", ltr: "en" };

/**
 * What somebody wrote, each paragraph running its own way (ux §5.1 rule 3),
 * with addresses, phone numbers and codes kept whole. It is text: nothing in
 * it is ever read as markup.
 */
export function DirText({ text, fallback }: { text: string; fallback: Dir }) {
  return (
    <div className={onlyEmoji(text) ? s.emoji : s.text}>
      {blocks(text, fallback).map((block, i) =>
        block.kind === "code" ? (
          // It scrolls by itself; the thread stays one stop of the Tab key.
          <pre key={i} dir="ltr" className={s.block} tabIndex={-1}>
            <code>{block.text}</code>
          </pre>
        ) : (
          <p key={i} dir={block.dir} lang={voice[block.dir]} className={s.line}>
            {block.text === "" ? <br /> : <Line text={block.text} />}
          </p>
        ),
      )}
    </div>
  );
}

function Line({ text }: { text: string }) {
  return spans(text).map((span, i) =>
    span.kind === "code" ? (
      <code key={i} dir="ltr" className={s.inline}>
        {span.text}
      </code>
    ) : (
      <Fragment key={i}>{linkify(span.text).map(piece)}</Fragment>
    ),
  );
}

/** The beginning of what somebody wrote, on one line, with an ellipsis at its own end. */
export function Snippet({ text }: { text: string }) {
  const line = text.replace(/\s+/g, " ").slice(0, 200);
  return (
    <span dir={directions(line, "ltr")[0]} className={s.snippet}>
      {linkify(line).map((token, i) =>
        token.kind === "text" ? (
          <Fragment key={i}>{token.text}</Fragment>
        ) : (
          <bdi key={i} dir="ltr">
            {token.text}
          </bdi>
        ),
      )}
    </span>
  );
}

/** Most are plain text, which costs a page of messages nothing but itself. */
function piece(token: Token, i: number) {
  if (token.kind === "text") return token.text;
  if (!token.href)
    return (
      <bdi key={i} dir="ltr" className={s.code}>
        {token.text}
      </bdi>
    );
  return (
    // The thread is one stop of the Tab key; its links are reached from the message.
    <a
      key={i}
      href={token.href}
      dir="ltr"
      className={`${s.link} ${token.kind === "phone" ? s.code : ""}`}
      tabIndex={-1}
      target="_blank"
      rel="noreferrer noopener nofollow"
    >
      {token.text}
    </a>
  );
}

/** Up to six emoji and nothing else are shown large. */
export function onlyEmoji(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === "" || /[\p{L}\p{N}\p{P}]/u.test(trimmed.replace(/[\u{fe0f}\u{20e3}]/gu, ""))) return false;
  if (
    !/^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u{200d}|\u{fe0f}|\s)+$/u.test(
      trimmed,
    )
  )
    return false;
  const parts = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(trimmed)];
  return parts.filter((part) => part.segment.trim() !== "").length <= 6;
}
