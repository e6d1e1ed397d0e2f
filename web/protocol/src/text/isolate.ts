/**
 * Wraps text between U+2068 and U+2069 so that it does not change the order
 * of what stands around it in plain text: a title, a notification, a label.
 * Isolates inside that are not in pairs are dropped, so that text cannot
 * break out.
 */
export function isolate(text: string): string {
  return `\u2068${cleanBody(text)}\u2069`;
}

/**
 * Takes from a message what could disturb the direction of the lines around
 * it: the embedding and override characters U+202A to U+202E, and isolates
 * that are not closed, or not opened, within their paragraph. Direction marks
 * and joiners stay. The result is in form C when text is, and has no more
 * characters than text.
 */
export function cleanBody(text: string): string {
  if (!/[\u202A-\u202E\u2066-\u2069]/.test(text)) return text;
  const kept = text.replace(/[\u202A-\u202E]/g, "");
  // What stood apart may now compose.
  return kept
    .split(/([\n\u2029])/)
    .map(balance)
    .join("")
    .normalize("NFC");
}

/** Drops isolate characters of one paragraph that have no partner in it. */
function balance(paragraph: string): string {
  const open: number[] = [];
  const orphans = new Set<number>();
  for (let i = 0; i < paragraph.length; i++) {
    const c = paragraph.charAt(i);
    if (c >= "\u2066" && c <= "\u2068") open.push(i);
    else if (c === "\u2069" && open.pop() === undefined) orphans.add(i);
  }
  for (const i of open) orphans.add(i);
  return orphans.size
    ? paragraph
        .split("")
        .filter((_, i) => !orphans.has(i))
        .join("")
    : paragraph;
}
