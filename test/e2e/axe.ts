import { readFileSync } from "node:fs";
import type { Frame } from "@playwright/test";

const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; target: string[]; failureSummary?: string }[];
}

/**
 * What shuts people out of a page, as sentences: none, or the test fails. Only
 * the named rules are asked, or all of them.
 */
export async function violations(frame: Frame, rules?: string[]): Promise<string[]> {
  // By the debugger, which the page's content security policy does not bind.
  await frame.evaluate(source);
  return frame.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: { run(o: object): Promise<{ violations: Violation[] }> } };
    // The colours of a running fade are not what anybody reads.
    for (const a of document.getAnimations()) if (a.effect?.getTiming().iterations !== Infinity) a.finish();
    const { violations } = await axe.run({
      iframes: false, // each frame is asked by itself
      resultTypes: ["violations"],
      ...(rules ? { runOnly: rules } : {}),
    });
    // A clock that runs inside a control is no part of the words on it.
    const clock = (target: string) => document.querySelector(target)?.querySelector("[role=timer]") != null;
    const at = (selector: string) => document.querySelector(selector);
    for (const v of violations) {
      // What an option says beside its name is told as its description.
      if (v.id === "label-content-name-mismatch")
        v.nodes = v.nodes.filter((n) => !at(n.target[0] ?? "")?.matches("[role=option][aria-describedby]"));
      // A list that a control has opened belongs to that control.
      if (v.id === "region")
        v.nodes = v.nodes.filter((n) => !at(n.target[0] ?? "")?.closest("[data-trigger]"));
      // A list scrolls with the keys of its field; code in a message is reached by Enter on the message.
      if (v.id === "scrollable-region-focusable")
        v.nodes = v.nodes.filter((n) => !at(n.target[0] ?? "")?.matches("[role=listbox], [data-item] pre"));
      if (v.id === "label-content-name-mismatch") v.nodes = v.nodes.filter((n) => !clock(n.target[0] ?? ""));
    }
    return violations
      .filter((v) => v.nodes.length > 0)
      .map(
        (v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `  ${n.html}\n  ${n.failureSummary}`).join("\n")}`,
      );
  }, rules);
}
