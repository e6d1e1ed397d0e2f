/**
 * A stretch of a message. Everything but text is shown as a left-to-right
 * isolate, so that its parts keep their order in an Arabic line; what has an
 * href is a link.
 */
export interface Token {
  kind: "text" | "url" | "email" | "phone" | "code";
  text: string;
  href?: string;
}

const digit = "[0-9٠-٩۰-۹]";

/** What the names of files end in that people send one another. */
const extensions =
  "pdf|docx?|xlsx?|pptx?|csv|txt|rtf|png|jpe?g|gif|webp|heic|zip|rar|exe|apk|mp3|mp4|mov|html?|json|xml|log";

/** One alternative a kind, in the order of their groups. */
const pattern = new RegExp(
  [
    // A direction mark, a space or a quotation mark ends an address.
    '\\b((?:https?:\\/\\/|www\\.)[\\p{L}\\p{N}[][^\\s<>"«»“”\\u200B-\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069]+)',
    "\\b([A-Z0-9][A-Z0-9._%+-]{0,63}@[A-Z0-9-]+(?:\\.[A-Z0-9-]+)+)",
    `\\B(\\+${digit}(?:[ ().-]{0,2}${digit}){6,14}(?![ ().-]{0,2}${digit}))`,
    "\\b([A-Z0-9]+(?:[/_-]+[A-Z0-9]+)+)\\b",
    `(?<![\\p{L}\\p{N}])([\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,80}\\.(?:${extensions}))(?![\\p{L}\\p{N}])`,
  ].join("|"),
  "giu",
);

/**
 * Splits a line into plain text and what must keep its order: URLs, e-mail
 * addresses, phone numbers with a plus and 7 to 15 digits, codes (capital
 * letters and digits with a slash, hyphen or underscore between, and a digit)
 * and names of files.
 * The texts of the tokens, joined, are the line.
 */
export function linkify(line: string): Token[] {
  const tokens: Token[] = [];
  let done = 0;
  const text = (end: number) => {
    if (end > done) tokens.push({ kind: "text", text: line.slice(done, end) });
  };
  for (const match of line.matchAll(pattern)) {
    const token = tokenOf(match);
    if (!token) continue;
    text(match.index);
    tokens.push(token);
    done = match.index + token.text.length;
  }
  text(line.length);
  return tokens;
}

function tokenOf([, url, email, phone, code = "", file]: RegExpExecArray): Token | undefined {
  if (url) return urlToken(url);
  if (email) return { kind: "email", text: email, href: `mailto:${email}` };
  if (phone) return { kind: "phone", text: phone, href: `tel:+${latinDigits(phone).replace(/[^0-9]/g, "")}` };
  if (file) return { kind: "code", text: file };
  return code === code.toUpperCase() && /[0-9]/.test(code) ? { kind: "code", text: code } : undefined;
}

function urlToken(found: string): Token {
  const text = withoutTrailing(found);
  return { kind: "url", text, href: /^www\./i.test(text) ? `https://${text}` : text };
}

const openingOf: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Leaves the punctuation of the sentence outside, but a bracket that the address opened inside. */
function withoutTrailing(url: string): string {
  const balance: Record<string, number> = {};
  for (const c of url) {
    const opening = openingOf[c];
    if (opening) balance[opening] = (balance[opening] ?? 0) - 1;
    else balance[c] = (balance[c] ?? 0) + 1;
  }
  let end = url.length;
  for (; end > 0; end--) {
    const last = url.charAt(end - 1);
    const opening = openingOf[last];
    if (opening && (balance[opening] ?? 0) < 0) balance[opening] = (balance[opening] ?? 0) + 1;
    else if (!/[.,;:!?'…*،؛؟]/.test(last)) break;
  }
  return url.slice(0, end);
}

function latinDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (d) => String(d.charCodeAt(0) & 15));
}
