// The desk while no conversation is open.
import { agent, ago, mona, state } from "../cast";
import { three, threads } from "./common";
import type { Story } from "../story";

export const homeScenes: Record<string, Story> = {
  "empty-idle": {
    state: state(
      [],
      {},
      { desk: { agent: agent({ presence: "idle", engaged: false, occupied: 0 }), cards: [] } },
    ),
  },
  "empty-available": {
    state: state([], {}, { desk: { agent: agent({ engaged: false, occupied: 0 }), cards: [] } }),
  },
  "empty-no-figures": {
    state: state([], {}, { desk: { agent: agent({ engaged: false, occupied: 0 }), cards: [] } }),
    actions: {
      today: () => Promise.resolve({ from: ago(60), at: ago(4), handled: 0, missed: 0, states: [] }),
    },
  },
  "tasks-collapsed": {
    state: state(three, threads),
    open: mona.id,
    then: ({ command }) => command("tasks"),
  },
  "nothing-open": { state: state(three, threads) },
  me: {
    state: state(three, threads),
    path: "/me",
    then: async ({ wait }) => void (await wait("[data-pane=interaction] dl")),
  },
  "me-failed": {
    state: state(three, threads),
    path: "/me",
    actions: { today: () => Promise.reject(new Error("no answer")) },
    then: async ({ wait }) => void (await wait("[data-pane=interaction] [role=alert]")),
  },
  loading: {
    state: { ...state([], {}), desk: undefined as never },
    then: async ({ wait }) => void (await wait("[data-pane=tasks] [role=status]")),
  },
  "signed-out": {
    state: state(
      [],
      {},
      { desk: { agent: agent({ presence: "signed_out", lost_out: true, engaged: false }), cards: [] } },
    ),
  },
  "idle-lunch": {
    state: state(three, threads, {
      desk: { agent: agent({ presence: "idle", idle_reason: "rsn_lunch", since: ago(95) }), cards: three },
    }),
    open: mona.id,
  },
};
