import { useRef, useState, type FormEvent } from "react";
import type { Messages } from "../../../locales";
import { newId } from "../../../protocol/src/socket";
import { Button } from "../../../ui/src/Button";
import { Dialog } from "../../../ui/src/Dialog";
import { Field } from "../../../ui/src/Field";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Name, Phrase } from "../../../ui/src/Phrase";
import { Switch } from "../../../ui/src/Switch";
import { problemText } from "../parts/problems";
import type { Configuration, OwnRole, UserSource } from "./source";
import { TeamSwitches } from "./TeamSwitches";
import s from "./AdminPage.module.css";

const builtIn = ["agent", "supervisor", "administrator"] as const;

/** What a role is called: built in, or one that was made here. */
export function roleName(role: string, t: Messages, made: readonly OwnRole[] = []): string {
  switch (role) {
    case "agent":
      return t.roleAgent();
    case "supervisor":
      return t.roleSupervisor();
    case "administrator":
      return t.roleAdministrator();
    default:
      return inLanguage({ en: role, ar: "", ...made.find(({ id }) => id === role)?.name }, t.lang);
  }
}

export interface NewUserDialogProps {
  config: Configuration;
  source: UserSource;
  onClose(): void;
  onAdded(email: string): void;
}

/** Somebody new: who they are, what they may do and whom they work with. */
export function NewUserDialog({ config, source, onClose, onAdded }: NewUserDialogProps) {
  const { t } = useLanguage();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRoles] = useState<string[]>(["agent"]);
  const [team, setTeams] = useState<string[]>(config.teams?.length === 1 ? [config.teams[0]?.id ?? ""] : []);
  const [wrong, setWrong] = useState<{ name?: string; email?: string; roles?: string }>({});
  const [refused, refuse] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // The same word however often it is sent: one person, not two.
  const roles = [...builtIn, ...(config.roles ?? []).filter((one) => !one.archived).map(({ id }) => id)];
  const [word] = useState(() => `user-${newId()}`);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (busy) return;
    const address = email.trim().toLowerCase();
    const next: typeof wrong = {
      ...(name.trim() === "" ? { name: t.errorNameInvalidPlain() } : {}),
      ...(/^\S+@\S+\.\S+$/.test(address) ? {} : { email: t.errorEmailInvalidPlain() }),
      ...(role.length === 0 ? { roles: t.adminUserRolesMissing() } : {}),
    };
    setWrong(next);
    refuse("");
    const first = Object.keys(next)[0];
    if (first)
      return form.current
        ?.querySelector<HTMLElement>(`[name="${first}"], [data-name="${first}"] input`)
        ?.focus();
    setBusy(true);
    const user = { id: word, name: name.trim(), email: address, roles: role, teams: team };
    source.save(config, [user]).then(
      () => onAdded(address),
      (error: unknown) => {
        refuse(problemText(error, t));
        setBusy(false);
      },
    );
  };
  const toggled = (list: string[], one: string, on: boolean) =>
    on ? [...list, one] : list.filter((other) => other !== one);

  return (
    <Dialog
      title={t.adminUserAdd()}
      closeLabel={t.actionClose()}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.actionCancel()}</Button>
          <Button look="primary" onPress={() => submit()} unavailable={busy ? "" : undefined}>
            {t.actionSave()}
          </Button>
        </>
      }
    >
      <form ref={form} className={s.form} onSubmit={submit} noValidate>
        <Field
          label={t.labelName()}
          name="name"
          dir="auto"
          autoComplete="off"
          autoFocus
          value={name}
          error={wrong.name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t.labelEmail()}
          name="email"
          type="email"
          dir="ltr"
          autoComplete="off"
          value={email}
          error={wrong.email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <fieldset className={s.group} data-name="roles">
          <legend>{t.adminUserRoles()}</legend>
          {roles.map((one) => (
            <Switch
              key={one}
              on={role.includes(one)}
              onChange={(on) => setRoles((list) => toggled(list, one, on))}
            >
              <Name text={roleName(one, t, config.roles)} />
            </Switch>
          ))}
          {wrong.roles && <p className={s.failure}>{wrong.roles}</p>}
        </fieldset>
        {(config.teams?.length ?? 0) > 0 && (
          <TeamSwitches teams={config.teams ?? []} chosen={team} onChange={setTeams} />
        )}
        {refused && (
          <p role="alert" className={s.failure}>
            <Phrase text={refused} />
          </p>
        )}
      </form>
    </Dialog>
  );
}
