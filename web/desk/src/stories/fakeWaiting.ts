// Who waits and why, without a server: something of everything that an
// explanation can say.
import type { Explanation, OfferReason, Standing, WaitingList } from "../../../protocol/src/types";
import type { WaitingSource } from "../explain/source";
import { ago, layla, omar, queues } from "./cast";

const karim = { user: "usr_karim", name: "كريم المنصوري" };
const nora = { user: "usr_nora", name: "Nora Haddad" };
const soon = (seconds: number) => ago(-seconds);

const missed: OfferReason = {
  offer: 1,
  agent: layla,
  made_at: ago(160),
  deadline: ago(130),
  ending: "missed",
  ended_at: ago(130),
  rule: "longest_available",
  since: ago(1900),
  occupied: 0,
  capacity: 3,
  asked: [],
  considered: 3,
  runners_up: [omar, karim],
  excluded: { not_signed_in: 2, at_capacity: 1 },
};

const matched: OfferReason = {
  offer: 2,
  agent: omar,
  made_at: ago(90),
  deadline: ago(60),
  ending: "accepted",
  ended_at: ago(81),
  rule: "skills_best",
  since: ago(760),
  occupied: 1,
  capacity: 3,
  match: 775,
  asked: [
    {
      skill: { id: "skl_ar", name: { en: "Arabic", ar: "العربية" } },
      compare: ">=",
      level: 5,
      relaxed: true,
    },
    {
      skill: { id: "skl_vip", name: { en: "Key accounts", ar: "كبار العملاء" } },
      compare: "=",
      level: 0,
      text: "yes",
      dropped: true,
    },
  ],
  asked_more: 1,
  considered: 2,
  runners_up: [karim],
  excluded: { lacks_skill: 3, not_available: 1 },
};

const withdrawn: OfferReason = {
  ...missed,
  offer: 3,
  agent: nora,
  made_at: ago(130),
  deadline: ago(100),
  ending: "withdrawn",
  cause: "went_idle",
  ended_at: ago(120),
};

const explanation: Explanation = {
  conversation: "conv_khalid",
  state: "waiting",
  queue: queues.billing,
  position: 2,
  priority: 3,
  waiting_since: ago(250),
  entered_at: ago(250),
  open: true,
  customer_away: false,
  asks: matched.asked,
  groups: 1,
  all_groups: 2,
  offers: [missed, withdrawn],
  candidates: [
    { agent: layla, ruled_by: "not_available", since: ago(130) },
    { agent: omar, ruled_by: "at_capacity" },
    { agent: karim, ruled_by: "group_not_open" },
    { agent: nora, ruled_by: "unreachable", since: ago(20) },
    { agent: { user: "usr_dina", name: "دينا الحسن" } },
  ],
  upcoming: [
    { what: "reaches_more", at: soon(30) },
    { what: "maximum_wait", at: soon(350) },
  ],
  then: "queue",
  then_queue: queues.support,
};

const list: WaitingList = {
  at: ago(0),
  total: 5,
  waiting: [
    {
      conversation: "conv_mona",
      customer: { id: "cus_mona", name: "Mona Lindqvist-Johnson-Smith the Third" },
      queue: queues.billing,
      state: "offered",
      position: 1,
      priority: 5,
      waiting_since: ago(311),
      language: "en",
      text: "I was charged twice for order 1200-AB/7, please have a look.",
      customer_away: false,
      may_pick: false,
      offered_to: layla,
      excluded: {},
      upcoming: [{ what: "offer_expires", at: soon(18) }],
    },
    {
      conversation: "conv_khalid",
      customer: { id: "cus_khalid", name: "خالد الحربي" },
      queue: queues.billing,
      state: "waiting",
      position: 2,
      priority: 3,
      waiting_since: ago(250),
      language: "ar",
      text: "السلام عليكم، رقم الطلب 1200-AB/7 ولم يصل حتى الآن",
      estimate: { from_minutes: 2, to_minutes: 5 },
      customer_away: false,
      may_pick: true,
      excluded: { at_capacity: 2, not_available: 1, group_not_open: 1 },
      upcoming: [{ what: "maximum_wait", at: soon(350) }],
      then: "queue",
      then_queue: queues.support,
    },
    {
      conversation: "conv_anon",
      customer: { id: "cus_anon", name: "" },
      queue: queues.sales,
      state: "waiting",
      position: 1,
      priority: 5,
      waiting_since: ago(40),
      language: "en",
      text: "hi",
      customer_away: true,
      may_pick: true,
      excluded: { at_capacity: 1 },
      upcoming: [{ what: "customer_gone", at: soon(120) }],
    },
  ],
};

/** What an agent sees who may take somebody: nothing of why. */
export const mayTake: WaitingList = {
  ...list,
  total: 3,
  waiting: list.waiting.map(
    ({ excluded: _, upcoming: __, then: ___, then_queue: ____, offered_to: _____, ...row }) => ({
      ...row,
      may_pick: true,
    }),
  ),
};

export const fakeWaiting: WaitingSource = {
  waiting: () => Promise.resolve(list),
  explain: (conversation) =>
    Promise.resolve(
      conversation === "conv_sara"
        ? {
            ...explanation,
            state: "held",
            owner: omar,
            offers: [missed, matched],
            candidates: [],
            upcoming: [],
          }
        : explanation,
    ),
  explainOffer: () => Promise.resolve({ request: missed, rebuilt: true, candidates: explanation.candidates }),
  permissions: () => Promise.resolve(["read_conversations", "users"]),
};

export const standing = (change: Partial<Standing> = {}): Standing => ({
  agent: omar,
  presence: "available",
  since: ago(760),
  occupied: 1,
  capacity: 3,
  exclusive: false,
  offers: 0,
  most_offers: 3,
  queues: [
    {
      queue: queues.sales,
      waiting: 3,
      open: true,
      excluded: { lacks_skill: 2, kept_for_other: 1 },
    },
    { queue: queues.billing, waiting: 0, open: false, opens_at: soon(75_000), excluded: {} },
  ],
  upcoming: [],
  ...change,
});
