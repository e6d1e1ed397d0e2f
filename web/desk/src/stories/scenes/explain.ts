// Why things are as they are: who waits, what was decided, what rules one out.
import { ago, agent, queues, sara, setup, state } from "../cast";
import { mayTake, standing } from "../fakeWaiting";
import { three, threads } from "./common";
import type { Story } from "../story";

const picking = state(three, threads, { setup: { ...setup, picks: true } });
const supervising = state(three, threads, {
  me: {
    user: "usr_omar",
    name: "Omar",
    email: "omar@example.com",
    permissions: ["answer", "read_conversations"],
  },
});

export const explainScenes: Record<string, Story> = {
  waiting: { state: supervising, path: "/waiting", then: async ({ wait }) => void (await wait("h3")) },
  "waiting-why": {
    state: supervising,
    path: "/waiting",
    then: async ({ click, wait }) => {
      await click("li:nth-of-type(2) > div > button[aria-expanded]");
      await click("details summary");
      await wait("details[open] dl");
    },
  },
  "waiting-take": {
    state: picking,
    path: "/waiting",
    actions: { waiting: () => Promise.resolve(mayTake) },
    then: async ({ wait }) => void (await wait("h3")),
  },
  "waiting-nobody": {
    state: picking,
    path: "/waiting",
    actions: { waiting: () => Promise.resolve({ at: ago(0), total: 0, waiting: [] }) },
    then: async ({ wait }) => void (await wait("[data-pane=interaction] > p")),
  },
  "waiting-failed": {
    state: picking,
    path: "/waiting",
    actions: { waiting: () => Promise.reject(new Error("no answer")) },
    then: async ({ wait }) => void (await wait("[data-pane=interaction] [role=alert]")),
  },
  "why-nothing": {
    state: state([], {}),
    then: async ({ command, wait }) => {
      await command("why");
      await wait("[role=dialog] dl");
    },
  },
  "why-idle": {
    state: state(
      [],
      {},
      { desk: { agent: agent({ presence: "idle", idle_reason: "rsn_lunch" }), cards: [] } },
    ),
    actions: {
      standing: () =>
        Promise.resolve(
          standing({
            presence: "idle",
            ruled_by: "not_available",
            since: ago(300),
            queues: [{ queue: queues.sales, waiting: 2, open: true, excluded: {} }],
          }),
        ),
    },
    then: async ({ command, wait }) => {
      await command("why");
      await wait("[role=dialog] dl");
    },
  },
  "why-failed": {
    state: state([], {}),
    actions: { standing: () => Promise.reject(new Error("no answer")) },
    then: async ({ command, wait }) => {
      await command("why");
      await wait("[role=dialog] [role=alert]");
    },
  },
  "why-offered": {
    state: state(three, threads),
    open: sara.id,
    then: async ({ click, wait, command }) => {
      if (!matchMedia("(width >= 90rem)").matches) await command("aside");
      await click("[data-pane=customer] button[aria-expanded=false]");
      (await wait("[data-pane=customer] dl + div")).scrollIntoView();
    },
  },
};
