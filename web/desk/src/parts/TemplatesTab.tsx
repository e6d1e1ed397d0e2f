import { useState } from "react";
import { filterChoices, type Choice } from "../../../ui/src/choices";
import { Snippet } from "../../../ui/src/DirText";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { Phrase } from "../../../ui/src/Phrase";
import { SearchField } from "../../../ui/src/SearchField";
import type { Card } from "../../../protocol/src/types";
import { insertTemplate } from "../compose/insert";
import { useValues } from "../compose/useValues";
import { useDesk } from "../live/state";
import { fill, textFor } from "../model/templates";
import { useAside } from "./frame";
import s from "./TemplatesTab.module.css";

/** The templates one may use, by group; a press puts one into the compose box, filled for this conversation. */
export function TemplatesTab({ card }: { card: Card }) {
  const { t, lang } = useLanguage();
  const { conversation } = card;
  const values = useValues(card);
  const templates = useDesk((state) => state.setup.templates) ?? [];
  const customer = card.language === "ar" ? "ar" : "en";
  const aside = useAside();
  const [query, setQuery] = useState("");
  const choices: Choice[] = templates.map((template) => ({
    id: template.id,
    name: inLanguage(template.name, lang),
    also: [
      template.name.en,
      template.name.ar,
      template.group.en,
      template.group.ar,
      template.text.en,
      template.text.ar,
    ].join(" "),
  }));
  const found = new Set(filterChoices(choices, query).map((choice) => choice.id));
  const groups = new Map<string, typeof templates>();
  for (const template of templates) {
    if (found.has(template.id)) {
      const group = inLanguage(template.group, lang);
      groups.set(group, [...(groups.get(group) ?? []), template]);
    }
  }
  if (templates.length === 0) return <p className={s.none}>{t.templateNone()}</p>;
  return (
    <div className={s.templates}>
      <SearchField label={t.templateSearch()} value={query} onChange={setQuery} />
      {groups.size === 0 && (
        <p className={s.none}>
          <Phrase text={t.templateNoMatch({ q: query })} />
        </p>
      )}
      {[...groups].map(([group, members]) => (
        <section key={group}>
          {group && (
            <h2 className={s.group}>
              <bdi>{group}</bdi>
            </h2>
          )}
          <ul>
            {members.map((template) => (
              <li key={template.id}>
                <button
                  type="button"
                  className={s.template}
                  onClick={() => {
                    // What lies over the compose box makes way for it.
                    if (insertTemplate(conversation, template) && aside.drawer) aside.set(false);
                  }}
                >
                  <span className={s.name}>
                    <bdi>{inLanguage(template.name, lang)}</bdi>
                  </span>
                  <span className={s.text}>
                    <Snippet text={fill(textFor(template, customer), values)} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
