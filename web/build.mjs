// Builds every page: each vite*.config.ts in a folder here, one after the
// other, into a folder of that name. The result takes the place of
// internal/webui/dist/app at once, so that a build of the server under way
// finds the old pages or the new ones; dist itself stays, its .keep lets the
// server be built without pages. Beside each text file comes its Brotli form,
// which the server sends to whoever understands it and cannot make itself.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const configs = readdirSync(here, { withFileTypes: true })
  .filter((d) => d.isDirectory() && d.name !== "node_modules")
  .flatMap((d) => readdirSync(join(here, d.name)).map((file) => join(here, d.name, file)))
  .filter((file) => /[/\\]vite[^/\\]*\.config\.ts$/.test(file));
if (configs.length === 0) throw new Error("no folder here has a vite.config.ts");

const next = join(here, "../bin/app");
const app = join(here, "../internal/webui/dist/app");
const clear = (folder) => rmSync(folder, { recursive: true, force: true });

clear(next);
for (const configFile of configs) {
  const root = dirname(configFile);
  const outDir = join(next, basename(root));
  await build({ configFile, root, logLevel: "warn", build: { outDir, emptyOutDir: false } });
}
for (const name of readdirSync(next, { recursive: true })) {
  if (!/\.(m?js|css|svg)$/.test(name)) continue;
  const plain = readFileSync(join(next, name));
  const small = brotliCompressSync(plain);
  if (small.length < plain.length) writeFileSync(join(next, `${name}.br`), small);
}
clear(app);
renameSync(next, app);
