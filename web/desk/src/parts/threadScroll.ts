import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Within this distance of the end the thread follows new messages. */
const nearPx = 80;

/**
 * Keeps the end in sight while the reader is there, leaves the reader alone
 * elsewhere, and holds what is being read in its place when a page of older
 * messages comes before it.
 */
export function useScroll(first: number, version: number) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const held = useRef<{ first: number; item: Element | undefined; top: number }>({
    first: 0,
    item: undefined,
    top: 0,
  });

  const toEnd = useCallback(() => {
    const element = box.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    following.current = true;
    setAtEnd(true);
  }, []);

  const onScroll = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight <= nearPx;
    following.current = near;
    setAtEnd(near);
    if (near) return;
    const item = firstShown(element, content.current);
    held.current = { ...held.current, item, top: item ? topOf(item, element) : 0 };
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { first: was, item, top } = held.current;
    held.current.first = first;
    if (following.current) element.scrollTop = element.scrollHeight;
    // Heights of what is out of sight are estimates, so the place is held by
    // what is seen. A browser that holds it by itself leaves nothing to move.
    else if (first < was && item?.isConnected) element.scrollTop += topOf(item, element) - top;
  }, [first, version]);

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

  return { box, content, atEnd, toEnd, onScroll };
}

const topOf = (item: Element, box: Element): number =>
  item.getBoundingClientRect().top - box.getBoundingClientRect().top;

/** The first piece of the thread that is in sight, by halves: there may be thousands. */
function firstShown(box: Element, content: Element | null): Element | undefined {
  const items = content?.children;
  if (!items) return undefined;
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
