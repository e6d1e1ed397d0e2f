// What stands across the page until it is over.
import { agent, ago, khalid, mona, request, sara, state } from "../cast";
import { three, threads } from "./common";
import type { Story } from "../story";

export const bannersScenes: Record<string, Story> = {
  rona: {
    state: state(three, threads, {
      desk: {
        agent: agent({
          presence: "rona",
          since: ago(42),
          missed: { customer: "Khalid Al-Harbi", at: ago(72) },
        }),
        cards: three,
      },
    }),
    open: sara.id,
  },
  offline: { state: state(three, threads, { link: { state: "offline", since: 0 } }), open: mona.id },
  reconnecting: {
    state: state([request(khalid), ...three], threads, {
      link: { state: "reconnecting", since: 0, attempts: 3, next: Date.parse(ago(-7)) },
    }),
    open: mona.id,
  },
};
