// What each sort of object is made of, as its form shows it. A form is this
// description and nothing else.
import { languages, nameField, type FieldSpec, type Said } from "./field";
import type { Kind } from "./kind";
import { at, inUse, type List } from "./object";
import { AssetPreview, TemplatePreview } from "./Previews";
import { exclusive, profiles, users } from "./people";
import { providers } from "./providers";
import { roles } from "./roles";
import { questions, requires, wider } from "./rows";
import { organization } from "./settings";

const limits: Said = (t) => t.consoleSectionLimits();
const order: FieldSpec = { at: "order", label: (t) => t.consoleFOrder(), kind: "number" };
const capacityHint: Said = (t) => t.consoleFCapacityHint();
const noLimit: Said = (t) => t.consoleFOff();
const noLimitOf: Said = (t) => t.consoleFMost();

const asks: FieldSpec["options"] = [
  { id: "no", name: (t) => t.consoleVAskNo() },
  { id: "optional", name: (t) => t.consoleVAskOptional() },
  { id: "required", name: (t) => t.consoleVAskRequired() },
];

export const teams: Kind = {
  list: "teams",
  path: "/admin/teams",
  title: (t) => t.adminTeams(),
  one: (t) => t.adminKindTeam(),
  intro: (t) => t.consoleEmptyTeams(),
  fresh: {},
  archives: false,
  fields: [
    nameField,
    { at: "capacity", label: (t) => t.consoleFCapacity(), hint: capacityHint, kind: "number" },
    exclusive,
  ],
};

export const queues: Kind = {
  list: "queues",
  path: "/admin/queues",
  title: (t) => t.adminQueues(),
  one: (t) => t.labelQueue(),
  intro: (t) => t.consoleEmptyQueues(),
  fresh: { priority: 5, on_unanswered: "requeue", wrapup_required: true },
  archives: true,
  fields: [
    nameField,
    { at: "teams", label: (t) => t.adminTeams(), kind: "refs", of: "teams" },
    wider,
    {
      at: "rule",
      section: (t) => t.consoleSectionRouting(),
      label: (t) => t.consoleFRule(),
      kind: "one",
      options: [
        { id: "", name: (t) => t.consoleVRuleLongestAvailable() },
        { id: "least_loaded", name: (t) => t.consoleVRuleLeastLoaded() },
        { id: "round_robin", name: (t) => t.consoleVRuleRoundRobin() },
        { id: "skills_longest", name: (t) => t.consoleVRuleSkillsLongest() },
        { id: "skills_best", name: (t) => t.consoleVRuleSkillsBest() },
      ],
    },
    { ...requires, when: (o) => ["skills_longest", "skills_best"].includes(String(o.rule)) },
    {
      at: "priority",
      label: (t) => t.consoleFPriority(),
      hint: (t) => t.consoleFPriorityHint(),
      kind: "number",
    },
    { at: "rona", label: (t) => t.consoleFRona(), hint: capacityHint, kind: "seconds" },
    { at: "per_agent", label: (t) => t.consoleFPerAgent(), hint: noLimit, kind: "number" },
    { at: "sticky", label: (t) => t.consoleFSticky(), hint: noLimit, kind: "seconds" },
    {
      at: "on_unanswered",
      label: (t) => t.consoleFOnUnanswered(),
      kind: "one",
      options: [
        { id: "requeue", name: (t) => t.consoleVRequeue() },
        { id: "return", name: (t) => t.consoleVReturn() },
        { id: "close", name: (t) => t.consoleVClose() },
      ],
    },
    { at: "transfers_join_end", label: (t) => t.consoleFTransfersJoinEnd(), kind: "switch" },
    { at: "manual_pick", label: (t) => t.consoleFManualPick(), kind: "switch" },
    { at: "limits.hours", section: limits, label: (t) => t.consoleFHours(), kind: "ref", of: "hours" },
    {
      at: "limits.on_close",
      label: (t) => t.consoleFOnClose(),
      kind: "one",
      when: (o) => Boolean(at(o, "limits.hours")),
      options: [
        { id: "", name: (t) => t.consoleVServe() },
        { id: "what_then", name: (t) => t.consoleVWhatThen() },
      ],
    },
    { at: "limits.max_waiting", label: (t) => t.consoleFMaxWaiting(), hint: noLimit, kind: "number" },
    { at: "limits.max_wait", label: (t) => t.consoleFMaxWait(), hint: noLimit, kind: "seconds" },
    {
      at: "limits.then",
      label: (t) => t.consoleFThen(),
      kind: "one",
      options: [
        { id: "", name: (t) => t.consoleVWait() },
        { id: "queue", name: (t) => t.consoleVOverflow() },
        { id: "close", name: (t) => t.consoleVClose() },
        { id: "leave_message", name: (t) => t.consoleVMessage() },
      ],
    },
    {
      at: "limits.then_queue",
      label: (t) => t.consoleFThenQueue(),
      kind: "ref",
      of: "queues",
      only: inUse,
      when: (o) => at(o, "limits.then") === "queue",
    },
    {
      at: "limits.then_text",
      label: (t) => t.consoleFThenText(),
      kind: "texts",
      when: (o) => ["close", "leave_message"].includes(String(at(o, "limits.then"))),
    },
    {
      at: "limits.keep_days",
      section: (t) => t.consoleSectionRetention(),
      label: (t) => t.consoleFKeepDays(),
      hint: (t) => t.consoleFKeepDaysHint(),
      kind: "number",
    },
    {
      at: "wrapup_required",
      section: (t) => t.consoleSectionWrapup(),
      label: (t) => t.consoleFRequired(),
      kind: "switch",
    },
    {
      at: "wrapup_reasons",
      label: (t) => t.consoleFWrapupReasons(),
      hint: (t) => t.consoleFWrapupReasonsHint(),
      kind: "refs",
      of: "reasons",
      only: (o) => o.kind === "wrapup" && inUse(o),
    },
    { at: "wrapup_auto", label: (t) => t.consoleFAutoWrapup(), hint: noLimit, kind: "seconds" },
    {
      at: "wrapup_default",
      label: (t) => t.consoleFWrapupDefault(),
      kind: "ref",
      of: "reasons",
      only: (o) => o.kind === "wrapup" && inUse(o),
      when: (o) => Boolean(o.wrapup_auto),
    },
  ],
};

