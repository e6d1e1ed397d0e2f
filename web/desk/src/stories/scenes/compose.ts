// The compose box and what happens to a text in it, and threads of every length.
import { active, ago, conversation, mona, now, sara, staffThread, state, thread } from "../cast";
import { three, threads } from "./common";
import type { Story } from "../story";

const box = "textarea[data-pane-start]";

/** A thread of so many messages, all of them on this device. */
const many = (n: number) =>
  thread(
    conversation({
      ...mona,
      texts: Array.from({ length: n }, (_, i) => [
        i % 3 ? "customer" : "omar",
        i % 7
          ? `Message ${i} of a long conversation about order 1200-AB/${i}`
          : `الرسالة ${i}\nhttps://shop.example/orders/${i}`,
        n * 10 - i * 10,
      ]),
    }),
  );

export const composeScenes: Record<string, Story> = {
  "compose-templates": {
    state: state(three, threads),
    open: sara.id,
    then: (hands) => hands.type("/", box),
  },
  "compose-no-templates": {
    state: state(three, threads),
    open: mona.id,
    then: (hands) => hands.type("/zzz", box),
  },
  "compose-fields": {
    state: state(three, threads),
    open: sara.id,
    async then(hands) {
      await hands.type("/المبلغ", box);
      await hands.key("Enter", box);
    },
  },
  "compose-variables": {
    state: state(three, threads),
    open: mona.id,
    then: (hands) => hands.type("Dear @@", box),
  },
  "compose-note": {
    state: state(three, {
      ...threads,
      [sara.id]: thread(conversation(sara), {
        staff: staffThread(sara, [
          {
            seq: 1,
            at: ago(60),
            after: 8,
            kind: "note",
            user: "usr_omar",
            name: "Omar",
            text: "VIP < 2 days",
          },
        ]),
        outgoing: [
          { clientId: "n1", text: "الاتصال بها قبل 17:00", at: now - 3000, mark: "waiting", note: true },
          {
            clientId: "n2",
            text: "Refused",
            at: now - 2000,
            mark: "failed",
            note: true,
            problem: { code: "not_participant" },
          },
        ],
      }),
    }),
    open: sara.id,
    async then(hands) {
      await hands.click("[data-tool=note]");
      await hands.type("Ask the carrier first", box);
    },
  },
  "compose-restored": { state: state(three, threads), open: mona.id, draft: "Half a sentence that I" },
  "compose-code": {
    state: state(three, {
      ...threads,
      [sara.id]: thread(
        conversation({
          ...sara,
          texts: [
            [
              "customer",
              "يظهر هذا الخطأ:\n```\nif (a < b) { return x; } // and a line that is far too long to fit\n```",
              90,
            ],
            ["customer", "وعند كتابة `npm run build --all` أيضًا", 80],
            ["omar", "شكرًا، سأتحقق من `config.ts`", 60],
            ["customer", "😀👍", 50],
            ["customer", "1. شحن\n2. Billing\n3. دعم", 20],
          ],
        }),
      ),
    }),
    open: sara.id,
  },
  "thread-empty": {
    state: state([active(mona, 10)], { [mona.id]: thread(conversation({ ...mona, texts: [] })) }),
    open: mona.id,
  },
  "thread-loading": {
    state: state([active(mona, 10)], {}),
    open: mona.id,
  },
  "thread-failed": {
    state: state([active(mona, 10)], {
      [mona.id]: { typing: [], outgoing: [], older: "idle", failed: true },
    }),
    open: mona.id,
  },
  "thread-older-failed": {
    state: state([active(mona, 10)], {
      [mona.id]: thread(conversation(mona, { more: true }), { older: "failed" }),
    }),
    open: mona.id,
  },
  "thread-5000": {
    state: state(three, { ...threads, [mona.id]: many(5000) }),
    open: mona.id,
    forSpeed: true,
  },
};
