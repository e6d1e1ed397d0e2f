// The people and things of the stories: the same names as in the demo.
import type {
  Agent,
  Card,
  Conversation,
  Entry,
  History,
  Participant,
  StaffThread,
  Today,
} from "../../../protocol/src/types";
import { templates } from "./templates";
import type { DeskState, Me, Setup, ThreadState } from "../live/state";

/** The moment at which every story stands still. */
export const now = Date.parse("2026-11-22T09:07:12Z");
export const ago = (seconds: number): string => new Date(now - seconds * 1000).toISOString();

export const queues = {
  sales: { id: "que_sales", name: { en: "Sales", ar: "المبيعات" } },
  billing: { id: "que_billing", name: { en: "Billing", ar: "الفواتير" } },
  support: { id: "que_support", name: { en: "Support", ar: "الدعم" } },
};

export const omar = { user: "usr_omar", name: "Omar" };
export const layla = { user: "usr_layla", name: "ليلى" };

export const me: Me = {
  user: omar.user,
  name: omar.name,
  email: "omar@example.com",
  permissions: ["answer", "users", "configure"],
};

const wrapup = (id: string, en: string, ar: string) => ({
  id: `rsn_${id}`,
  kind: "wrapup" as const,
  name: { en, ar },
});
const idle = (id: string, en: string, ar: string) => ({
  id: `rsn_${id}`,
  kind: "idle" as const,
  name: { en, ar },
});

export const setup: Setup = {
  timeZone: "Asia/Riyadh",
  hourCycle: 24,
  digits: "latn",
  graceMs: 120_000,
  replyTargetMs: 120_000,
  allowDecline: false,
  allowReserved: false,
  picks: false,
  templates,
  reasons: [
    wrapup("resolved", "Resolved", "تم الحل"),
    wrapup("escalated", "Escalated", "تم التصعيد"),
    wrapup("followup", "Follow-up needed", "بحاجة إلى متابعة"),
    wrapup("left", "Customer left", "غادر العميل"),
    wrapup("wrong", "Wrong department", "قسم غير مختص"),
    wrapup("spam", "Spam", "رسالة مزعجة"),
    wrapup("refund", "Refund granted", "تم رد المبلغ"),
    wrapup("outage", "Known outage", "عطل معروف"),
    idle("break", "Break", "استراحة"),
    idle("lunch", "Lunch", "غداء"),
    idle("meeting", "Meeting", "اجتماع"),
    idle("training", "Training", "تدريب"),
  ],
};

export const sixReasons = setup.reasons.slice(0, 6).map((reason) => reason.id);
export const eightReasons = setup.reasons.slice(0, 8).map((reason) => reason.id);

export const agent = (change: Partial<Agent> = {}): Agent => ({
  ...omar,
  presence: "available",
  since: ago(760),
  available_at: ago(760),
  engaged: true,
  occupied: 2,
  capacity: 3,
  ...change,
});

export interface Scene {
  id: string;
  name: string;
  language: "en" | "ar";
  queue: (typeof queues)[keyof typeof queues];
  texts: [who: "customer" | "omar" | "layla", text: string, secondsAgo: number][];
}

export const sara: Scene = {
  id: "conv_sara",
  name: "سارة العتيبي",
  language: "ar",
  queue: queues.sales,
  texts: [
    ["customer", "السلام عليكم، عندي سؤال عن طلبي", 271],
    ["customer", "رقم الطلب 1200-AB/7 ولم يصل حتى الآن", 262],
    ["omar", "وعليكم السلام سارة، أهلًا بك. دعيني أتحقق من الطلب 1200-AB/7", 225],
    ["omar", "لحظة من فضلك", 220],
    ["customer", "تمام، رقم هاتفي +966 55 123 4567 للتواصل", 150],
    ["customer", "iPhone 15 Pro لا يعمل عندي أيضًا 😀", 140],
    ["omar", "الطلب خرج للتوصيل اليوم، ويمكنك متابعته هنا:\nhttps://shop.example/track?id=1200&lang=ar", 90],
    ["customer", "شكرًا جزيلًا", 20],
  ],
};

export const khalid: Scene = {
  id: "conv_khalid",
  name: "Khalid Al-Harbi",
  language: "en",
  queue: queues.billing,
  texts: [
    ["customer", "Good morning", 40],
    ["customer", "Hello, my invoice 1200-AB/7 is wrong.", 36],
    ["customer", "It says 84.50 but I was charged twice.", 24],
    ["customer", "Is anybody there?", 10],
  ],
};

export const mona: Scene = {
  id: "conv_mona",
  name: "Mona Lindqvist-Johnson-Smith the Third",
  language: "en",
  queue: queues.support,
  texts: [
    ["customer", "How do I reset my password?", 662],
    ["omar", "I have just sent you a link.", 600],
    ["customer", "It worked, thank you!", 340],
    ["omar", "Glad to hear it. Is there anything else I can help you with?", 330],
  ],
};

export const yusuf: Scene = {
  id: "conv_yusuf",
  name: "يوسف",
  language: "ar",
  queue: queues.support,
  texts: [
    ["customer", "أين أجد الفاتورة؟", 300],
    ["omar", "من صفحة حسابك، ثم الفواتير.", 280],
  ],
};

export const anonymous: Scene = {
  id: "conv_anon",
  name: "",
  language: "en",
  queue: queues.sales,
  texts: [["customer", "hi", 5]],
};

const numberOf = { customer: 1, omar: 2, layla: 3 };

