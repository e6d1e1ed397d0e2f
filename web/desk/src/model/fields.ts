// The fields of a template, <order_number>, while they stand in the compose
// box: they are found by their names alone, so that undoing, a reload, or a
// draft from another tab needs nothing remembered beside the text.

/** A field that is still to be filled, and where its sign stands in the text. */
export interface Field {
  name: string;
  start: number;
  end: number;
}

const sign = /<([^<>\n]+)>/g;

/** The open fields of a text, in order: what looks like one and bears the name of one. */
export function openFields(text: string, names: ReadonlySet<string>): Field[] {
  if (names.size === 0 || !text.includes("<")) return [];
  return [...text.matchAll(sign)]
    .filter((match) => names.has(match[1] ?? ""))
    .map((match) => ({ name: match[1] ?? "", start: match.index, end: match.index + match[0].length }));
}

/** How a field is called in a sentence: its low lines are spaces. */
export const fieldTitle = (name: string): string => name.replaceAll("_", " ").trim();

/** The text with every field blanked out: as long as before, and nothing in it is a field's. */
export function withoutFields(text: string, fields: readonly Field[]): string {
  let out = text;
  for (const { start, end } of fields) out = out.slice(0, start) + " ".repeat(end - start) + out.slice(end);
  return out;
}

/** The field that Tab goes to from here: the next one behind, or with back the one before. */
export function nextField(
  fields: readonly Field[],
  from: { start: number; end: number },
  back: boolean,
): Field | undefined {
  return back
    ? fields.findLast((field) => field.end <= from.start && field.start < from.start)
    : fields.find((field) => field.start >= from.end && field.end > from.end);
}

/** The field that a caret has been set into; a caret at its edge is outside. */
export function fieldAround(fields: readonly Field[], caret: number): Field | undefined {
  return fields.find((field) => field.start < caret && caret < field.end);
}
