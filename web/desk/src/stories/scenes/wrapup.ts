// The wrap-up reasons.
import { ago, eightReasons, layla, now, state, wrapping, yusuf } from "../cast";
import { three, threads } from "./common";
import type { Story } from "../story";

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
  "wrapup-transferred": {
    state: state([wrapping(yusuf, 9, { pending: { kind: "transfer", agent: layla.name } })], threads),
    open: yusuf.id,
  },
};
