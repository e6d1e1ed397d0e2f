// The wrap-up reasons.
import { ago, eightReasons, layla, now, setup, state, wrapping, yusuf } from "../cast";
import { three, threads } from "./common";
import type { Story } from "../story";

/** Two groups among the reasons, one of them with a single one. */
const groups: Record<string, string> = {
  rsn_refund: "rsn_money",
  rsn_outage: "rsn_machines",
  rsn_wrong: "rsn_money",
};
const groupedSetup = {
  ...setup,
  reasons: [
    ...setup.reasons.map((reason) => ({
      ...reason,
      ...(groups[reason.id] ? { group: groups[reason.id] } : {}),
    })),
    { id: "rsn_money", kind: "wrapup" as const, name: { en: "Payments", ar: "المدفوعات" } },
    { id: "rsn_machines", kind: "wrapup" as const, name: { en: "Machines", ar: "الأجهزة" } },
  ],
};
const groupedWrapUp = { started_at: ago(40), required: true, reasons: eightReasons, cause: "agent" };

export const wrapupScenes: Record<string, Story> = {
  wrapup: { state: state(three, threads), open: yusuf.id },
  "wrapup-missing": {
    state: state(three, threads),
    open: yusuf.id,
    then: async ({ click, wait }) => {
      await click("[role=dialog] footer button");
      await wait("[role=dialog] [aria-invalid=true]");
    },
  },
  "wrapup-changed": {
    state: state(three, threads),
    open: yusuf.id,
    then: async ({ click, wait }) => {
      await click("[role=dialog] label:has(input[type=radio])");
      await click("[role=dialog] footer button");
      await click("[data-toast] button");
      await wait("body > div > [role=dialog] h2");
    },
  },
  "wrapup-long": {
    state: state(
      [
        wrapping(yusuf, 9, {
          wrapup: {
            started_at: ago(40),
            required: true,
            reasons: eightReasons,
            cause: "customer",
            deadline: new Date(now + 62_000).toISOString(),
          },
        }),
      ],
      threads,
    ),
    open: yusuf.id,
  },
  "wrapup-groups": {
    state: state([wrapping(yusuf, 9, { wrapup: groupedWrapUp })], threads, { setup: groupedSetup }),
    open: yusuf.id,
    then: async ({ key, wait }) => {
      await wait("[role=dialog] [role=combobox]");
      await key("ArrowDown", "[role=dialog] [role=combobox]");
      await wait("[role=listbox] [role=group]");
    },
  },
  "wrapup-none": {
    state: state(
      [wrapping(yusuf, 9, { wrapup: { ...groupedWrapUp, required: false, reasons: [] } })],
      threads,
    ),
    open: yusuf.id,
  },
  "wrapup-transferred": {
    state: state([wrapping(yusuf, 9, { pending: { kind: "transfer", agent: layla.name } })], threads),
    open: yusuf.id,
  },
};