export function conversation(scene: Scene, change: Partial<Conversation> = {}, seen = 99): Conversation {
  const entries: Entry[] = [];
  const joined = new Set<string>(["customer"]);
  const add = (secondsAgo: number, entry: Omit<Entry, "seq" | "at">) =>
    entries.push({ seq: entries.length + 1, at: ago(secondsAgo), ...entry });
  for (const [who, text, secondsAgo] of scene.texts) {
    if (!joined.has(who)) {
      joined.add(who);
      add(secondsAgo + 2, {
        kind: "joined",
        by: numberOf[who],
        params: { agent: who === "omar" ? omar.name : layla.name },
      });
    }
    add(secondsAgo, { kind: "message", by: numberOf[who], client_id: `${scene.id}-${entries.length}`, text });
  }
  const head = entries.length;
  const participants: Participant[] = [
    {
      number: 1,
      role: "customer",
      name: scene.name,
      present: true,
      delivered: head,
      seen: Math.max(0, head - 2),
    },
  ];
  if (joined.has("omar")) {
    participants.push({
      number: 2,
      role: "agent",
      ...omar,
      owner: true,
      present: true,
      delivered: head,
      seen: Math.min(seen, head),
    });
  }
  if (joined.has("layla"))
    participants.push({ number: 3, role: "agent", ...layla, present: true, delivered: head, seen: head });
  return {
    id: scene.id,
    status: joined.has("omar") ? "open" : "waiting",
    started_at: ago(scene.texts[0]?.[2] ?? 0),
    language: scene.language,
    participants,
    entries,
    more: false,
    customer: {
      id: `cus_${scene.id}`,
      name: scene.name,
      email: "sara.k+test@example.com",
      phone: "+966 55 123 4567",
      page: "https://shop.example/checkout?step=2",
      page_title: "إتمام الشراء",
      referrer: "https://search.example/?q=shop",
      browser_language: "ar-SA, en",
      time_zone: "Africa/Cairo",
      visits: 3,
      answers: [{ name: "رقم الطلب", value: "1200-AB/7" }],
      attributes: [{ name: "plan", value: "Gold" }],
    },
    ...change,
  };
}

let offers = 6;

export function request(scene: Scene, change: Partial<Card> = {}, secondsAgo = 12): Card {
  const offer = change.offer ?? ++offers;
  return {
    key: `offer/${offer}`,
    kind: "request",
    offer,
    conversation: scene.id,
    customer: { id: `cus_${scene.id}`, name: scene.name },
    queue: scene.queue,
    agents: [omar],
    request_kind: "queue",
    received_at: ago(secondsAgo),
    made_at: ago(secondsAgo),
    deadline: new Date(now - secondsAgo * 1000 + 30_000).toISOString(),
    language: scene.language,
    ...change,
  };
}

export function active(scene: Scene, part: number, change: Partial<Card> = {}): Card {
  return {
    key: `part/${part}`,
    kind: "active",
    part,
    conversation: scene.id,
    customer: { id: `cus_${scene.id}`, name: scene.name },
    queue: scene.queue,
    agents: [{ ...omar, role: "owner" }],
    role: "owner",
    status: "active",
    received_at: ago(scene.texts[0]?.[2] ?? 0),
    made_at: ago(scene.texts[0]?.[2] ?? 0),
    on_unanswered: "requeue",
    language: scene.language,
    ...change,
  };
}

export function wrapping(scene: Scene, part: number, change: Partial<Card> = {}): Card {
  return active(scene, part, {
    kind: "wrapup",
    status: "wrapup",
    wrapup: { started_at: ago(40), required: true, reasons: sixReasons, cause: "agent" },
    ...change,
  });
}

export const thread = (view: Conversation, change: Partial<ThreadState> = {}): ThreadState => ({
  conversation: view,
  typing: [],
  outgoing: [],
  older: "idle",
  ...change,
});

export const staffThread = (scene: Scene, entries: StaffThread["entries"]): StaffThread => ({
  id: scene.id,
  entries,
});

export function state(
  cards: Card[],
  threads: Record<string, ThreadState>,
  change: Partial<DeskState> = {},
): DeskState {
  return {
    me,
    setup,
    link: { state: "online", since: 0 },
    desk: { agent: agent(), cards },
    threads,
    accepting: {},
    ending: {},
    departed: [],
    targetsChanged: 0,
    ...change,
  };
}

const minutes = (n: number) => n * 60_000;

export const today: Today = {
  from: ago(33_000),
  at: ago(4),
  handled: 12,
  missed: 1,
  first_response_ms: 34_000,
  handle_ms: minutes(7) + 12_000,
  longest_wait: { queue: queues.billing, since: ago(161) },
  states: [
    { presence: "available", ms: minutes(185) },
    { presence: "idle", idle_reason: "rsn_lunch", ms: minutes(30) },
    { presence: "idle", ms: minutes(4) },
    { presence: "rona", ms: minutes(1) },
  ],
};

export const past: History = {
  more: false,
  conversations: [
    {
      id: "conv_past2",
      started_at: ago(6 * 86_400),
      closed_at: ago(6 * 86_400 - 551),
      queue: queues.support,
      agents: [layla, { ...omar, role: "owner" }],
      cause: "agent",
      reason: { id: "rsn_resolved", name: { en: "Resolved", ar: "تم الحل" } },
      language: "ar",
    },
    {
      id: "conv_past1",
      started_at: ago(41 * 86_400),
      closed_at: ago(41 * 86_400 - 95),
      queue: queues.billing,
      agents: [{ ...layla, role: "owner" }],
      cause: "customer",
      language: "ar",
    },
  ],
};
