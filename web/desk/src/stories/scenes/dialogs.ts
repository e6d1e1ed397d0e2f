// What is done to a conversation: transfer, conference, end.
import { ago, conversation, sara, state, thread } from "../cast";
import { three, threads, withLayla, conferenceScene } from "./common";
import type { Story } from "../story";

export const dialogsScenes: Record<string, Story> = {
  "end-hint": { state: state(three, threads), open: sara.id, then: ({ command }) => command("end") },
  transfer: { state: state(three, threads), open: sara.id, then: ({ command }) => command("transfer") },
  "transfer-list": {
    state: state(three, threads),
    open: sara.id,
    then: async ({ command, wait, click }) => {
      await command("transfer");
      await click("[role=dialog] [class*=SearchSelect] button");
      await wait("[role=listbox] [role=option]");
    },
  },
  "transfer-thousand": {
    state: state(three, threads),
    open: sara.id,
    actions: {
      targets: () =>
        Promise.resolve({
          at: ago(2),
          queues: [],
          agents: Array.from({ length: 1000 }, (_, i) => ({
            user: `usr_${i}`,
            name: i % 2 ? `Agent ${i} of the evening` : `وكيل ${i} من المساء`,
            occupied: i % 5,
            capacity: 5,
            on_unanswered: "requeue",
          })),
        }),
    },
    then: async ({ command, wait, click, type }) => {
      await command("transfer");
      await click("[role=dialog] input[value=agent]");
      await type("99", "[role=dialog] input[role=combobox]");
      await wait("[role=listbox] [role=option]");
    },
  },
  "transfer-nobody": {
    state: state(three, threads),
    open: sara.id,
    actions: { targets: () => Promise.resolve({ at: ago(2), queues: [], agents: [] }) },
    then: async ({ command, wait, click }) => {
      await command("transfer");
      await click("[role=dialog] [class*=SearchSelect] button");
      await wait("[role=listbox]");
    },
  },
  "transfer-list-failed": {
    state: state(three, threads),
    open: sara.id,
    actions: { targets: () => Promise.reject(new Error("no answer")) },
    then: async ({ command, wait }) => {
      await command("transfer");
      await wait("[role=dialog] [data-failed]");
    },
  },
  "transfer-offline": {
    state: state(three, threads, { link: { state: "online", since: 0 } }),
    open: sara.id,
    then: async ({ command, set, wait }) => {
      await command("transfer");
      await wait("[role=dialog] [data-at]");
      set((now) => ({ ...now, link: { state: "offline", since: 0 } }));
    },
  },
  "transfer-gone": {
    state: state(three, threads),
    open: sara.id,
    then: async ({ command, wait, click, type, key }) => {
      await command("transfer");
      await click("[role=dialog] input[value=agent]");
      await type("Nora", "[role=dialog] input[role=combobox]");
      await wait("[role=option]:not([aria-disabled])");
      await key("ArrowDown");
      await wait("[role=combobox][aria-activedescendant]");
      await key("Enter");
      await click("[role=dialog] footer button:last-of-type");
      await wait("[role=dialog] [role=alert]");
    },
  },
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
