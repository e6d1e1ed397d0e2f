// The organization itself: one object, whose form is this description.
import { languages, nameField, type FieldSpec, type Said } from "./field";
import type { Kind } from "./kind";

const seconds = (name: string, label: Said, hint?: Said): FieldSpec => ({
  at: `settings.${name}`,
  label,
  kind: "seconds",
  ...(hint ? { hint } : {}),
});
const number = (name: string, label: Said): FieldSpec => ({
  at: `settings.${name}`,
  label,
  kind: "number",
});
const onOff = (name: string, label: Said, hint?: Said): FieldSpec => ({
  at: `settings.${name}`,
  label,
  kind: "switch",
  ...(hint ? { hint } : {}),
});

export const organization: Kind = {
  list: "organization",
  path: "/admin/organization",
  title: (t) => t.adminKindOrganization(),
  one: (t) => t.adminKindOrganization(),
  intro: (t) => t.adminKindOrganization(),
  fresh: {},
  archives: false,
  fields: [
    nameField,
    {
      at: "language",
      label: (t) => t.consoleFLanguage(),
      kind: "one",
      options: languages,
    },
    { at: "time_zone", label: (t) => t.consoleZone(), kind: "zone" },
    {
      at: "settings.digits",
      label: (t) => t.consoleFDigits(),
      kind: "one",
      options: [
        { id: "latn", name: () => "123" },
        { id: "arab", name: () => "١٢٣" },
      ],
    },
    {
      at: "settings.hour_cycle",
      label: (t) => t.consoleFHourCycle(),
      kind: "one",
      numeric: true,
      options: [
        { id: "24", name: () => "16:30" },
        { id: "12", name: () => "4:30" },
      ],
    },
    {
      ...seconds("rona", (t) => t.consoleFRona()),
      section: (t) => t.consoleSectionRouting(),
    },
    number("capacity", (t) => t.consoleFCapacity()),
    number("open_offers", (t) => t.consoleFOpenOffers()),
    onOff("exclusive", (t) => t.consoleFExclusive()),
    number("answer_factor_most", (t) => t.consoleFAnswerFactor()),
    seconds(
      "ageing",
      (t) => t.consoleFAgeing(),
      (t) => t.consoleFAgeingHint(),
    ),
    seconds(
      "no_agent_after",
      (t) => t.consoleFNoAgentAfter(),
      (t) => t.consoleFNever(),
    ),
    onOff("allow_decline", (t) => t.consoleFAllowDecline()),
    onOff("allow_reserved", (t) => t.consoleFAllowReserved()),
    seconds("reason_changeable", (t) => t.consoleFReasonChangeable()),
    seconds("reply_target", (t) => t.consoleFReplyTarget()),
    { ...seconds("grace", (t) => t.consoleFGrace()), section: (t) => t.consoleSectionLost() },
    seconds("notice_to_customer", (t) => t.consoleFNoticeToCustomer()),
    seconds("customer_unseen", (t) => t.consoleFCustomerUnseen()),
    seconds("customer_gone", (t) => t.consoleFCustomerGone()),
    seconds(
      "inactivity_close",
      (t) => t.consoleFInactivityClose(),
      (t) => t.consoleFNever(),
    ),
    seconds("inactivity_warning", (t) => t.consoleFInactivityWarning()),
    {
      at: "settings.mask",
      section: (t) => t.consoleSectionMasking(),
      label: (t) => t.consoleFMask(),
      hint: (t) => t.consoleFMaskHint(),
      kind: "lines",
    },
    onOff(
      "hide_contact",
      (t) => t.consoleFHideContact(),
      (t) => t.consoleFHideContactHint(),
    ),
  ],
};
