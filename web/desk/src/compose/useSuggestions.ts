import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { announce } from "../../../ui/src/announce";
import { inLanguage, useLanguage } from "../../../ui/src/language";
import { fold } from "../../../protocol/src/text/fold";
import { templateVariables, type TemplateVariable } from "../../../protocol/src/text/template";
import type { Template } from "../../../protocol/src/types";
import { triggerAt, type Trigger } from "../model/suggestions";
import { fill, findTemplates, textFor, type Values } from "../model/templates";

/** One thing that can be chosen while one types. */
export interface Suggestion {
  id: string;
  name: string;
  /** What choosing it puts into the box. */
  text: string;
}

export interface Suggestions {
  of: Trigger["of"];
  query: string;
  groups: { name: string; options: Suggestion[] }[];
  /** The option that Enter chooses. */
  active: Suggestion | undefined;
  move(step: 1 | -1): void;
  close(): void;
  /** The stretch of the text that a choice replaces. */
  from: number;
}

/** More than anybody looks through; a longer search finds them. */
const most = 50;

/** The list that opens above the compose box while one types, if one does. */
export function useSuggestions(
  text: string,
  caret: number | undefined,
  templates: readonly Template[],
  values: Values,
  language: string,
): Suggestions | undefined {
  const { t, lang } = useLanguage();
  const trigger = caret === undefined ? undefined : triggerAt(text, caret);
  const [closed, setClosed] = useState<string>();
  const [chosen, choose] = useState({ query: "", at: 0 });
  const place = trigger && `${trigger.of} ${trigger.from}`;
  // Closed for as long as the same word is being typed.
  if (closed !== undefined && closed !== place) setClosed(undefined);
  const of = trigger?.of;
  const query = trigger?.query ?? "";
  const groups = useMemo(() => {
    if (of === "templates") {
      return findTemplates(templates, query, lang)
        .map(({ name, templates: found }) => ({
          name,
          options: found.map((template) => ({
            id: template.id,
            name: inLanguage(template.name, lang),
            text: fill(textFor(template, language), values),
          })),
        }))
        .map((group) => ({ ...group, options: group.options.slice(0, most) }));
    }
    if (of === "variables") return [{ name: t.templateVariables(), options: variables(query, values, t) }];
    return [];
  }, [of, query, templates, values, language, lang, t]);
  const options = useMemo(() => groups.flatMap((group) => group.options), [groups]);
  const open = trigger !== undefined && place !== closed && (templates.length > 0 || of === "variables");

  const count = open ? options.length : -1;
  const tell = useEffectEvent((n: number) => announce(t.nResults({ n })));
  useEffect(() => {
    if (count >= 0) tell(count);
  }, [count]);

  if (!open || !of) return undefined;
  const at = chosen.query === query ? Math.min(chosen.at, options.length - 1) : 0;
  return {
    of,
    query,
    groups: groups.filter((group) => group.options.length > 0),
    active: options[at],
    from: trigger.from,
    move: (step) => choose({ query, at: (at + step + options.length) % Math.max(1, options.length) }),
    close: () => setClosed(place),
  };
}

function variables(query: string, values: Values, t: ReturnType<typeof useLanguage>["t"]): Suggestion[] {
  const names: Record<TemplateVariable, string> = {
    customer_name: t.templateVarCustomerName(),
    agent_name: t.templateVarAgentName(),
    queue: t.templateVarQueue(),
    conversation: t.templateVarConversation(),
    organization: t.templateVarOrganization(),
  };
  const wanted = fold(query);
  return templateVariables
    .filter((name) => values[name] !== "" && (fold(names[name]).includes(wanted) || name.includes(wanted)))
    .map((name) => ({ id: name, name: names[name], text: values[name] }));
}
