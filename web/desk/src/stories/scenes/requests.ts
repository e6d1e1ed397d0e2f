// The requests and how each of them ends.
import {
  agent,
  ago,
  anonymous,
  conversation,
  khalid,
  layla,
  mona,
  now,
  request,
  sara,
  setup,
  staffThread,
  state,
  thread,
} from "../cast";
import { three, threads, conferenceScene } from "./common";
import type { Story } from "../story";

export const requestsScenes: Record<string, Story> = {
  request: { state: state([request(khalid), ...three], threads), open: sara.id },
  "request-alone": {
    state: state([request(sara)], {
      [sara.id]: thread(conversation(sara, { participants: conversation(khalid).participants })),
    }),
  },
  "request-transfer": {
    state: state([request(sara, { request_kind: "transfer", from: layla.name })], {
      [sara.id]: thread(conversation(conferenceScene), {
        staff: staffThread(sara, [
          {
            seq: 1,
            at: ago(14),
            after: 8,
            kind: "note",
            user: layla.user,
            name: layla.name,
            handover: true,
            text: "تم التحقق من الطلب 1200-AB/7",
          },
        ]),
      }),
    }),
  },
  "request-conference": {
    state: state([request(mona, { request_kind: "conference", from: layla.name }, 24)], threads),
  },
  "request-stack": {
    state: state(
      [1, 2, 3, 4, 5, 6, 7].map((n) =>
        request(
          { ...(n % 2 ? khalid : anonymous), id: `conv_${n}`, name: n % 2 ? `Khalid ${n}` : "" },
          { offer: n },
          5 + n,
        ),
      ),
      Object.fromEntries(
        [1, 2, 3, 4, 5, 6, 7].map((n) => [`conv_${n}`, thread(conversation(n % 2 ? khalid : anonymous))]),
      ),
    ),
  },
  "request-folded": {
    state: state([request(khalid, { offer: 41 }), request(anonymous, { offer: 42 }, 20), ...three], threads),
    open: sara.id,
    then: ({ command }) => command("popover"),
  },
  "request-no-room": {
    state: state(
      [1, 2, 3].map((n) => request({ ...khalid, id: `conv_${n}` }, { offer: n }, 5 + n)),
      {},
      {
        desk: {
          agent: agent({ occupied: 4, capacity: 3 }),
          cards: [1, 2, 3].map((n) => request({ ...khalid, id: `conv_${n}` }, { offer: n }, 5 + n)),
        },
      },
    ),
  },
  "request-decline": {
    state: state([request(khalid), ...three], threads, { setup: { ...setup, allowDecline: true } }),
    open: sara.id,
    then: ({ click }) => click("article button[aria-haspopup]"),
  },
  "request-offline": {
    state: state([request(khalid), ...three], threads, { link: { state: "offline", since: 0 } }),
    open: sara.id,
  },
  "request-ended": {
    state: {
      ...state(three, threads),
      departed: [
        { card: request(khalid, { offer: 21 }, 30), how: "missed" },
        { card: request(anonymous, { offer: 22 }, 9), how: "withdrawn", cause: "customer" },
        { card: request(mona, { offer: 23 }, 9), how: "accepted" },
      ],
    },
    open: sara.id,
  },
  "request-accepting": {
    state: { ...state([request(khalid, { offer: 31 })], threads), accepting: { 31: now - 400 } },
  },
};
