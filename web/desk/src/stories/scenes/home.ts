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
  loading: { state: { ...state([], {}), desk: undefined as never } },
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
