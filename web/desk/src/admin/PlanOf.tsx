import { inLanguage } from "../../../ui/src/language";
import { Code, Name } from "../../../ui/src/Phrase";
import { useWords, type Words } from "../console/words";
import type { Change, Plan } from "./source";
import s from "./AdminPage.module.css";

const kinds: Record<Change["kind"], (t: Words) => string> = {
  organization: (t) => t.adminKindOrganization(),
  team: (t) => t.adminKindTeam(),
  user: (t) => t.adminKindUser(),
  profile: (t) => t.adminKindProfile(),
  reason: (t) => t.adminKindReason(),
  queue: (t) => t.labelQueue(),
  asset: (t) => t.adminKindAsset(),
  template: (t) => t.adminKindTemplate(),
  hours: (t) => t.consoleHours(),
  skill: (t) => t.consoleSkills(),
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
  if (plan.changes.length === 0) return <p role="status">{t.adminConfigurationNothing()}</p>;
  return (
    <>
      <ul className={s.changes}>
        {plan.changes.map((change) => (
          <li key={change.id} className={s.change}>
            <strong>
              {`${kinds[change.kind](t)}: `}
              <Name text={inLanguage(change.name, lang)} />
            </strong>
            {change.new && <> · {t.adminConfigurationNew()}</>}
            {change.fields.length > 0 && (
              <ul>
                {change.fields.map((field) => (
                  <li key={field.field}>
                    <bdi dir="ltr">
                      <Code>{field.field}</Code>: <Code>{field.from}</Code> → <Code>{field.to}</Code>
                    </bdi>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      <p role="status">{effects.length > 0 ? effects.join(" ") : t.adminConfigurationCalm()}</p>
    </>
  );
}
