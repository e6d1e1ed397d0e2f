// The console's source without a server: a small centre, as its file has it.
import type { Config, Obj } from "../console/object";
import type { ConsoleSource } from "../console/save";
import { queues, setup } from "./cast";
import { fakePlan } from "./fakeAdmin";

const centre: Config = {
  format: "hiwar-configuration-1",
  version: 7,
  teams: [
    { id: "team_1", name: { en: "Front desk", ar: "الاستقبال" } },
    { id: "team_2", name: { en: "Customer care", ar: "خدمة العملاء" } },
  ],
  queues: [
    {
      id: "que_1",
      name: queues.sales.name,
      teams: ["team_1"],
      priority: 5,
      rona: "45s",
      on_unanswered: "requeue",
      wrapup_required: true,
      limits: {
        hours: "hrs_1",
        max_wait: "10m0s",
        then: "leave_message",
        then_text: { en: "Leave a message" },
      },
    },
    { id: "que_2", name: queues.support.name, teams: ["team_2"], priority: 5, on_unanswered: "return" },
    { id: "que_3", name: { en: "Old offers", ar: "" }, archived: true },
  ],
  hours: [
    {
      id: "hrs_1",
      name: { en: "Office", ar: "المكتب" },
      schedule: {
        zone: "Asia/Riyadh",
        week: { sunday: ["09:00-12:00", "13:00-17:30"], monday: ["09:00-17:30"] },
        holidays: [{ name: "اليوم الوطني", first: "2026-09-23", yearly: true }],
      },
    },
  ],
  reasons: setup.reasons.map((reason, i) => ({ ...reason, order: i + 1 })),
  skills: [
    { id: "skl_1", name: { en: "English", ar: "الإنجليزية" }, kind: "proficiency", language: "en" },
    { id: "skl_2", name: { en: "Shift", ar: "المناوبة" }, kind: "enum", choices: ["day", "night"] },
  ],
  profiles: [{ id: "prf_1", name: { en: "Front desk", ar: "الاستقبال" } }],
  users: [
    {
      id: "usr_1",
      name: "سارة العتيبي",
      email: "sara@nakheel.example",
      roles: ["agent", "supervisor"],
      teams: ["team_1"],
      profile: "prf_1",
      skills: [
        { skill: "skl_1", level: 7 },
        { skill: "skl_2", text: "day" },
      ],
    } as unknown as Obj, // whose name is in no language
  ],
  assets: [
    {
      id: "ast_1",
      name: { en: "Store site", ar: "موقع المتجر" },
      queue: "que_1",
      origins: ["https://shop.example"],
      languages: ["ar", "en"],
      language: "ar",
      color: "#1160b7",
      form: {
        email: "required",
        fields: [
          {
            key: "topic",
            label: { en: "What is it about?", ar: "ما الموضوع؟" },
            required: true,
            choices: [
              { key: "order", label: { en: "An order", ar: "طلب" }, queue: "que_2", priority: 2 },
              { key: "other", label: { en: "Something else", ar: "شيء آخر" } },
            ],
          },
        ],
      },
    },
  ],
  organization: {
    name: { en: "Nakheel Store", ar: "متجر نخيل" },
    language: "ar",
    time_zone: "Asia/Riyadh",
    settings: {
      rona: "30s",
      capacity: 3,
      open_offers: 3,
      answer_factor_most: 10,
      ageing: "2m0s",
      grace: "2m0s",
      digits: "latn",
      hour_cycle: 24,
      mask: ["EMP-[0-9]{6}"],
    },
  },
};

export const fakeConsole: ConsoleSource = {
  load: () => Promise.resolve(centre),
  plan: () =>
    Promise.resolve({ ...fakePlan, effects: { withdrawn: 0, offered: 0, closed: 0, signed_out: 0 } }),
  apply: () => Promise.resolve(),
};
