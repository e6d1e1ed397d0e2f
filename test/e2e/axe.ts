import { readFileSync } from "node:fs";
import type { Frame } from "@playwright/test";

const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; target: string[]; failureSummary?: string }[];
}

/** Where a rule does not see what is there: the rule, and the elements for which it is not asked. */
const spared: [rule: string, selector: string][] = [
  // What an option says beside its name is told as its description, which the rule does not read.
  ["label-content-name-mismatch", ":is([role=option], [role=menuitem])[aria-describedby]"],
  // A clock that runs inside a control is no part of its words: its name would be another one each second.
  ["label-content-name-mismatch", ":has([role=timer])"],
  // A list that a control has opened belongs to that control, and is drawn at the end of the page only to lie over it.
  ["region", "[data-trigger], [data-trigger] *"],
  // A list scrolls with the arrow keys of the field that it belongs to, which keeps the focus.
  ["scrollable-region-focusable", "[role=listbox]"],
  // Code in a message is reached by Enter on the message: a stop of Tab for each would make a thread endless.
  ["scrollable-region-focusable", "[data-item] pre"],
];

/**
 * What shuts people out of a page, as sentences: none, or the test fails. Only
 * the named rules are asked, or all of them.
 */
export async function violations(frame: Frame, rules?: string[]): Promise<string[]> {
  // By the debugger, which the page's content security policy does not bind.
  await frame.evaluate(source);
  return frame.evaluate(
    async ({ rules, spared }) => {
      const { axe } = window as unknown as { axe: { run(o: object): Promise<{ violations: Violation[] }> } };
      // The colours of a running fade are not what anybody reads.
      for (const a of document.getAnimations()) if (a.effect?.getTiming().iterations !== Infinity) a.finish();
      const { violations } = await axe.run({
        iframes: false, // each frame is asked by itself
        resultTypes: ["violations"],
        ...(rules ? { runOnly: rules } : {}),
      });
      for (const v of violations)
        for (const [rule, selector] of spared)
          if (v.id === rule)
            v.nodes = v.nodes.filter((n) => !document.querySelector(n.target[0] ?? "")?.matches(selector));
      return violations
        .filter((v) => v.nodes.length > 0)
        .map(
          (v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `  ${n.html}\n  ${n.failureSummary}`).join("\n")}`,
        );
    },
    { rules, spared },
  );
}
