import { directions, linkify } from "../../protocol/src/text";
import type { Lang } from "../../locales/runtime";

/**
 * What somebody wrote, as text: each line runs in its own direction, codes and
 * numbers keep their order, addresses can be followed. Nothing in it is markup.
 */
export function Text({ text, lang }: { text: string; lang: Lang }) {
  const dirs = directions(text, lang === "ar" ? "rtl" : "ltr");
  return (
    <>
      {text.split("\n").map((line, i) => (
        <p key={i} dir={dirs[i]}>
          {linkify(line).map((part, j) => {
            if (part.kind === "text") return part.text;
            if (part.href === undefined) {
              return (
                <bdi key={j} dir="ltr">
                  {part.text}
                </bdi>
              );
            }
            return (
              <bdi key={j} dir="ltr">
                <a href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
                  {part.text}
                </a>
              </bdi>
            );
          })}
        </p>
      ))}
    </>
  );
}

const onlyEmoji =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s){1,12}$/u;

/** A message of nothing but a few emoji is shown large. */
export function isEmoji(text: string): boolean {
  return onlyEmoji.test(text) && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text);
}