export const reasons: Kind = {
  list: "reasons",
  path: "/admin/reasons",
  title: (t) => t.consoleReasons(),
  one: (t) => t.adminKindReason(),
  intro: (t) => t.consoleEmptyReasons(),
  fresh: { kind: "wrapup" },
  archives: true,
  fields: [
    nameField,
    {
      at: "kind",
      label: (t) => t.consoleFKind(),
      kind: "one",
      options: [
        { id: "wrapup", name: (t) => t.consoleVWrapup() },
        { id: "idle", name: (t) => t.consoleVIdle() },
      ],
    },
    {
      at: "group",
      label: (t) => t.consoleFReasonGroup(),
      hint: (t) => t.consoleFReasonGroupHint(),
      kind: "ref",
      of: "reasons",
      only: (o) => o.kind === "wrapup" && inUse(o),
      when: (o) => o.kind === "wrapup",
    },
    order,
  ],
};

export const templates: Kind = {
  list: "templates",
  path: "/admin/templates",
  title: (t) => t.consoleTemplates(),
  one: (t) => t.adminKindTemplate(),
  intro: (t) => t.consoleEmptyTemplates(),
  fresh: { follow_up: true },
  archives: true,
  fields: [
    nameField,
    { at: "group", label: (t) => t.consoleFGroup(), kind: "names" },
    {
      at: "text",
      label: (t) => t.consoleFText(),
      hint: (t) => t.consoleFTextHint({ variable: "@@customer_name" }),
      kind: "texts",
    },
    { at: "start", section: (t) => t.consoleSectionUse(), label: (t) => t.consoleFStart(), kind: "switch" },
    { at: "follow_up", label: (t) => t.consoleFFollowUp(), kind: "switch" },
    { at: "end", label: (t) => t.consoleFEnd(), kind: "switch" },
    { at: "teams", label: (t) => t.adminTeams(), kind: "refs", of: "teams" },
    order,
  ],
  preview: { below: "text", Of: TemplatePreview },
};

export const hours: Kind = {
  list: "hours",
  path: "/admin/hours",
  title: (t) => t.consoleHours(),
  one: (t) => t.consoleHours(),
  intro: (t) => t.consoleEmptyHours(),
  fresh: { schedule: { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, week: {} } },
  archives: false,
  fields: [
    nameField,
    { at: "schedule.zone", label: (t) => t.consoleZone(), kind: "zone" },
    {
      at: "schedule.week",
      label: (t) => t.consoleFDays(),
      hint: (t) => t.consoleFDaysHint({ hours: "09:00-12:00, 13:00-17:30" }),
      kind: "week",
    },
    { at: "schedule.holidays", label: (t) => t.consoleFHolidays(), kind: "holidays" },
  ],
};

