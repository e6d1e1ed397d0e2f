import { blank, normalizeMessage } from "./message";

/** The longest name of a field in a template, in characters. */
export const fieldLimit = 60;

/**
 * One piece of a template, in order. value is the text itself, or the name of
 * the variable (@@name, filled from the conversation) or field (<name>, filled
 * by the agent) without its signs.
 */
export interface TemplatePart {
  kind: "text" | "variable" | "field";
  value: string;
}

/** Something that is neither text, variable nor field; it stands in the parts as text. */
export interface TemplateFault {
  reason: "unknown_variable" | "unclosed_field" | "empty_field" | "long_field" | "stray_sign";
  /** In code points of the normalized text, from 0. */
  position: number;
}

/** The names that @@ can be followed by. */
export const templateVariables = [
  "agent_name",
  "conversation",
  "customer_name",
  "organization",
  "queue",
] as const;
export type TemplateVariable = (typeof templateVariables)[number];

// Every match is one piece; what lies between two is text.
const piece = /@@(?<variable>[a-z0-9_]+)|<(?<field>[^<>\n]*)>|<|>/g;

/**
 * The parts of a template's text, normalized: no two texts stand side by side,
 * none is empty, and the parts joined with their signs are that text again.
 */
export function parseTemplate(template: string): { parts: TemplatePart[]; faults: TemplateFault[] } {
  const text = normalizeMessage(template);
  const parts: TemplatePart[] = [];
  const faults: TemplateFault[] = [];
  let taken = 0;
  const part = (kind: "variable" | "field", value: string, from: number, to: number) => {
    if (from > taken) parts.push({ kind: "text", value: text.slice(taken, from) });
    parts.push({ kind, value });
    taken = to;
  };
  for (const match of text.matchAll(piece)) {
    const { variable, field } = match.groups as { variable?: string; field?: string };
    const reason = faultOf(match[0], variable, field);
    if (reason) faults.push({ reason, position: [...text.slice(0, match.index)].length });
    else if (variable) part("variable", variable, match.index, match.index + match[0].length);
    else if (field) part("field", field, match.index, match.index + match[0].length);
  }
  if (taken < text.length) parts.push({ kind: "text", value: text.slice(taken) });
  return { parts, faults };
}

function faultOf(match: string, variable?: string, field?: string): TemplateFault["reason"] | undefined {
  if (variable !== undefined) {
    return (templateVariables as readonly string[]).includes(variable) ? undefined : "unknown_variable";
  }
  if (field === undefined) return match === "<" ? "unclosed_field" : "stray_sign";
  if (blank(field)) return "empty_field";
  return [...field].length > fieldLimit ? "long_field" : undefined;
}
