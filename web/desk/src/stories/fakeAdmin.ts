// The administration's sources without a server.
import type { AssetSource } from "../admin/AssetsPage";
import type { PeopleSource, Person } from "../admin/people";
import type { AuditRecord, AuditSource, Plan, UserSource } from "../admin/source";
import { queues } from "./cast";

export const fakeAssets: AssetSource = {
  list: () =>
    Promise.resolve([
      {
        id: "ast_1",
        name: { en: "Store site", ar: "موقع المتجر" },
        origins: ["https://shop.example"],
        queue: queues.sales.name,
      },
      {
        id: "ast_2",
        name: { en: "Help pages", ar: "صفحات المساعدة" },
        origins: ["https://help.example", "https://faq.example"],
        queue: queues.support.name,
      },
    ]),
  impact: (id) => Promise.resolve(id === "ast_1" ? 3 : 0),
  remove: () => Promise.resolve(),
};

const front = { id: "team_1", name: { en: "Front desk", ar: "الاستقبال" } };
const care = { id: "team_2", name: { en: "Customer care", ar: "خدمة العملاء" } };

export const fakeUsers: UserSource = {
  load: () =>
    Promise.resolve({
      format: "hiwar-configuration-1",
      version: 7,
      teams: [front, care],
      users: [
        {
          id: "usr_1",
          name: "سارة العتيبي",
          email: "sara@nakheel.example",
          roles: ["agent"],
          teams: ["team_1"],
        },
        {
          id: "usr_2",
          name: "Omar Haddad",
          email: "omar.haddad@nakheel.example",
          roles: ["agent", "supervisor", "administrator"],
          teams: ["team_1", "team_2"],
        },
        { id: "usr_3", name: "Lina", email: "lina@nakheel.example", roles: ["agent"], disabled: true },
      ],
    }),
  save: () => Promise.resolve(),
  invite: () => Promise.resolve({ path: "/welcome#3mZk8w0q1TtY5h", expires_at: "2026-11-23T09:00:00Z" }),
  steps: () => Promise.resolve(["usr_2"]),
  resetStep: () => Promise.resolve(),
  oblige: () => Promise.resolve(),
};

export const fakePlan: Plan = {
  version: 7,
  changes: [
    {
      kind: "queue",
      id: "que_1",
      name: queues.sales.name,
      new: false,
      fields: [
        { field: "rona", from: '"30s"', to: '"45s"' },
        { field: "teams", from: '["team_1"]', to: '["team_1", "team_2"]' },
      ],
    },
    { kind: "user", id: "usr_4", name: { en: "دينا الحسن", ar: "دينا الحسن" }, new: true, fields: [] },
  ],
  effects: { withdrawn: 2, offered: 11, closed: 0, signed_out: 1 },
};

const record = (n: number, rest: Partial<AuditRecord>): AuditRecord => ({
  n,
  at: "2026-11-22T09:05:00Z",
  actor: "usr_2",
  actor_name: "Omar Haddad",
  act: "configure",
  object: "que_1",
  hash: "",
  ...rest,
});

const recorded = [
  record(4, {
    address: "192.0.2.7",
    detail: {
      kind: "queue",
      name: queues.sales.name,
      fields: [
        { field: "rona", from: '"30s"', to: '"45s"' },
        { field: "teams", from: '["team_1"]', to: '["team_1", "team_2"]' },
      ],
    },
  }),
  record(3, {
    act: "read_transcript",
    object: "conv_01jd6x4q0e8f7",
    actor: "usr_1",
    actor_name: "سارة العتيبي",
  }),
  record(2, { act: "invite", object: "usr_3", actor: "console", actor_name: "" }),
  record(1, { detail: { kind: "user", name: { en: "دينا الحسن", ar: "دينا الحسن" }, new: true } }),
];

/** Two records a page. */
export const fakeAudit: AuditSource = {
  page: (act, before) => {
    const found = recorded.filter((r) => (act === "" || r.act === act) && (before === 0 || r.n < before));
    return Promise.resolve({ records: found.slice(0, 2), more: found.length > 2 });
  },
  export: () => Promise.resolve(),
};

const person = (rest: Partial<Person>): Person => ({
  customer: "cus_01jd6x4q0e8f7",
  subjects: [],
  conversations: [],
  files: 0,
  browsers: 1,
  confirmation: "sara@nakheel.example",
  state: "erasable",
  ...rest,
});

/** One who can be erased, one who is held, and one who is talking. */
export const fakePeople: PeopleSource = {
  find: () =>
    Promise.resolve([
      person({
        name: "سارة العتيبي",
        email: "sara@nakheel.example",
        phone: "+966 50 555 0134",
        subjects: ["user-8842"],
        conversations: [
          { id: "conv_2", started_at: "2026-11-20T09:05:00Z", messages: 14, busy: false },
          { id: "conv_1", started_at: "2026-10-02T13:40:00Z", messages: 31, busy: false },
        ],
        files: 3,
        browsers: 2,
      }),
      person({
        customer: "cus_01jd6x4q0e8f8",
        name: "Omar Haddad",
        email: "sara@nakheel.example",
        conversations: [{ id: "conv_3", started_at: "2026-09-11T08:00:00Z", messages: 8, busy: false }],
        hold: { reason: "Case 2026/118", by: "usr_2", at: "2026-11-01T09:00:00Z" },
        state: "held",
      }),
      person({
        customer: "cus_01jd6x4q0e8f9",
        conversations: [{ id: "conv_4", started_at: "2026-11-22T09:01:00Z", messages: 2, busy: true }],
        state: "busy",
      }),
    ]),
  export: () => Promise.resolve(),
  erase: () => Promise.resolve(),
  hold: () => Promise.resolve(),
  release: () => Promise.resolve(),
};
