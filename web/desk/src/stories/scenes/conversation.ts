// One conversation: what was said and the box to write in.
import {
  active,
  ago,
  conversation,
  khalid,
  layla,
  mona,
  now,
  request,
  sara,
  staffThread,
  state,
  thread,
} from "../cast";
import { conferenceScene, hiddenContact, three, threads } from "./common";
import type { Hands } from "../hands";
import type { Story } from "../story";

const long = "أ".repeat(990) + " the end and more";

/** On a window without room for the column it is opened first. */
async function openTab({ click, wait }: Pick<Hands, "click" | "wait">, nth: number): Promise<void> {
  if (!window.matchMedia("(width >= 90rem)").matches) await click("header button[aria-expanded=false]");
  await click(`[role=tab]:nth-child(${nth})`);
  await wait(`[role=tab]:nth-child(${nth})[aria-selected=true]`);
}

export const conversationScenes: Record<string, Story> = {
  conversation: {
    state: state(three, {
      ...threads,
      [sara.id]: thread(conversation(sara), {
        typing: [{ by: 1, name: sara.name, until: Number.MAX_SAFE_INTEGER }],
      }),
    }),
    open: sara.id,
  },
  "aside-hidden": {
    state: state(three, { ...threads, [sara.id]: thread(hiddenContact(sara)) }),
    open: sara.id,
    then: async (hands) => openTab(hands, 1),
  },
  "aside-history": {
    state: state(three, threads),
    open: sara.id,
    then: async ({ click, wait }) => {
      await openTab({ click, wait }, 2);
      await click("[role=tabpanel] li button");
      await wait("[role=tabpanel] ol li");
    },
  },
  "aside-templates": {
    state: state(three, threads),
    open: sara.id,
    then: async ({ click, wait }) => {
      await openTab({ click, wait }, 3);
      await wait("[role=tabpanel] section button");
    },
  },
  "aside-closed": {
    state: state([request(khalid), ...three], threads),
    open: sara.id,
    then: ({ command }) => command("aside"),
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
  files: {
    state: state(three, {
      ...threads,
      [sara.id]: thread(
        conversation(sara, {
          entries: [
            ...conversation(sara).entries,
            {
              seq: 60,
              at: ago(20),
              kind: "message",
              by: 1,
              attachments: [
                {
                  id: "att_1",
                  name: "صورة المصباح المكسور بعد فتح الصندوق.png",
                  type: "image/png",
                  size: 412_000,
                  width: 640,
                  height: 400,
                },
                {
                  id: "att_2",
                  name: "invoice-1200-AB-7-november-2026-with-a-long-name.pdf",
                  type: "application/pdf",
                  size: 2_500_000,
                },
              ],
            },
            {
              seq: 61,
              at: ago(10),
              kind: "message",
              by: 2,
              text: "هذا هو الإيصال.",
              attachments: [{ id: "att_3", name: "الأسعار.csv", type: "text/csv", size: 900 }],
            },
          ],
        }),
        {
          outgoing: [
            {
              clientId: "x9",
              text: "",
              at: now - 3000,
              mark: "sending",
              attachments: [
                { key: "k", name: "delivery.docx", type: "application/msword", size: 9_000_000, sent: 0.4 },
              ],
            },
          ],
        },
      ),
    }),
    open: sara.id,
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
};
