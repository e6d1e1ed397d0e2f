// Templates while they are chosen and put into the compose box: what a text
// becomes in this conversation, and which templates a search finds.
import { fold } from "../../../protocol/src/text/fold";
import { parseTemplate, templateVariables, type TemplateVariable } from "../../../protocol/src/text/template";
import type { Template } from "../../../protocol/src/types";
import { inLanguage, type Lang } from "../../../ui/src/language";

/** What stands for each variable in one conversation. */
export type Values = Readonly<Record<TemplateVariable, string>>;

/**
 * The text with its variables filled; its fields stand in it as <name>. A
 * variable without a value, as the name of a customer who gave none, is a
 * field too. Signs in a value are never one.
 */
export function fill(text: string, values: Values): string {
  return parseTemplate(text)
    .parts.map(({ kind, value }) => {
      const known = kind === "variable" && values[value as TemplateVariable].replace(/[<>]/g, "").trim();
      return known || (kind === "text" ? value : `<${value}>`);
    })
    .join("");
}

/** The names that fields can have: those of all templates in every language, and of the variables. */
export function fieldNames(templates: readonly Template[]): Set<string> {
  const names = templates
    .flatMap(({ text }) => [text.en, text.ar])
    .flatMap((text) => parseTemplate(text).parts)
    .filter((part) => part.kind === "field")
    .map((part) => part.value);
  return new Set([...templateVariables, ...names]);
}

/** The template's text in the customer's language, or else in the other one. */
export function textFor({ text }: Template, language: string): string {
  return language === "ar" ? text.ar || text.en : text.en || text.ar;
}

export interface TemplateGroup {
  name: string;
  templates: Template[];
}

/**
 * The templates whose name, group or text, in either language, has every word
 * of the query, by group; those that have them in the name come first.
 */
export function findTemplates(templates: readonly Template[], query: string, lang: Lang): TemplateGroup[] {
  const words = fold(query).split(" ").filter(Boolean);
  const groups = new Map<string, { template: Template; named: boolean }[]>();
  for (const template of templates) {
    const keys = keysOf(template);
    if (!words.every((word) => keys.all.includes(word))) continue;
    const group = inLanguage(template.group, lang);
    const found = { template, named: words.every((word) => keys.name.includes(word)) };
    groups.set(group, [...(groups.get(group) ?? []), found]);
  }
  const first = <T>(all: T[], named: (one: T) => boolean) => [
    ...all.filter(named),
    ...all.filter((one) => !named(one)),
  ];
  return first([...groups], ([, found]) => found.some((f) => f.named)).map(([name, found]) => ({
    name,
    templates: first(found, (f) => f.named).map((f) => f.template),
  }));
}

/** Folding is slow for every key of a search; a template does not change. */
const folded = new WeakMap<Template, { name: string; all: string }>();

function keysOf(template: Template): { name: string; all: string } {
  const known = folded.get(template);
  if (known) return known;
  const name = fold(`${template.name.en}\n${template.name.ar}`);
  const keys = {
    name,
    all: `${name} ${fold([template.group.en, template.group.ar, template.text.en, template.text.ar].join("\n"))}`,
  };
  folded.set(template, keys);
  return keys;
}
