// The console's source without a server: a small centre, as its file has it.
import type { Config } from "../console/object";
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
  users: [],
};

export const fakeConsole: ConsoleSource = {
  load: () => Promise.resolve(centre),
  plan: () =>
    Promise.resolve({ ...fakePlan, effects: { withdrawn: 0, offered: 0, closed: 0, signed_out: 0 } }),
  apply: () => Promise.resolve(),
};
