// Other systems that say who somebody is.
import { nameField } from "./field";
import type { Kind } from "./kind";
import { rights } from "./people";

export const providers: Kind = {
  list: "providers",
  path: "/admin/providers",
  title: (t) => t.consoleProviderTitle(),
  one: (t) => t.consoleProviderOne(),
  intro: (t) => t.consoleEmptyProviders(),
  fresh: {},
  archives: true,
  fields: [
    nameField,
    {
      at: "issuer",
      label: (t) => t.consoleFIssuer(),
      hint: (t) => t.consoleFIssuerHint(),
      kind: "text",
    },
    { at: "client_id", label: (t) => t.consoleFClientId(), kind: "text" },
    { at: "scopes", label: (t) => t.consoleFScopes(), hint: (t) => t.consoleFScopesHint(), kind: "lines" },
    { at: "create", label: (t) => t.consoleFCreate(), hint: (t) => t.consoleFCreateHint(), kind: "switch" },
    {
      at: "ask_step",
      label: (t) => t.consoleFAskStep(),
      hint: (t) => t.consoleFAskStepHint(),
      kind: "switch",
    },
    {
      at: "rules",
      label: (t) => t.consoleFRules(),
      hint: (t) => t.consoleFRulesHint(),
      kind: "rows",
      row: {
        fields: [
          { at: "claim", label: (t) => t.consoleFClaim(), hint: (t) => t.consoleFClaimHint(), kind: "text" },
          { at: "value", label: (t) => t.consoleFValue(), kind: "text" },
          ...rights,
        ],
        add: (t) => t.consoleRowRuleAdd(),
        title: (t, n) => t.consoleRowRule({ n }),
        remove: (t, n) => t.consoleRowRuleRemove({ n }),
        fresh: () => ({ claim: "groups", value: "", roles: ["agent"] }),
      },
    },
  ],
};
