import { useState } from "react";
import { newId } from "../../../protocol/src/socket";
import { Button } from "../../../ui/src/Button";
import { Field } from "../../../ui/src/Field";
import { plain } from "../../../ui/src/Phrase";
import { problemText } from "../parts/problems";
import { Frame } from "./Frame";
import type { Saved } from "./saved";
import { useWords } from "./words";
import s from "./Setup.module.css";

/** Who else answers; or nobody yet. */
export function TeamStep({ saved, onBack }: { saved: Saved; onBack(): void }) {
  const { t } = useWords();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [wrong, setWrong] = useState<{ name?: string; email?: string }>({});
  const [failure, fail] = useState("");
  const [invited, setInvited] = useState<{ name: string; link: string }[]>([]);

  const invite = async () => {
    const address = email.trim().toLowerCase();
    const next = {
      ...(name.trim() === "" ? { name: t.errorNameInvalidPlain() } : {}),
      ...(/^\S+@\S+\.\S+$/.test(address) ? {} : { email: t.errorEmailInvalidPlain() }),
    };
    setWrong(next);
    fail("");
    if (Object.keys(next).length > 0) return false;
    const teams = (saved.whole.teams ?? []).map(({ id }) => id);
    const user = { id: `user-${newId()}`, name: name.trim(), email: address, roles: ["agent"], teams };
    if (!(await saved.save({ users: [user] }))) return false;
    try {
      const made = (await saved.source.load()).users?.find((one) => one.email === address);
      if (made) {
        const { path } = await saved.source.invite(made.id);
        setInvited((list) => [...list, { name: made.name, link: location.origin + path }]);
      }
      setName("");
      setEmail("");
      return true;
    } catch (error) {
      fail(problemText(error, t));
      return false;
    }
  };
  const next = async () => {
    // Whoever is written down and not yet invited is not forgotten.
    if ((name.trim() !== "" || email.trim() !== "") && !(await invite())) return;
    if (name.trim() === "" && email.trim() === "") void saved.save({}, "team");
  };

  return (
    <Frame
      step="team"
      title={t.wizTeam()}
      refused={failure || saved.refused}
      busy={saved.busy}
      onNext={() => void next()}
      onBack={onBack}
      onSkip={() => void saved.save({}, "team")}
    >
      <p>{t.wizTeamIntro()}</p>
      <div className={s.pair}>
        <Field
          label={t.labelName()}
          name="name"
          dir="auto"
          autoComplete="off"
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
      </div>
      <span>
        <Button onPress={() => void invite()} unavailable={saved.busy ? "" : undefined}>
          {t.wizTeamAdd()}
        </Button>
      </span>
      {invited.length > 0 && (
        <section className={s.group} aria-labelledby="invited">
          <h2 id="invited">{t.wizTeamInvited()}</h2>
          {invited.map((one) => (
            <Field
              key={one.link}
              label={plain(t.wizTeamLink({ name: one.name }))}
              readOnly
              dir="ltr"
              value={one.link}
              onFocus={(event) => event.target.select()}
            />
          ))}
        </section>
      )}
    </Frame>
  );
}
