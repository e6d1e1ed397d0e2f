// Conversations and names whose pieces change places when direction is left to
// the browser (B1–B22).
import type { DeskState } from "../../live/state";
import type { Story } from "../story";
import { active, agent, ago, conversation, queues, request, state, thread, type Scene } from "../cast";

/** What people write, by the number of the case. */
export const texts = {
  B1: "رقم الطلب 1200-AB/7 جاهز",
  B2: "رمز المنتج AB-1200/X من فضلك",
  B3: "اتصل على +966 55 123 4567 الآن",
  B4: "+966551234567",
  B5: "Hello, how are you?",
  B6: "iPhone 15 Pro لا يعمل عندي",
  B7: "https://ex.com/a?b=1&c=(2) هذا الرابط",
  B8: "بريدي ali.k+test@ex.com.",
  B9: "@omar تحقق من الطلب",
  B10: "😀👍",
  B11: "؟!",
  B12: "مرحبا بكم\nHello there\n12 34",
  B13: 'قال "Hello!" ثم غادر',
  B14: "1. شحن\n2. Billing\n3. دعم",
  B15: "```\nif (a < b) { return x; }\n" + "const long = 1; ".repeat(20) + "\n```",
};

export const names = {
  vip: "محمد (VIP)",
  latinVip: "Omar (VIP)",
  longLatin: "Mona Lindqvist-Johnson-Smith the Third of Somewhere",
  longArabic: "عبد الرحمن بن عبد العزيز الزهراني القحطاني العتيبي الشمري",
};

const spoken = (id: string, name: string, language: "en" | "ar"): Scene => ({
  id,
  name,
  language,
  queue: queues.sales,
  // Minutes apart: each case stands in a group of its own.
  texts: Object.values(texts).map((text, i) => ["customer", text, 3000 - i * 120]),
});

const inArabic = spoken("conv_bidi_ar", "سارة العتيبي", "ar");
const inEnglish = spoken("conv_bidi_en", "Sara Smith", "en");

const named = (name: string, i: number): Scene => ({
  id: `conv_name_${i}`,
  name,
  language: "ar",
  queue: queues.billing,
  texts: [["customer", "مرحبا", 60 + i]],
});
const people = Object.values(names).map(named);

const nameState = (change: Partial<DeskState> = {}): DeskState =>
  state(
    [request(people[1] as Scene, { offer: 71 }), ...people.map((scene, i) => active(scene, 80 + i))],
    Object.fromEntries(people.map((scene) => [scene.id, thread(conversation(scene))])),
    change,
  );

export const bidiScenes: Record<string, Story> = {
  "bidi-arabic": {
    state: state([active(inArabic, 11)], { [inArabic.id]: thread(conversation(inArabic)) }),
    open: inArabic.id,
  },
  "bidi-english": {
    state: state([active(inEnglish, 11)], { [inEnglish.id]: thread(conversation(inEnglish)) }),
    open: inEnglish.id,
  },
  "bidi-names": { state: nameState(), open: "conv_name_0" },
  "bidi-names-rona": {
    state: nameState({
      desk: {
        agent: agent({ presence: "rona", since: ago(4), missed: { customer: names.latinVip, at: ago(34) } }),
        cards: people.map((scene, i) => active(scene, 80 + i)),
      },
    }),
    open: "conv_name_2",
  },
};
