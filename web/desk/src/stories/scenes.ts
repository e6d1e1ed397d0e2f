// Every state a screen of the desk can be in, reachable without a server.
import {
  active,
  agent,
  ago,
  anonymous,
  conversation,
  eightReasons,
  khalid,
  layla,
  mona,
  now,
  request,
  sara,
  staffThread,
  state,
  thread,
  wrapping,
  yusuf,
} from "./cast";
import type { DeskState } from "../live/state";

export interface Story {
  state: DeskState;
  open?: string;
  /** Written into the compose box before the story begins. */
  draft?: string;
  /** A button to press, by its place in the control pane. */
  press?: "transfer" | "conference" | "end";
}

const three = [active(sara, 11), active(mona, 10), wrapping(yusuf, 9)];
const threads = {
  [sara.id]: thread(conversation(sara)),
  [mona.id]: thread(conversation(mona)),
  [yusuf.id]: thread(conversation(yusuf)),
  [khalid.id]: thread(conversation(khalid)),
  [anonymous.id]: thread(conversation(anonymous)),
};

const withLayla = (status: "conference" | "conference_requested") =>
  active(sara, 11, {
    status,
    agents:
      status === "conference"
        ? [
            { user: "usr_omar", name: "Omar", role: "owner" },
            { ...layla, role: "guest" },
          ]
        : [{ user: "usr_omar", name: "Omar", role: "owner" }],
    ...(status === "conference_requested" ? { pending: { kind: "conference", agent: layla.name } } : {}),
  });

const conferenceScene = {
  ...sara,
  texts: [
    ...sara.texts,
    ["layla", "مساء الخير سارة، معك ليلى من قسم الشحن", 12] as ["layla", string, number],
  ],
};

const long = "أ".repeat(990) + " the end and more";

export const stories: Record<string, Story> = {
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
  conversation: {
    state: state(three, {
      ...threads,
      [sara.id]: thread(conversation(sara), {
        typing: [{ by: 1, name: sara.name, until: Number.MAX_SAFE_INTEGER }],
      }),
    }),
    open: sara.id,
  },
  english: { state: state(three, threads), open: mona.id },
  unread: {
    state: state([active(mona, 10), active(sara, 11)], {
      ...threads,
      [sara.id]: thread(conversation(sara, {}, 6)),
    }),
    open: sara.id,
  },
  marks: {
    state: state(three, {
      ...threads,
      [mona.id]: thread(conversation(mona), {
        outgoing: [
          { clientId: "x1", text: "This one is on its way", at: now - 3000, mark: "sending" },
          { clientId: "x2", text: "This one waits for the connection", at: now - 2000, mark: "waiting" },
          {
            clientId: "x3",
            text: "This one was refused",
            at: now - 1000,
            mark: "failed",
            problem: { code: "not_participant" },
          },
        ],
      }),
    }),
    open: mona.id,
  },
  lines: {
    state: state(three, {
      ...threads,
      [sara.id]: thread(
        conversation(conferenceScene, {
          entries: [
            ...conversation(conferenceScene).entries,
            { seq: 50, at: ago(9), kind: "left", by: 3, params: { agent: layla.name } },
            {
              seq: 51,
              at: ago(8),
              kind: "line",
              line: "transferred",
              params: { queue_en: "Billing", queue_ar: "الفواتير" },
            },
          ],
        }),
        {
          staff: staffThread(sara, [
            {
              seq: 1,
              at: ago(100),
              after: 8,
              kind: "staff_line",
              line: "conference_requested",
              params: { from: "Omar", guest: layla.name },
            },
            {
              seq: 2,
              at: ago(60),
              after: 9,
              kind: "note",
              user: layla.user,
              name: layla.name,
              text: "العميلة منتظرة منذ أمس، يُرجى المتابعة\nCall her back before 17:00",
            },
          ]),
        },
      ),
    }),
    open: sara.id,
  },
  over: { state: state(three, threads), open: sara.id, draft: long },
  long: {
    state: state(three, {
      ...threads,
      [mona.id]: thread(
        conversation({
          ...mona,
          texts: Array.from({ length: 500 }, (_, i) => [
            i % 3 ? "customer" : "omar",
            `Message ${i} of a long conversation about order 1200-AB/${i}`,
            5000 - i * 10,
          ]),
        }),
      ),
    }),
    open: mona.id,
  },
  counter: { state: state(three, threads), open: mona.id, draft: "word ".repeat(197) },
  reserved: { state: state(three, threads), open: mona.id, draft: "Press <Enter> and write if (a < b)" },
  "end-hint": { state: state(three, threads), open: sara.id, press: "end" },
  transfer: { state: state(three, threads), open: sara.id, press: "transfer" },
  conference: { state: state(three, threads), open: sara.id, press: "conference" },
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
  wrapup: { state: state(three, threads), open: yusuf.id },
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
  "idle-lunch": {
    state: state(three, threads, {
      desk: { agent: agent({ presence: "idle", idle_reason: "rsn_lunch", since: ago(95) }), cards: three },
    }),
    open: mona.id,
  },
  "signed-out": {
    state: state(
      [],
      {},
      { desk: { agent: agent({ presence: "signed_out", lost_out: true, engaged: false }), cards: [] } },
    ),
  },
  interrupted: {
    state: state(
      [
        active(sara, 11, {
          status: "interrupted",
          asset: { id: "ast_1", name: { en: "Store site", ar: "موقع المتجر" } },
        }),
      ],
      {
        [sara.id]: thread(conversation(sara, { status: "interrupted" })),
      },
    ),
    open: sara.id,
    draft: "كنت أكتب لك الرد الكامل عن",
  },
  "customer-left": {
    state: state([active(mona, 10, { customer_left: true })], { [mona.id]: thread(conversation(mona)) }),
    open: mona.id,
  },
  "customer-away": {
    state: state([active(mona, 10, { customer_away: true })], { [mona.id]: thread(conversation(mona)) }),
    open: mona.id,
  },
  offline: { state: state(three, threads, { link: { state: "offline", since: 0 } }), open: mona.id },
  reconnecting: {
    state: state([request(khalid), ...three], threads, { link: { state: "reconnecting", since: 0 } }),
    open: mona.id,
  },
};
