import { Pencil, UserPlus } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { Button } from "../../../ui/src/Button";
import { inLanguage } from "../../../ui/src/language";
import { Code, Name, plain } from "../../../ui/src/Phrase";
import { confirmDone } from "../../../ui/src/Toasts";
import { useWords } from "../account/words";
import { useGo } from "../address";
import { Failure } from "../parts/Failure";
import { useLoaded } from "../parts/useLoaded";
import { AdminPage } from "./AdminPage";
import { InvitationDialog } from "./InvitationDialog";
import type { Invitation, OwnRole, Team, User, UserSource } from "./source";
import { NewUserDialog, roleName } from "./NewUserDialog";
import { Searched } from "./Searched";
import { StepRule } from "./StepRule";
import s from "./AdminPage.module.css";

/** Everybody who may sign in: adding them, inviting them, and taking the right away. */
export function UserList({ source }: { source: UserSource }) {
  const { t } = useWords();
  const go = useGo();
  const { value, failure, fail, load } = useLoaded(
    useCallback(
      () => Promise.all([source.load(), source.steps()]).then(([config, steps]) => ({ config, steps })),
      [source],
    ),
  );
  const config = value?.config;
  const [adding, add] = useState(false);
  const [invited, invite] = useState<{ user: User; invitation: Invitation }>();
  const users = useMemo(() => new Map(config?.users?.map((user) => [user.id, user])), [config]);
  const teams = useMemo(() => new Map(config?.teams?.map((team) => [team.id, team])), [config]);
  const secured = useMemo(() => new Set(value?.steps), [value]);
  const choices = useMemo(
    () => [...users.values()].map(({ id, name, email }) => ({ id, name, also: email })),
    [users],
  );

  const ask = (user: User) => source.invite(user.id).then((invitation) => invite({ user, invitation }), fail);
  const saved = (what: string) => {
    confirmDone(what);
    return load();
  };
  const change = (user: User, disabled: boolean) =>
    config && source.save(config, [{ ...user, disabled }]).then(() => saved(t.adminSaved()), fail);
  const reset = (user: User) =>
    source.resetStep(user.id).then(() => saved(t.accountUsersResetDone({ name: user.name })), fail);
  const added = async (email: string) => {
    add(false);
    const user = (await saved(t.adminSaved()))?.config.users?.find((one) => one.email === email);
    if (user) await ask(user);
  };

  return (
    <AdminPage
      title={t.adminUsers()}
      actions={
        <Button
          look="primary"
          icon={<UserPlus size={18} aria-hidden="true" />}
          unavailable={config ? undefined : ""}
          onPress={() => add(true)}
        >
          {t.adminUserAdd()}
        </Button>
      }
    >
      <Failure of={failure} again={() => void load()} />
      {config && (
        <StepRule config={config} source={source} onSaved={() => saved(t.adminSaved())} onFailed={fail} />
      )}
      <Searched label={t.labelSearchUsers()} none={t.adminUsersNone} choices={choices}>
        {(found) => (
          <ul className={s.list}>
            {found.map(({ id }) => {
              const user = users.get(id);
              if (!user) return null;
              return (
                <li key={id} className={s.item}>
                  <UserWords
                    user={user}
                    roles={config?.roles ?? []}
                    teams={teams}
                    secured={secured.has(id)}
                  />
                  <span className={s.actions}>
                    <Button
                      icon={<Pencil size={18} aria-hidden="true" />}
                      onPress={() => go(`/admin/users?id=${encodeURIComponent(id)}`)}
                    >
                      {t.actionEdit()}
                    </Button>
                    {secured.has(id) && (
                      <Button
                        aria-label={plain(t.accountUsersResetOf({ name: user.name }))}
                        onPress={() => void reset(user)}
                      >
                        {t.accountUsersReset()}
                      </Button>
                    )}
                    {!user.disabled && <Button onPress={() => void ask(user)}>{t.adminUserInvite()}</Button>}
                    <Button onPress={() => void change(user, !user.disabled)}>
                      {user.disabled ? t.adminUserEnable() : t.adminUserDisable()}
                    </Button>
                  </span>
                </li>
              );
            })}
          </ul>
        )}
      </Searched>
      {adding && config && (
        <NewUserDialog config={config} source={source} onClose={() => add(false)} onAdded={added} />
      )}
      {invited && (
        <InvitationDialog
          name={invited.user.name}
          invitation={invited.invitation}
          onClose={() => invite(undefined)}
        />
      )}
    </AdminPage>
  );
}

interface UserWordsProps {
  user: User;
  roles: readonly OwnRole[];
  teams: ReadonlyMap<string, Team>;
  secured: boolean;
}

function UserWords({ user, roles: made, teams, secured }: UserWordsProps) {
  const { t, lang } = useWords();
  const roles = (user.roles ?? []).map((role) => roleName(role, t, made));
  const own = (user.teams ?? []).flatMap((id) => teams.get(id) ?? []);
  return (
    <div className={s.words}>
      <h2>
        <Name text={user.name} />
      </h2>
      <p className={s.muted}>
        <Code>{user.email}</Code>
      </p>
      <p className={s.tags}>
        {user.disabled && <span className={s.off}>{t.adminUserDisabled()}</span>}
        {secured && <span>{t.accountUsersHas()}</span>}
        {roles.map((role) => (
          <Name key={role} text={role} />
        ))}
        {own.map((team) => (
          <Name key={team.id} text={inLanguage({ en: "", ar: "", ...team.name }, lang)} />
        ))}
      </p>
    </div>
  );
}
