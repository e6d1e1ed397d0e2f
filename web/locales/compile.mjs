// Writes everything that is generated from the catalogues and the character
// tables. Without arguments it writes; with --check it fails if a file differs.
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { goTables, tsTables } from "./compile/tables.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const read = (path) => readFileSync(resolve(root, path), "utf8");

const outputs = new Map();
const tables = JSON.parse(read("api/fixtures/text/tables.json"));
outputs.set("internal/text/tables_gen.go", goTables(tables));
outputs.set("web/protocol/src/text/tables.gen.ts", tsTables(tables));

const check = process.argv.includes("--check");
let stale = 0;
for (const [path, content] of outputs) {
  const file = resolve(root, path);
  let current = "";
  try {
    current = readFileSync(file, "utf8");
  } catch {
    // Not there yet.
  }
  if (current === content) continue;
  if (check) {
    console.error(`${relative(root, file)}: stale, run ./dev gen`);
    stale++;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
process.exit(stale ? 1 : 0);
