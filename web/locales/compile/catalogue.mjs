// Reads the catalogues, and refuses what would read badly or break at run
// time: a key, a plural form or an argument that one language lacks.
import { TYPE, parse } from "@formatjs/icu-messageformat-parser";

/** Every language, with the plural forms a count must have in it. */
export const languages = {
  en: ["one", "other"],
  ar: ["zero", "one", "two", "few", "many", "other"],
};

/**
 * What only some pages say stands in catalogues of its own, so that nobody
 * else fetches it: their names, and how the keys begin that they hold.
 */
export const rooms = {
  audit: ["audit."],
  people: ["people."],
  demo: ["demo."],
  account: [
    "account.",
    "error.login_failed.passkey",
    "error.passkey_refused",
    "error.second_step_missing.last",
    "error.second_step_needed.passkey",
  ],
  setup: ["wiz."],
  console: ["console.", "error.setting_invalid.issuer", "error.setting_invalid.no"],
  provider: ["provider.", "error.provider_", "error.sign_in_"],
  security: ["security."],
  why: ["why.", "waiting."],
  widget: ["w."],
};

/** The room of a key; "" is the catalogue of every page. */
export const roomOf = (key) =>
  Object.keys(rooms).find((room) => rooms[room].some((start) => key.startsWith(start))) ?? "";

/** The file of a room's catalogue in a language, without its ending. */
export const roomFile = (room, lang) => (room === "" ? lang : `${room}.${lang}`);

/**
 * @typedef {{ text: string } | { arg: string } | { number: string } |
 *   { plural: string, forms: Record<string, Node[]> }} Node
 * @typedef {{ key: string, args: Map<string, "string" | "number">, nodes: Record<string, Node[]> }} Message
 */

/** "thread.newLine" → "threadNewLine", "error.not_found" → "errorNotFound" */
export const exportName = (key) => key.replace(/[._](.)/g, (_, letter) => letter.toUpperCase());

/**
 * Reads one file. Duplicates are looked for by line, because JSON.parse keeps
 * the last of two without a word.
 */
export function readCatalogue(file, source, errors) {
  let entries;
  try {
    entries = Object.entries(JSON.parse(source));
  } catch (error) {
    errors.push(`${file}: ${error.message}`);
    return new Map();
  }
  const seen = new Set();
  for (const [, key] of source.matchAll(/^\s*"([^"]+)":/gm)) {
    if (seen.has(key)) errors.push(`${file}:${key}: twice in the file`);
    seen.add(key);
  }
  for (const [key, value] of entries) {
    if (!/^[a-z][A-Za-z0-9_]*(\.[a-zA-Z][A-Za-z0-9_]*)+$/.test(key))
      errors.push(`${file}:${key}: not a dotted key`);
    if (typeof value !== "string") errors.push(`${file}:${key}: not a string`);
  }
  return new Map(entries.filter(([, value]) => typeof value === "string"));
}

/** The file as it should look: sorted, one entry a line. */
export function formatCatalogue(entries) {
  const keys = [...entries.keys()].sort();
  return `{\n${keys.map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(entries.get(key))}`).join(",\n")}\n}\n`;
}

/** @returns {Message[]} the messages all languages agree on, by key */
export function mergeCatalogues(catalogues, errors) {
  const keys = new Set(Object.values(catalogues).flatMap((entries) => [...entries.keys()]));
  const messages = [];
  const names = new Map();
  for (const key of [...keys].sort()) {
    const name = exportName(key);
    if (names.has(name)) errors.push(`en.json:${key}: same exported name as ${names.get(name)}`);
    names.set(name, key);

    const message = { key, args: new Map(), nodes: {} };
    for (const lang of Object.keys(languages)) {
      const value = catalogues[lang].get(key);
      if (value === undefined) {
        errors.push(`${lang}.json:${key}: missing`);
        continue;
      }
      const problem = (text) => errors.push(`${lang}.json:${key}: ${text}`);
      checkTone(lang, value, problem);
      const args = new Map();
      message.nodes[lang] = readMessage(lang, value, args, problem);
      if (lang === "en") message.args = args;
      else compareArgs(message.args, args, problem);
    }
    messages.push(message);
  }
  return messages;
}

function readMessage(lang, value, args, problem) {
  let ast;
  try {
    ast = parse(value, { ignoreTag: true });
  } catch (error) {
    problem(`does not parse: ${error.message}`);
    return [];
  }
  collectArgs(ast, args, problem);
  return ast.map((node) => convert(lang, node, args, problem)).flat();
}

/** An argument is a number if it is one anywhere in the message. */
function collectArgs(ast, args, problem) {
  for (const node of ast) {
    if (node.type === TYPE.argument) args.set(node.value, args.get(node.value) ?? "string");
    if (node.type === TYPE.number || node.type === TYPE.plural) args.set(node.value, "number");
    if (node.type === TYPE.plural)
      for (const form of Object.values(node.options)) collectArgs(form.value, args, problem);
  }
}

function convert(lang, node, args, problem, counted = "") {
  switch (node.type) {
    case TYPE.literal:
      return [{ text: node.value }];
    case TYPE.pound:
      return [{ number: counted }];
    case TYPE.number:
      if (node.style) problem(`number style in {${node.value}} is not supported`);
      return [{ number: node.value }];
    case TYPE.argument:
      return [args.get(node.value) === "number" ? { number: node.value } : { arg: node.value }];
    case TYPE.plural:
      return [convertPlural(lang, node, args, problem, counted)];
    default:
      problem("only plain arguments, numbers and plurals are supported");
      return [];
  }
}

function convertPlural(lang, node, args, problem, counted) {
  if (counted) problem("a plural inside a plural is not supported");
  if (node.offset || node.pluralType !== "cardinal")
    problem("only cardinal plurals without offset are supported");
  const wanted = languages[lang];
  const forms = {};
  for (const form of wanted) {
    if (!(form in node.options)) problem(`plural form "${form}" of {${node.value}} is missing`);
  }
  for (const [form, option] of Object.entries(node.options)) {
    if (!wanted.includes(form) && form !== "=0")
      problem(`plural form "${form}" of {${node.value}} is not one of ${lang}`);
    forms[form] = option.value.map((inner) => convert(lang, inner, args, problem, node.value)).flat();
  }
  return { plural: node.value, forms };
}

function compareArgs(wanted, found, problem) {
  for (const [arg, type] of wanted) {
    if (!found.has(arg)) problem(`argument {${arg}} is missing`);
    else if (found.get(arg) !== type)
      problem(`argument {${arg}} is a ${found.get(arg)} here and a ${type} in en.json`);
  }
  for (const arg of found.keys()) if (!wanted.has(arg)) problem(`unknown argument {${arg}}`);
}

/** What our way of writing excludes in any sentence. */
function checkTone(lang, value, problem) {
  if (value !== value.trim() || value === "") problem("empty, or with a space at an end");
  if (value.includes("!")) problem("exclamation mark");
  if (value.includes("...")) problem("three full stops, use …");
  if (/[\u202A-\u202E\u2066-\u2069]/.test(value))
    problem("direction control; placeholders are isolated by themselves");
  if (value !== value.normalize("NFC")) problem("not in normalization form C");
  if (lang === "ar" && /\p{Script=Arabic}\s*[,;?]/u.test(value))
    problem("Latin comma, semicolon or question mark");
}
