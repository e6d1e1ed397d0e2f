import type { Conversation, Entry, Participant } from "../../protocol/src";
import type { Lang } from "../../locales/runtime";
import { errorFileTooLarge, wFull } from "../../locales/gen/messages";
import { nothing, plainForm, type Form } from "../panel/form";
import { empty, type EarlierPage, type Model } from "../panel/model";

const texts = {
  en: {
    me: "Sara",
    omar: "Omar Al-Sayed",
    layla: "Layla Hassan",
    asset: "Store site",
    said: [
      "Hello, my order 1200-AB/7 has not arrived yet.",
      "Hello Sara. I am looking at it now.",
      "It left the warehouse this morning. You can follow it here: https://shop.example/t?id=1200&x=(2).",
      "Thank you 🙏",
      "👍",
      "One more thing: can you call me on +966 55 123 4567 when it is here?",
    ],
    failed: "Are you there?",
    waits: "And how much is the delivery?",
    queue: { en: "Sales", ar: "المبيعات" },
  },
  ar: {
    me: "سارة",
    omar: "عمر السيد",
    layla: "ليلى حسن",
    asset: "موقع المتجر",
    said: [
      "السلام عليكم، طلبي رقم 1200-AB/7 لم يصل حتى الآن.",
      "وعليكم السلام يا سارة. أتحقق من الأمر الآن.",
      "خرج الطلب من المستودع هذا الصباح. يمكن تتبّعه هنا: https://shop.example/t?id=1200&x=(2).",
      "شكرًا لكم 🙏",
      "👍",
      "سؤال أخير: هل يمكن الاتصال بي على +966 55 123 4567 عند الوصول؟",
    ],
    failed: "هل من أحد هناك؟",
    waits: "وكم تبلغ رسوم التوصيل؟",
    queue: { en: "Sales", ar: "المبيعات" },
  },
};

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 10, 22, 9, minute, second)).toISOString();

/** What stands for an image that somebody sent. */
export const picture =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="640" height="400" fill="#7aa5d8"/><circle cx="320" cy="200" r="120" fill="#fff"/></svg>',
  );

