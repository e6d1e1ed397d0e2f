import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { flushSync } from "react-dom";
import type { Entry } from "../../../protocol/src/types";
import {
  earlier,
  fitted,
  hasEarlier,
  later,
  mostDrawn,
  rangeAtBeginning,
  rangeAtEnd,
  type Range,
} from "../model/threadRange";

/** Within this distance of the end the thread follows new messages. */
const nearPx = 80;
/** So much more than is in sight is drawn, on either side. */
const roomPx = 1200;

export type Way = "earlier" | "later" | "beginning" | "end";

export interface ThreadView {
  box: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** What is drawn; undefined while there is no thread. */
  range: Range | undefined;
  /** The reader is at the end of all there is. */
  atEnd: boolean;
  onScroll(): void;
  /** Shows the end. */
  toEnd(): void;
  /** Draws more, at once; false if nothing is held back there. */
  draw(way: Way): boolean;
}

/**
 * Draws a long thread around its reader: more of it as one nears an edge of
 * what is drawn, and what is being read stays where it is. Keeps the end in
 * sight while the reader is there, and leaves the reader alone elsewhere.
 *
 * sent is the last message of one's own that is on its way: a new one is shown.
 */
export function useThreadView(
  entries: readonly Entry[] | undefined,
  unreadFrom: number | undefined,
  version: number,
  sent: string | undefined,
): ThreadView {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [kept, setRange] = useState<Range>();
  const [shown, setShown] = useState(sent);
  const following = useRef(true);

  let range = entries && (kept ? fitted(entries, kept, atEnd) : rangeAtEnd(entries, unreadFrom));
  if (entries && range && shown !== sent) {
    setShown(sent);
    if (sent !== undefined) {
      setAtEnd(true);
      if (range.to !== Infinity) range = rangeAtEnd(entries);
    }
  }
  if (range !== kept) setRange(range);

  // What handlers act on is what is on the page.
  const latest = useRef({ entries, range });
  useLayoutEffect(() => {
    latest.current = { entries, range };
  }, [entries, range]);

  useLayoutEffect(() => {
    if (shown !== undefined) following.current = true;
  }, [shown]);
  useLayoutEffect(() => {
    if (following.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [range, version, shown]);

  const draw = useCallback((way: Way) => {
    const { entries, range } = latest.current;
    if (!entries || !range || !box.current) return false;
    const most = selecting(box.current) ? 2 * mostDrawn : mostDrawn;
    const next = {
      earlier: () => earlier(entries, range, most),
      later: () => later(entries, range, most),
      beginning: () => (hasEarlier(entries, range) ? rangeAtBeginning(entries) : range),
      end: () => (range.to === Infinity ? range : rangeAtEnd(entries)),
    }[way]();
    if (next === range) return false;
    if (next.to !== Infinity) following.current = false;
    const release = hold(box.current);
    flushSync(() => setRange(next));
    release();
    return true;
  }, []);

  const toEnd = useCallback(() => {
    draw("end");
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    following.current = true;
    setAtEnd(true);
  }, [draw]);

  const fill = useCallback(() => {
    const { range } = latest.current;
    const element = box.current;
    if (!element || !range) return;
    if (element.scrollTop < roomPx && draw("earlier")) return;
    if (range.to !== Infinity && distanceToEnd(element) < roomPx) draw("later");
  }, [draw]);

  const frame = useRef(0);
  const onScroll = useCallback(() => {
    const { range } = latest.current;
    const element = box.current;
    if (!element || !range) return;
    const near = range.to === Infinity && distanceToEnd(element) <= nearPx;
    following.current = near;
    setAtEnd(near);
    // With the frame: what is drawn is there before its place comes into sight.
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0;
      fill();
    });
  }, [fill]);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  // Whoever does not scroll yet will: what they will see is drawn when nothing else is to do.
  useEffect(() => whenIdle(fill), [fill, range, entries]);

  useEffect(() => {
    const outer = box.current;
    const inner = content.current;
    if (!outer || !inner || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      if (following.current) outer.scrollTop = outer.scrollHeight;
    });
    observer.observe(outer);
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);

  return { box, content, range, atEnd, onScroll, toEnd, draw };
}

const distanceToEnd = (box: Element): number => box.scrollHeight - box.scrollTop - box.clientHeight;

/** Something in the thread is selected: what goes away would go from the selection. */
function selecting(box: Element): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && box.contains(selection.anchorNode);
}

/**
 * Keeps what is being read, and the focus, in their place over a change; called
 * when it is done. Not every browser does, and none at the very top, so where we
 * do it nobody else may.
 */
function hold(box: HTMLElement): () => void {
  const item = firstInSight(box);
  const top = item?.getBoundingClientRect().top ?? 0;
  const focused = document.activeElement;
  const inside = box.contains(focused);
  box.style.overflowAnchor = "none";
  return () => {
    // What had the focus is no longer drawn; without this the next key would go nowhere.
    if (inside && !focused?.isConnected) box.focus({ preventScroll: true });
    const now = item && (item.isConnected ? item : sameItem(box, item));
    const moved = now ? now.getBoundingClientRect().top - top : 0;
    if (moved !== 0) box.scrollTop += moved;
    box.style.overflowAnchor = "";
  };
}

/** The same message where it was drawn anew. */
const sameItem = (box: Element, item: HTMLElement): Element | null =>
  box.querySelector(`[data-item="${CSS.escape(item.dataset.item ?? "")}"]`);

/** The first message that is in sight, by halves. */
function firstInSight(box: Element): HTMLElement | undefined {
  const items = box.querySelectorAll<HTMLElement>("[data-item]");
  const edge = box.getBoundingClientRect().top;
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.getBoundingClientRect().bottom ?? 0) > edge) high = middle;
    else low = middle + 1;
  }
  return items[low];
}

function whenIdle(then: () => void): () => void {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(then, 50);
    return () => clearTimeout(timer);
  }
  const id = requestIdleCallback(() => then());
  return () => cancelIdleCallback(id);
}
