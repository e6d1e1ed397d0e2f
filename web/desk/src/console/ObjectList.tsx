import { useMemo } from "react";
import { Name } from "../../../ui/src/Phrase";
import { Link } from "../address";
import { Searched } from "../admin/Searched";
import type { Kind } from "./kind";
import { choiceOf, type Obj } from "./object";
import { useWords } from "./words";
import s from "./Console.module.css";

export interface ObjectListProps {
  kind: Kind;
  objects: readonly Obj[];
  /** Those that nobody made. */
  builtIn: readonly Obj[];
  /** Which of them is shown beside the list. */
  chosen: string | null;
  /** Which of them are changed and not saved. */
  dirty: ReadonlySet<string>;
}

/** Everything of a kind, what is archived last, each a way to its form. */
export function ObjectList({ kind, objects, builtIn, chosen, dirty }: ObjectListProps) {
  const { t, lang } = useWords();
  const { choices, byId } = useMemo(() => {
    const known = new Map(objects.map((object) => [object.id, object]));
    const compare = new Intl.Collator(lang).compare;
    const named = objects
      .map((o) => choiceOf(o, lang, objects))
      .sort((a, b) => {
        const last = Number(known.get(a.id)?.archived ?? false) - Number(known.get(b.id)?.archived ?? false);
        return last || compare(a.name, b.name);
      });
    return { choices: named, byId: known };
  }, [objects, lang]);
  return (
    <nav className={s.list} aria-label={kind.title(t)}>
      {builtIn.length > 0 && (
        <ul>
          {builtIn.map((one) => (
            <li key={one.id}>
              <Link
                to={`${kind.path}?id=${encodeURIComponent(one.id)}`}
                className={s.item}
                aria-current={one.id === chosen ? "true" : undefined}
              >
                <Name text={choiceOf(one, lang).name} />
                <span className={s.tag}>{t.consoleRoleBuiltIn()}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {objects.length === 0 && builtIn.length === 0 && <p className={s.muted}>{t.consoleNothing()}</p>}
      <Searched label={t.consoleSearch()} none={t.consoleNone} choices={choices}>
        {(found) => (
          <ul>
            {found.map(({ id, name }) => (
              <li key={id}>
                <Link
                  to={`${kind.path}?id=${encodeURIComponent(id)}`}
                  className={s.item}
                  aria-current={id === chosen ? "true" : undefined}
                >
                  <Name text={name} />
                  {dirty.has(id) && <span className={s.tag}>{t.consoleDirty()}</span>}
                  {byId.get(id)?.archived && <span className={s.tag}>{t.consoleArchived()}</span>}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Searched>
    </nav>
  );
}
