const gapPx = 4;
const edgePx = 8;
/** With less room than this below, and more of it above, a list opens upwards. */
const enoughPx = 240;

/**
 * Places something in the top layer under a box, as wide as it, or above it
 * where there is more room, and keeps it there; the answer ends that.
 */
export function placeUnder(what: HTMLElement, box: HTMLElement): () => void {
  const place = () => {
    const { top, bottom, left, right, width } = box.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const below = clientHeight - bottom - gapPx - edgePx;
    const above = top - gapPx - edgePx;
    const up = below < enoughPx && above > below;
    const start = getComputedStyle(box).direction === "rtl" ? clientWidth - right : left;
    Object.assign(what.style, {
      inlineSize: `${width}px`,
      maxBlockSize: `${Math.max(up ? above : below, 0)}px`,
      insetInlineStart: `${start}px`,
      insetBlock: up ? `auto ${clientHeight - top + gapPx}px` : `${bottom + gapPx}px auto`,
    });
  };
  place();
  // Whatever scrolls, the box may move with it.
  window.addEventListener("scroll", place, { capture: true, passive: true });
  window.addEventListener("resize", place);
  return () => {
    window.removeEventListener("scroll", place, { capture: true });
    window.removeEventListener("resize", place);
  };
}
