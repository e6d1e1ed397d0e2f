import { Button } from "../../../ui/src/Button";
import { Name } from "../../../ui/src/Phrase";
import { title, type Obj } from "./object";
import { permitted } from "./roles";
import { useWords } from "./words";
import s from "./Console.module.css";

/** A role that nobody made: what it permits, to be read. */
export function BuiltIn({ role, onBack }: { role: Obj; onBack(): void }) {
  const { t, lang } = useWords();
  const name = title(role, lang);
  return (
    <section className={s.form} aria-label={name}>
      <span className={s.back}>
        <Button onPress={onBack}>{t.consoleBack()}</Button>
      </span>
      <h2 className={s.name}>
        <Name text={name} />
      </h2>
      <p className={s.muted}>{t.consoleRoleBuiltInBody()}</p>
      <div className={s.field}>
        <h3>{t.consoleFPermissions()}</h3>
        <ul className={s.plain}>
          {permitted(role, t).map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
