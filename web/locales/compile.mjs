// Writes everything that is generated from the catalogues and the character
// tables, and puts the catalogues in order. Without arguments it writes; with
// --check it fails if a file differs. Mistakes are named as file:key.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  formatCatalogue,
  languages,
  mergeCatalogues,
  readCatalogue,
  roomFile,
  rooms,
} from "./compile/catalogue.mjs";
import { goCatalogue } from "./compile/go.mjs";
import { goTables, tsTables } from "./compile/tables.mjs";
import { tsBoth, tsLanguage } from "./compile/typescript.mjs";

const args = process.argv.slice(2);
const check = args.includes("--check");
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(args.find((arg) => !arg.startsWith("--")) ?? resolve(here, "../.."));
const read = (path) => readFileSync(resolve(root, path), "utf8");

const errors = [];
const outputs = new Map();

const tables = JSON.parse(read("api/fixtures/text/tables.json"));
outputs.set("internal/text/tables_gen.go", goTables(tables));
outputs.set("web/protocol/src/text/tables.gen.ts", tsTables(tables));

const catalogues = {};
for (const lang of Object.keys(languages)) {
  const path = `web/locales/${lang}.json`;
  catalogues[lang] = readCatalogue(`${lang}.json`, read(path), errors);
  outputs.set(path, formatCatalogue(catalogues[lang]));
}
const messages = mergeCatalogues(catalogues, errors);
if (errors.length) {
  for (const error of errors) console.error(`web/locales/${error}`);
  process.exit(1);
}

for (const lang of Object.keys(languages))
  for (const room of ["", ...Object.keys(rooms)])
    outputs.set(`web/locales/gen/${roomFile(room, lang)}.ts`, tsLanguage(lang, messages, room));
outputs.set("web/locales/gen/messages.ts", tsBoth(messages));
outputs.set("internal/locale/catalogue_gen.go", goCatalogue(messages));

let stale = 0;
for (const [path, content] of outputs) {
  const file = resolve(root, path);
  if (contentOf(file) === content) continue;
  if (check) {
    console.error(`${path}: stale, run ./dev gen`);
    stale++;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
process.exit(stale ? 1 : 0);

function contentOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
