// When the compose box offers a list while one types: templates after a slash
// at the beginning of a line, variables after two at signs.

export interface Trigger {
  of: "templates" | "variables";
  /** The stretch that a choice replaces ends at the caret and starts here. */
  from: number;
  query: string;
}

/** A search for a template is no longer than so: beyond, the line is a text that begins with a slash. */
const longestQuery = 40;

/** What the text before the caret asks for. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const start = text.lastIndexOf("\n", caret - 1) + 1;
  const line = text.slice(start, caret);
  const variable = /@@([a-z_]*)$/.exec(line);
  if (variable) return { of: "variables", from: caret - variable[0].length, query: variable[1] ?? "" };
  if (line.startsWith("/") && !line.startsWith("//") && line.length <= longestQuery)
    return { of: "templates", from: start, query: line.slice(1) };
  return undefined;
}
