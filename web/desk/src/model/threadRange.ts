// Which part of a thread is drawn. A page with thousands of messages is slow
// however little of it is in sight, so a range of them is drawn that moves with
// the reader. Pure.
import type { Conversation, Entry } from "../../../protocol/src/types";
import { groupGapMs } from "./thread";

/** From that number on, up to but not including the other; Infinity: to the end, and whatever comes. */
export interface Range {
  from: number;
  to: number;
}

/** How many entries are drawn when a thread is opened: more than the tallest window shows. */
export const firstDrawn = 24;
/** How many more with each frame in which one nears the edge of what is drawn. */
export const step = 16;
/** So many stay drawn: the other edge follows. */
export const mostDrawn = 240;
/** How much of what was seen stands above the line before what was not. */
const seenAbove = 20;

/** The end of the thread, with all that was not seen as far as that is not too much. */
export function rangeAtEnd(entries: readonly Entry[], unreadFrom?: number): Range {
  const end = entries.length - firstDrawn;
  const unread = unreadFrom === undefined ? end : indexOf(entries, unreadFrom) - seenAbove;
  return between(entries, Math.max(Math.min(end, unread), entries.length - mostDrawn), entries.length);
}

/**
 * The range for what the thread has become: the same as long as it shows some of
 * it and not far too much. Where one stands at the end, the beginning is let go.
 */
export function fitted(entries: readonly Entry[], range: Range, atEnd: boolean): Range {
  const from = indexOf(entries, range.from);
  const to = indexOf(entries, range.to);
  if (from === to && entries.length > 0) return rangeAtEnd(entries);
  // What comes before the first that is known is held back, until there is room for it.
  const first = entries[0]?.seq ?? range.from;
  if (range.from < first) return fitted(entries, { ...range, from: first }, atEnd);
  if (to - from <= 2 * mostDrawn) return range;
  return atEnd
    ? between(entries, entries.length - mostDrawn, entries.length)
    : between(entries, from, from + mostDrawn);
}

export function rangeAtBeginning(entries: readonly Entry[]): Range {
  return between(entries, 0, firstDrawn);
}

/** A step towards the beginning; the same range if it is drawn. */
export function earlier(entries: readonly Entry[], range: Range, most = mostDrawn): Range {
  const first = indexOf(entries, range.from);
  if (first <= 0) return range;
  const from = Math.min(groupBefore(entries, first - step), first - 1);
  return between(entries, from, Math.min(indexOf(entries, range.to), from + most));
}

/** A step towards the end; the same range if it is drawn. */
export function later(entries: readonly Entry[], range: Range, most = mostDrawn): Range {
  const end = indexOf(entries, range.to);
  if (end >= entries.length) return range.to === Infinity ? range : { ...range, to: Infinity };
  const to = Math.max(groupBefore(entries, end + step), end + 1);
  return between(entries, Math.max(indexOf(entries, range.from), to - most), to);
}

/** Whether anything is held back before the range. */
export const hasEarlier = (entries: readonly Entry[], range: Range): boolean =>
  indexOf(entries, range.from) > 0;

/** The conversation as if there were nothing else: what is before is held back as if it were on the server. */
export function within(conversation: Conversation, range: Range): Conversation {
  const { entries } = conversation;
  const from = indexOf(entries, range.from);
  const to = indexOf(entries, range.to);
  if (from <= 0 && to >= entries.length) return conversation;
  return { ...conversation, entries: entries.slice(from, to), more: conversation.more || from > 0 };
}

/** Edges lie between groups, so that a group is drawn whole and is not drawn anew when the edge moves. */
function between(entries: readonly Entry[], from: number, to: number): Range {
  const end = to >= entries.length ? entries.length : groupBefore(entries, to);
  return {
    from: entries[groupBefore(entries, from)]?.seq ?? 0,
    to: entries[end]?.seq ?? Infinity,
  };
}

/** The last place at or before that one where a group begins, unless it is far. */
function groupBefore(entries: readonly Entry[], at: number): number {
  if (at <= 0) return 0;
  for (let i = at; i > 0 && i > at - 4 * step; i--) if (beginsGroup(entries[i - 1], entries[i])) return i;
  return at;
}

function beginsGroup(before: Entry | undefined, entry: Entry | undefined): boolean {
  if (before?.kind !== "message" || entry?.kind !== "message") return true;
  return before.by !== entry.by || Date.parse(entry.at) - Date.parse(before.at) > groupGapMs;
}

/** Where the first entry with at least that number stands. */
function indexOf(entries: readonly Entry[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.seq ?? Infinity) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
