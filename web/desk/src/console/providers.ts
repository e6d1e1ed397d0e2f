// Other systems that say who somebody is.
import type { Kind } from "./kind";

export const providers: Kind = {
  list: "providers",
  path: "/admin/providers",
  title: (t) => t.consoleProviderTitle(),
  one: (t) => t.consoleProviderOne(),
  intro: (t) => t.consoleEmptyProviders(),
  fresh: {},
  archives: true,
  fields: [
    { at: "name", label: (t) => t.consoleName(), kind: "names" },
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
          {
            at: "roles",
            label: (t) => t.adminUserRoles(),
            kind: "some",
            options: [
              { id: "agent", name: (t) => t.roleAgent() },
              { id: "supervisor", name: (t) => t.roleSupervisor() },
              { id: "administrator", name: (t) => t.roleAdministrator() },
            ],
          },
          { at: "teams", label: (t) => t.adminTeams(), kind: "refs", of: "teams" },
        ],
        add: (t) => t.consoleRowRuleAdd(),
        title: (t, n) => t.consoleRowRule({ n }),
        remove: (t, n) => t.consoleRowRuleRemove({ n }),
        fresh: () => ({ claim: "groups", value: "", roles: ["agent"] }),
      },
    },
  ],
};
