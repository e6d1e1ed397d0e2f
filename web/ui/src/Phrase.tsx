// Sentences and names with what they quote kept apart from them.
import type { ReactNode } from "react";
import s from "./Phrase.module.css";

const isolated = /\u2068([^\u2069]*)\u2069/g;

/**
 * A sentence of the catalogues. What was inserted into it comes wrapped in
 * isolating characters; in a page they become <bdi>, which copies cleanly.
 */
export function Phrase({ text, strong = false }: { text: string; strong?: boolean }) {
  const out: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(isolated)) {
    out.push(text.slice(end, match.index));
    out.push(<bdi key={match.index}>{strong ? <strong>{match[1]}</strong> : match[1]}</bdi>);
    end = match.index + match[0].length;
  }
  out.push(text.slice(end));
  return <>{out}</>;
}

/** The sentence without the characters that isolate, for comparing and for attributes that do not need them. */
export function plain(text: string): string {
  return text.replace(/[\u2068\u2069]/g, "");
}

/**
 * Somebody's or something's name. With clip it is cut with an ellipsis at its
 * own end: the box takes the name's direction, or a Latin name would lose its
 * beginning on an Arabic page.
 */
export function Name({
  text,
  clip = false,
  className = "",
}: {
  text: string;
  clip?: boolean;
  className?: string;
}) {
  if (!clip) return <bdi className={className}>{text}</bdi>;
  return (
    <span dir="auto" className={`${s.clip} ${className}`} title={text}>
      {text}
    </span>
  );
}

/** A code, number or time whose order is left to right everywhere. */
export function Code({ children, className = "" }: { children: ReactNode; className?: string }) {
  return (
    <bdi dir="ltr" className={`${s.code} ${className}`}>
      {children}
    </bdi>
  );
}