export const assets: Kind = {
  list: "assets",
  path: "/admin/assets",
  title: (t) => t.adminAssets(),
  one: (t) => t.adminKindAsset(),
  intro: (t) => t.consoleEmptyAssets(),
  fresh: { languages: ["ar", "en"], language: "ar", color: "#1160b7" },
  archives: false,
  preview: { below: "color", Of: AssetPreview },
  fields: [
    nameField,
    { at: "queue", label: (t) => t.consoleFQueue(), kind: "ref", of: "queues", only: inUse },
    { at: "origins", label: (t) => t.consoleFOrigins(), hint: (t) => t.consoleFOriginsHint(), kind: "lines" },
    { at: "languages", label: (t) => t.consoleFLanguages(), kind: "languages" },
    {
      at: "language",
      label: (t) => t.consoleFLanguage(),
      kind: "one",
      options: languages,
    },
    { at: "color", label: (t) => t.consoleFColor(), kind: "color" },
    {
      at: "priority",
      section: (t) => t.consoleSectionRouting(),
      label: (t) => t.consoleFPriority(),
      hint: (t) => t.consoleFPriorityInherit(),
      kind: "number",
    },
    {
      ...requires,
      when: (o, config) => {
        const rule = config.queues?.find(({ id }) => id === o.queue)?.rule;
        return ["skills_longest", "skills_best"].includes(String(rule));
      },
    },
    {
      at: "form.email",
      section: (t) => t.consoleSectionForm(),
      label: (t) => t.consoleFFormEmail(),
      kind: "one",
      options: asks,
      unset: "optional",
    },
    { at: "form.phone", label: (t) => t.consoleFFormPhone(), kind: "one", options: asks, unset: "no" },
    questions,
    {
      at: "attachments.allowed",
      section: (t) => t.consoleSectionSafety(),
      label: (t) => t.adminAssetAttachments(),
      kind: "one",
      options: [
        { id: "", name: (t) => t.consoleVOn() },
        { id: "off", name: (t) => t.consoleVOff() },
      ],
    },
    { at: "attachments.max_files", label: (t) => t.consoleFMaxFiles(), hint: noLimitOf, kind: "number" },
    {
      at: "proof_of_work",
      section: (t) => t.consoleSectionAbuse(),
      label: (t) => t.consoleFWork(),
      hint: (t) => t.consoleFWorkHint(),
      kind: "one",
      options: [
        { id: "", name: (t) => t.consoleVOff() },
        { id: "light", name: (t) => t.consoleVWorkLight() },
        { id: "strong", name: (t) => t.consoleVWorkStrong() },
      ],
    },
  ],
};

export const skills: Kind = {
  list: "skills",
  path: "/admin/skills",
  title: (t) => t.consoleSkills(),
  one: (t) => t.consoleSkills(),
  intro: (t) => t.consoleEmptySkills(),
  fresh: { kind: "proficiency" },
  archives: true,
  fields: [
    nameField,
    {
      at: "kind",
      label: (t) => t.consoleFKind(),
      kind: "one",
      options: [
        { id: "proficiency", name: (t) => t.consoleVSkillProficiency() },
        { id: "boolean", name: (t) => t.consoleVSkillBoolean() },
        { id: "enum", name: (t) => t.consoleVSkillEnum() },
        { id: "text", name: (t) => t.consoleVSkillText() },
      ],
    },
    {
      at: "choices",
      label: (t) => t.consoleFChoices(),
      hint: (t) => t.consoleFChoicesHint(),
      kind: "lines",
      when: (o) => o.kind === "enum",
    },
    {
      at: "language",
      label: (t) => t.consoleFSkillLanguage(),
      kind: "one",
      when: (o) => o.kind === "proficiency" || o.kind === "boolean",
      options: [{ id: "", name: (t) => t.consoleFNone() }, ...languages],
    },
  ],
};

/** In the order of the ways to them. */
export const kinds = {
  users,
  roles,
  teams,
  queues,
  reasons,
  templates,
  hours,
  assets,
  skills,
  profiles,
  providers,
};

/** All that has a form; of the organization there is one, so it has no list. */
export const everyKind: readonly Kind[] = [...Object.values(kinds), organization];

/** The kind of a list. */
export const kindOf = (list: List): Kind => kinds[list];
