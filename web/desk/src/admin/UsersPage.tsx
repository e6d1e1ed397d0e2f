import { Pencil, UserPlus } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { Button } from "../../../ui/src/Button";
import { inLanguage } from "../../../ui/src/language";
import { Code, Name, Phrase, plain } from "../../../ui/src/Phrase";
import { confirmDone } from "../../../ui/src/Toasts";
import { useWords } from "../account/words";
import { useGo } from "../address";
import { problemText } from "../parts/problems";
import { AdminPage } from "./AdminPage";
import { InvitationDialog } from "./InvitationDialog";
import type { Configuration, Invitation, User, UserSource } from "./source";
import { NewUserDialog, roleName } from "./NewUserDialog";
import { Searched } from "./Searched";
import { StepRule } from "./StepRule";
import s from "./AdminPage.module.css";

/** Everybody who may sign in: adding them, inviting them, and taking the right away. */
export function UserList({ source }: { source: UserSource }) {
  const { t } = useWords();
  const [secured, setSecured] = useState<ReadonlySet<string>>(new Set());
  const go = useGo();
  const [config, setConfig] = useState<Configuration>();
  const [failure, fail] = useState("");
  const [adding, add] = useState(false);
  const [invited, invite] = useState<{ user: User; invitation: Invitation }>();
  const load = useCallback(
    () =>
      Promise.all([source.load(), source.steps()]).then(
        ([all, steps]) => {
          setConfig(all);
          setSecured(new Set(steps));
          fail("");
          return all;
        },
        (error: unknown) => {
          fail(problemText(error, t));
          return undefined;
        },
      ),
    [source, t],
  );
  useEffect(() => void load(), [load]);
  const users = useMemo(() => new Map(config?.users?.map((user) => [user.id, user])), [config]);
  const choices = useMemo(
    () => [...users.values()].map(({ id, name, email }) => ({ id, name, also: email })),
    [users],
  );

  const ask = (user: User) =>
    source.invite(user.id).then(
      (invitation) => invite({ user, invitation }),
      (error: unknown) => fail(problemText(error, t)),
    );
  const change = (user: User, disabled: boolean) => {
    if (!config) return;
    source.save(config, [{ ...user, disabled }]).then(
      () => {
        confirmDone(t.adminSaved());
        void load();
      },
      (error: unknown) => fail(problemText(error, t)),
    );
  };
  const reset = (user: User) =>
    source.resetStep(user.id).then(
      () => {
        confirmDone(t.accountUsersResetDone({ name: user.name }));
        void load();
      },
      (error: unknown) => fail(problemText(error, t)),
    );
  const added = async (email: string) => {
    add(false);
    confirmDone(t.adminSaved());
    const user = (await load())?.users?.find((one) => one.email === email);
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
      {failure && (
        <p role="alert" className={s.failure}>
          <Phrase text={failure} /> <Button onPress={() => void load()}>{t.actionRetry()}</Button>
        </p>
      )}
      {config && (
        <StepRule
          config={config}
          source={source}
          onSaved={() => void load()}
          onFailed={(error) => fail(problemText(error, t))}
        />
      )}
      <Searched label={t.labelSearchUsers()} none={t.adminUsersNone} choices={choices}>
        {(found) => (
          <ul className={s.list}>
            {found.map(({ id }) => {
              const user = users.get(id);
              if (!user || !config) return null;
              return (
                <li key={id} className={s.item}>
                  <UserWords user={user} config={config} secured={secured.has(id)} />
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
                    <Button onPress={() => change(user, !user.disabled)}>
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
  config: Configuration;
  secured: boolean;
}

function UserWords({ user, config, secured }: UserWordsProps) {
  const { t, lang } = useWords();
  const roles = (user.roles ?? []).map((role) => roleName(role, t));
  const teams = (user.teams ?? []).flatMap((id) => config.teams?.find((team) => team.id === id) ?? []);
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
          <span key={role}>{role}</span>
        ))}
        {teams.map((team) => (
          <Name key={team.id} text={inLanguage({ en: "", ar: "", ...team.name }, lang)} />
        ))}
      </p>
    </div>
  );
}