/** The states by name, in one language. */
export function states(lang: Lang): Record<string, Model> {
  const t = texts[lang];
  const config = {
    name: { en: texts.en.asset, ar: texts.ar.asset },
    languages: ["ar", "en"],
    language: lang,
    color: "",
    form: plainForm,
    door: { open: true, leave_message: false },
  };
  const closed = {
    open: false,
    leave_message: true,
    opens_at: "2026-11-23T06:00:00Z",
    text: { en: "Our office is closed on Sundays.", ar: "مكتبنا مغلق يوم الأحد." },
  };
  const asks: Form = {
    email: "required",
    phone: "optional",
    fields: [
      {
        key: "topic",
        label: { en: "What is it about?", ar: "ما موضوع السؤال؟" },
        required: true,
        choices: [
          { key: "order", label: { en: "An order", ar: "طلب" } },
          { key: "bill", label: { en: "A bill", ar: "فاتورة" } },
        ],
      },
      { key: "number", label: { en: "Order number", ar: "رقم الطلب" }, required: false, choices: [] },
    ],
  };
  const base: Model = { ...empty, lang, config, shown: true, connection: "online" };
  const person = (number: number, name: string, seen = 0, present = true): Participant => ({
    number,
    role: number === 1 ? "customer" : "agent",
    name,
    present,
    delivered: seen,
    seen,
  });
  const says = (seq: number, by: number, text: string, minute: number): Entry => ({
    seq,
    at: at(minute),
    kind: "message",
    by,
    text,
    ...(by === 1 ? { client_id: `c${seq}` } : {}),
  });
  const chat = (entries: Entry[], people: Participant[], more: Partial<Conversation> = {}): Conversation => ({
    id: "conv_01jd0000000000000000000000",
    status: "open",
    started_at: at(0),
    language: lang,
    participants: people,
    entries,
    more: false,
    ...more,
  });
  const me = person(1, t.me);
  const [a = "", b = "", c = "", d = "", e = "", f = ""] = t.said;
  const begun = [
    says(1, 1, a, 1),
    { seq: 2, at: at(2), kind: "joined", by: 2 },
    says(3, 2, b, 2),
    says(4, 2, c, 3),
    says(5, 1, d, 4),
    says(6, 1, e, 4),
    says(7, 1, f, 5),
  ] satisfies Entry[];
  const open = chat(begun, [me, person(2, t.omar, 7)]);
  const transferred = [
    ...begun,
    { seq: 8, at: at(6), kind: "left", by: 2 },
    {
      seq: 9,
      at: at(6),
      kind: "line",
      line: "transferred",
      params: { queue_en: "Sales", queue_ar: "المبيعات" },
    },
  ] satisfies Entry[];

  const over = chat(
    [...begun, { seq: 8, at: at(9), kind: "status", status: "closed" }],
    [me, person(2, t.omar, 7, false)],
    { status: "closed", cause: "agent", closed_at: at(9) },
  );
  const earlier: EarlierPage = {
    conversations: [
      { id: "conv_3", started_at: at(-3000), closed_at: at(-2990), agents: [t.omar, t.layla], text: f },
      { id: "conv_2", started_at: at(-90_000), closed_at: at(-89_990), agents: [t.omar], text: c },
      { id: "conv_1", started_at: at(-400_000), closed_at: at(-399_990), agents: [] },
    ],
    more: true,
  };

  const busy = { code: "rate_limited", detail: t.waits };

  return {
    loading: { ...base, view: "loading" },
    failed: { ...base, view: "failed" },
    unavailable: { ...base, view: "unavailable" },
    start: { ...base, view: "start" },
    refused: {
      ...base,
      view: "start",
      form: { ...empty.form, said: { ...nothing, name: t.me, question: a }, problem: busy },
    },
    form: { ...base, view: "start", config: { ...config, form: asks } },
    closed: { ...base, view: "start", config: { ...config, door: { ...closed, leave_message: false } } },
    message: {
      ...base,
      view: "start",
      config: { ...config, door: closed },
      form: { ...empty.form, leaving: true },
    },
    full: {
      ...base,
      view: "start",
      form: {
        ...empty.form,
        said: { ...nothing, name: t.me, question: a },
        problem: { code: "queue_full", detail: wFull(), leave: true },
      },
    },
    left: {
      ...base,
      view: "chat",
      reach: { email: "sara@shop.example", phone: "+966 55 123 4567" },
      chat: chat([...begun.slice(0, 1), { seq: 2, at: at(1), kind: "line", line: "message_left" }], [me], {
        status: "waiting",
      }),
    },
    asking: {
      ...base,
      view: "chat",
      ahead: 1,
      chat: chat(
        [
          ...begun.slice(0, 1),
          { seq: 2, at: at(1), kind: "line", line: "message_left" },
          says(3, 1, f, 5),
          { seq: 4, at: at(5), kind: "line", line: "message_asked" },
        ],
        [me],
        { status: "waiting" },
      ),
    },
    returning: { ...base, view: "start", earlier },
    earlier: { ...base, view: "earlier", earlier, earlierFailed: true },
    reading: { ...base, view: "chat", reading: true, chat: over },
    waiting: {
      ...base,
      view: "chat",
      ahead: 2,
      estimate: { from_minutes: 3, to_minutes: 5 },
      chat: chat(begun.slice(0, 1), [me], { status: "waiting" }),
    },
    next: { ...base, view: "chat", ahead: 0, chat: chat(begun.slice(0, 1), [me], { status: "waiting" }) },
    open: { ...base, view: "chat", chat: open },
    files: {
      ...base,
      view: "chat",
      rules: { kinds: ["png", "pdf"], max_bytes: 25 << 20, max_files: 10 },
      tray: [
        {
          key: "a",
          name: "delivery-note-1200-AB-7-november-2026.pdf",
          type: "application/pdf",
          size: 320_000,
        },
      ],
      trayProblem: errorFileTooLarge({ max: "25 MB" }),
      chat: chat(
        [
          ...begun,
          {
            ...says(8, 1, "", 6),
            attachments: [
              { id: "att_1", name: "photo.png", type: "image/png", size: 412_000, width: 640, height: 400 },
            ],
          },
          {
            ...says(9, 2, a, 6),
            attachments: [
              {
                id: "att_2",
                name: "invoice-1200-AB-7-with-a-very-long-name.pdf",
                type: "application/pdf",
                size: 2_500_000,
              },
            ],
          },
        ],
        [me, person(2, t.omar, 9)],
      ),
      pending: [
        {
          clientId: "p1",
          text: "",
          at: at(7),
          state: "sending",
          files: [{ key: "k", name: "الفاتورة.pdf", type: "application/pdf", size: 9_000_000, sent: 0.4 }],
        },
      ],
    },
    typing: { ...base, view: "chat", chat: open, typing: t.omar },
    conference: {
      ...base,
      view: "chat",
      chat: chat(
        [...begun, { seq: 8, at: at(6), kind: "joined", by: 3 }, says(9, 3, b, 6)],
        [me, person(2, t.omar, 9), person(3, t.layla, 9)],
      ),
    },
    transferring: {
      ...base,
      view: "chat",
      ahead: 0,
      chat: chat(transferred, [me, person(2, t.omar, 7, false)], { status: "waiting" }),
    },
    reconnecting: {
      ...base,
      view: "chat",
      connection: "reconnecting",
      chat: open,
      pending: [{ clientId: "p1", text: t.waits, at: at(6), state: "queued" }],
    },
    offline: {
      ...base,
      view: "chat",
      connection: "offline",
      chat: open,
      pending: [
        { clientId: "p1", text: t.waits, at: at(6), state: "queued" },
        { clientId: "p2", text: t.failed, at: at(7), state: "failed" },
      ],
    },
    warning: {
      ...base,
      view: "chat",
      chat: chat(
        [
          ...begun,
          { seq: 8, at: at(11), kind: "line", line: "still_there", params: { closes_at: at(13, 42) } },
        ],
        [me, person(2, t.omar, 7)],
      ),
    },
    ending: { ...base, view: "chat", chat: open, asksToEnd: true },
    ended: { ...base, view: "chat", chat: over },
    rated: { ...base, view: "chat", rating: { score: 4, state: "kept" }, chat: over },
    interrupted: {
      ...base,
      view: "chat",
      chat: chat(
        [...begun, { seq: 8, at: at(9), kind: "status", status: "interrupted" }],
        [me, person(2, t.omar, 7)],
        {
          status: "interrupted",
        },
      ),
    },
  };
}
