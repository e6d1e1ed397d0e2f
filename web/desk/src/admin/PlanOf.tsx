import { useMemo } from "react";
import { inLanguage } from "../../../ui/src/language";
import { Name } from "../../../ui/src/Phrase";
import { useWords, type Words } from "../console/words";
import { FieldChanges } from "./FieldChanges";
import { Searched } from "./Searched";
import type { Change, Plan } from "./source";
import s from "./AdminPage.module.css";

const kinds: Record<Change["kind"], (t: Words) => string> = {
  organization: (t) => t.adminKindOrganization(),
  team: (t) => t.adminKindTeam(),
  role: (t) => t.consoleRoleOne(),
  user: (t) => t.adminKindUser(),
  profile: (t) => t.adminKindProfile(),
  reason: (t) => t.adminKindReason(),
  queue: (t) => t.labelQueue(),
  asset: (t) => t.adminKindAsset(),
  template: (t) => t.adminKindTemplate(),
  hours: (t) => t.consoleHours(),
  skill: (t) => t.consoleSkills(),
  provider: (t) => t.consoleProviderOne(),
};

/** What a file would change, object by object, and what that does to those at work. */
export function PlanOf({ plan }: { plan: Plan }) {
  const { t, lang } = useWords();
  const { withdrawn, offered, closed, signed_out: signedOut } = plan.effects;
  const effects = [
    ...(signedOut > 0 ? [t.nPlanSignedOut({ n: signedOut })] : []),
    ...(withdrawn > 0 ? [t.nPlanWithdrawn({ n: withdrawn })] : []),
    ...(closed > 0 ? [t.nPlanClosed({ n: closed })] : []),
    ...(offered > 0 ? [t.nPlanOffered({ n: offered })] : []),
  ];
  const changes = useMemo(() => new Map(plan.changes.map((change) => [change.id, change])), [plan]);
  const choices = useMemo(
    () =>
      plan.changes.map(({ id, kind, name }) => ({
        id,
        name: inLanguage(name, lang),
        also: `${name.en} ${name.ar} ${kinds[kind](t)}`,
      })),
    [plan, t, lang],
  );
  if (plan.changes.length === 0) return <p role="status">{t.adminConfigurationNothing()}</p>;
  return (
    <>
      <Searched label={t.consoleSearch()} none={t.consoleNone} choices={choices}>
        {(found) => (
          <ul className={s.changes}>
            {found.map(({ id, name }) => {
              const change = changes.get(id);
              return change && <ChangeItem key={id} of={change} name={name} />;
            })}
          </ul>
        )}
      </Searched>
      <p role="status">{effects.length > 0 ? effects.join(" ") : t.adminConfigurationCalm()}</p>
    </>
  );
}

function ChangeItem({ of: change, name }: { of: Change; name: string }) {
  const { t } = useWords();
  return (
    <li className={s.change}>
      <strong>
        {`${kinds[change.kind](t)}: `}
        <Name text={name} />
      </strong>
      {change.new && <> · {t.adminConfigurationNew()}</>}
      <FieldChanges of={change.fields} />
    </li>
  );
}
