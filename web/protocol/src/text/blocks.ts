import { direction, type Dir } from "./direction";

/** A paragraph that runs its own way, or lines of code between fences, which run left to right and are not folded. */
export type Block = { kind: "paragraph"; text: string; dir: Dir } | { kind: "code"; text: string };

const fence = /^\s*```\s*[\w+#-]*\s*$/;

/**
 * The text in paragraphs and blocks of code. A fence that is not closed is a
 * line like any other. A paragraph without direction runs like the last one
 * that had one, at first like fallback; code has no say in it.
 */
export function blocks(text: string, fallback: Dir): Block[] {
  const lines = text.split("\n");
  const out: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? "";
    const end = fence.test(line) ? lines.findIndex((other, j) => j > i && /^\s*```\s*$/.test(other)) : -1;
    if (end > i + 1) {
      out.push({ kind: "code", text: lines.slice(i + 1, end).join("\n") });
      i = end;
      continue;
    }
    fallback = direction(line, fallback);
    out.push({ kind: "paragraph", text: line, dir: fallback });
  }
  return out;
}

/** A stretch of a line: text, or code between two backticks, which keep standing at its ends. */
export interface Span {
  kind: "text" | "code";
  text: string;
}

/** A line in text and code. Joined, the spans are the line. */
export function spans(line: string): Span[] {
  return line
    .split(/(`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part) => ({ kind: isCode(part) ? "code" : "text", text: part }));
}

/** Only what cannot be a word is code: people also write a backtick for an apostrophe. */
const isCode = (part: string): boolean => /^`[^`]+`$/.test(part) && /[\w$]\s*[(){}[\]=<>;:/\\.-]/.test(part);
