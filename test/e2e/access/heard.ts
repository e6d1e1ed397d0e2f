import type { Page } from "@playwright/test";
import { plain } from "../words";

/** Something that a screen reader was given to say by itself. */
export interface Said {
  text: string;
  /** Of which region: the announcer's two, or an alert on the page. */
  how: "polite" | "assertive" | "alert";
  /** By the clock of the page, in milliseconds since listening began. */
  at: number;
  /** When it was taken away again. */
  gone?: number;
}

interface Recorder {
  said: Said[];
}

declare global {
  interface Window {
    heard?: Recorder;
  }
}

/**
 * Records, from now on, all that live regions of the page are given: what is
 * added to the announcer's regions, and alerts that appear or grow.
 */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const said: Said[] = [];
    window.heard = { said };
    const began = Date.now();
    const entries = new Map<Node, Said>();
    const note = (node: Node, how: Said["how"]) => {
      const text = (node.textContent ?? "").trim();
      if (text === "") return;
      const entry: Said = { text, how, at: Date.now() - began };
      entries.set(node, entry);
      said.push(entry);
    };
    const regionOf = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest(
        "[aria-live], [role=alert], [role=status]",
      );
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          const region = regionOf(change.target);
          const live = region?.getAttribute("aria-live");
          if (live === "off") continue;
          if (region?.closest("[data-live-announcer]")) note(node, live as Said["how"]);
          else if (region) note(node, "alert");
          else if (node instanceof Element) {
            for (const alert of [node, ...node.querySelectorAll("*")].filter((e) =>
              e.matches("[role=alert], [aria-live=polite], [aria-live=assertive], [role=status]"),
            ))
              note(alert, "alert");
          }
        }
        for (const node of change.removedNodes) {
          const entry = entries.get(node);
          if (entry) entry.gone = Date.now() - began;
        }
        if (change.type === "characterData") {
          const region = regionOf(change.target);
          if (region && region.getAttribute("aria-live") !== "off") note(change.target, "alert");
        }
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

/** All that was said since listening began, in order, without the characters that isolate. */
export async function heard(page: Page): Promise<Said[]> {
  const said = await page.evaluate(() => window.heard?.said ?? []);
  return said.map((s) => ({ ...s, text: plain(s.text) }));
}

/** Only the words of it. */
export async function words(page: Page, how?: Said["how"]): Promise<string[]> {
  return (await heard(page)).filter((s) => !how || s.how === how).map((s) => s.text);
}
