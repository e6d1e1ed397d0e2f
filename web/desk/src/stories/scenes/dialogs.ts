// What is done to a conversation: transfer, conference, end.
import { conversation, sara, state, thread } from "../cast";
import { three, threads, withLayla, conferenceScene } from "./common";
import type { Story } from "../story";

export const dialogsScenes: Record<string, Story> = {
  "end-hint": { state: state(three, threads), open: sara.id, then: ({ command }) => command("end") },
  transfer: { state: state(three, threads), open: sara.id, then: ({ command }) => command("transfer") },
  conference: { state: state(three, threads), open: sara.id, then: ({ command }) => command("conference") },
  "conference-requested": {
    state: state([withLayla("conference_requested"), ...three.slice(1)], threads),
    open: sara.id,
  },
  "in-conference": {
    state: state([withLayla("conference"), ...three.slice(1)], {
      ...threads,
      [sara.id]: thread(conversation(conferenceScene)),
    }),
    open: sara.id,
  },
  guest: {
    state: state([{ ...withLayla("conference"), role: "guest" }], {
      [sara.id]: thread(conversation(conferenceScene)),
    }),
    open: sara.id,
  },
};
