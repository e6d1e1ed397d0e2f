import type { Locator } from "@playwright/test";

/** One line as the eye sees it: what stands on it from left to right, and where. */
export interface Line {
  text: string;
  left: number;
  right: number;
  top: number;
}

/**
 * The lines of an element as the eye sees them, each read from left to right
 * letter by letter: an Arabic word is spelled backwards in it, and a code that
 * lost its order reads wrong. A bracket in a run from the right is drawn mirrored
 * and stands here as it is written, so it reads swapped. What is clipped away is left out; white space
 * counts as one space.
 */
export async function seen(locator: Locator): Promise<Line[]> {
  return locator.evaluate((root) => {
    interface Letter {
      text: string;
      left: number;
      right: number;
      top: number;
      bottom: number;
    }
    const letters: Letter[] = [];
    const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement as HTMLElement;
      if (!parent.checkVisibility() || parent.closest(".sr")) continue;
      let clip: DOMRect | undefined;
      for (let e: Element | null = parent; e && root.contains(e); e = e.parentElement) {
        if (getComputedStyle(e).overflowX !== "visible") {
          clip = e.getBoundingClientRect();
          break;
        }
      }
      for (const { segment, index } of graphemes.segment(node.nodeValue ?? "")) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + segment.length);
        const rect = range.getClientRects()[0];
        if (!rect || rect.width === 0) continue;
        const middle = (rect.left + rect.right) / 2;
        if (clip && (middle < clip.left || middle > clip.right)) continue;
        letters.push({
          text: segment,
          left: rect.left,
          right: rect.right,
          top: rect.top,
          bottom: rect.bottom,
        });
      }
    }
    // Letters whose middles are at about the same height stand on one line.
    const lines: Letter[][] = [];
    for (const letter of letters.sort((a, b) => a.top + a.bottom - b.top - b.bottom)) {
      const line = lines.at(-1);
      const first = line?.[0];
      if (line && first && Math.abs(first.top + first.bottom - letter.top - letter.bottom) / 2 < 8)
        line.push(letter);
      else lines.push([letter]);
    }
    return lines.map((line) => {
      const across = line.sort((a, b) => a.left - b.left);
      return {
        text: across
          .map((l) => l.text)
          .join("")
          .replace(/\s+/g, " ")
          .trim(),
        left: Math.min(...across.map((l) => l.left)),
        right: Math.max(...across.map((l) => l.right)),
        top: Math.min(...across.map((l) => l.top)),
      };
    });
  });
}

/** How the eye spells an Arabic text from left to right. */
export function backwards(text: string): string {
  return [...new Intl.Segmenter("ar", { granularity: "grapheme" }).segment(text)]
    .map((part) => part.segment)
    .reverse()
    .join("");
}

/** What the person gets who selects the element and copies it. */
export async function copied(locator: Locator): Promise<string> {
  return locator.evaluate((element) => {
    const selection = getSelection() as Selection;
    selection.selectAllChildren(element);
    const text = selection.toString();
    selection.removeAllRanges();
    return text;
  });
}
